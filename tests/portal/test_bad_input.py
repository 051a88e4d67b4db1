"""Whatever a visitor types into an address: a form's error or 404, never 500."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import DocumentFactory, EventFactory, PartnerFactory, TrainingFactory

pytestmark = pytest.mark.sweep

LISTS = ("/events/", "/trainings/", "/partners/", "/documents/")
NAMES = ("q", "kind", "state", "year", "format", "series", "language", "sort", "page", "unknown")
PIECES = st.sampled_from(
    ["", "0", "1", "-1", "2.5", "1e309", "NaN", "９９", "9" * 400, "MN", "mn", "webinar", "coming", "%", "%zz", "%00", "%2500",
     "'", '"', "<b>", "\u202e", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "null", "[]", "lake%20", "x" * 10_000]
)  # fmt: skip
VALUES = st.one_of(PIECES, st.text(max_size=60), st.integers().map(str), st.floats().map(str))


@pytest.fixture
def records(db: None) -> None:
    EventFactory(states=["MN"])
    TrainingFactory(states=["MN"])
    PartnerFactory(states=["MN"])
    DocumentFactory(year=2020, languages=["en"])


@settings(max_examples=80)
@given(
    path=st.sampled_from(LISTS), query=st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3), max_size=4)
)
def test_any_value_of_any_parameter(records: None, path: str, query: dict[str, list[str]]) -> None:
    assert Client().get(path, query).status_code in {200, 404}


@settings(max_examples=60)
@given(path=st.sampled_from(LISTS), raw=st.binary(max_size=80))
def test_any_query_string(records: None, path: str, raw: bytes) -> None:
    """Broken percent-encoding and bytes that are no text."""
    assert Client().get(path, QUERY_STRING=raw.decode("latin-1")).status_code in {200, 404}


PLACES = ("/events/{}/", "/trainings/{}/", "/partners/{}/", "/programmes/{}/", "/documents/{}/", "/member-states/{}/",
          "/events/{}/register/", "/trainings/{}/apply/", "/programmes/{}/ask/", "/events/{}.ics", "/trainings/{}.ics")  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=80)
@given(
    place=st.sampled_from(PLACES),
    slug=st.text(min_size=1, max_size=40).filter(lambda text: "/" not in text and "?" not in text and "#" not in text),
)
def test_any_address_below_a_list(place: str, slug: str) -> None:
    assert Client().get(place.format(slug)).status_code in {301, 404}
