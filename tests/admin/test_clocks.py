"""Clocks in the admin: the list, the block in the form, and the acts that record what happens to a review."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import Person
from geoparks.models import Geopark
from history.models import Change
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, DocumentFactory, GeoparkFactory
from tests.people import signed_in

from .pages import change_address, fields_of

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reserve() -> BiosphereReserve:
    """Reviewed in 2016: the next report was due on 30 September 2026."""
    site = BiosphereReserveFactory(name="Hustai", designation_year=2006)
    site.reviews.create(year=2016, outcome="meets")
    return site  # type: ignore[no-any-return]


@pytest.fixture
def geopark() -> Geopark:
    site = GeoparkFactory(name="Rocks", designation_year=2015)
    site.revalidations.create(year=2023, card="green")
    return site  # type: ignore[no-any-return]


def act(client: Client, site: Any, name: str, **typed: str) -> Any:
    address = change_address(site).replace("change/", f"{name}/")
    shown = client.get(address)
    assert shown.status_code == 200
    return client.post(address, fields_of(shown.content.decode()) | typed)


def test_list_has_a_column_and_a_filter(officer_client: Client, reserve: BiosphereReserve) -> None:
    BiosphereReserveFactory(name="Silent", designation_year=1990)
    BiosphereReserveFactory(name="Ended", status="withdrawn")
    shown = {}
    for state in ("overdue", "unknown", "due", "nonsense"):
        response = officer_client.get(f"/admin/reserves/biospherereserve/?clock={state}")
        shown[state] = [site.name for site in response.context["cl"].result_list]
    everything = ["Ended", "Hustai", "Silent"]
    assert shown == {"overdue": ["Hustai"], "unknown": ["Silent"], "due": [], "nonsense": everything}
    text = officer_client.get("/admin/reserves/biospherereserve/").content.decode()
    for words in ("Overdue (2026)", "Not known", "–"):
        assert f'<td data-label="Next review" class="field-clock_state">{words}</td>' in text


def test_filter_says_how_many_there_are(officer_client: Client, reserve: BiosphereReserve) -> None:
    BiosphereReserveFactory(name="Silent", designation_year=1990)
    shown = officer_client.get("/admin/reserves/biospherereserve/?decade=2000").context["cl"].fields[0]
    counts = {option.value: (option.count, option.is_empty) for option in shown.options}
    assert (counts["overdue"], counts["submitted"], counts["unknown"]) == ((1, False), (0, True), (0, True))


def test_form_shows_the_clock_with_its_steps_and_leads_to_the_acts(officer_client: Client, geopark: Geopark) -> None:
    text = officer_client.get(change_address(geopark)).content.decode()
    for words in ("Revalidation 2027: Due within 18 months", "31 July 2026", "at the latest 30 September 2027"):
        assert words in text
    for name in ("record-submission", "record-decision", "set-due-date"):
        assert f"/admin/geoparks/geopark/{geopark.pk}/{name}/" in text
    Geopark.objects.update(status="aspiring")
    text = officer_client.get(change_address(geopark)).content.decode()
    assert ("No clock:" in text, "record-submission" in text) == (True, False)


def test_report_and_decision_are_recorded_with_their_reasons(officer_client: Client, reserve: BiosphereReserve) -> None:
    document = DocumentFactory()
    done = act(
        officer_client, reserve, "record-submission",
        received_on="2026-11-20", document=str(document.pk), reason="By e-mail of the committee",
    )  # fmt: skip
    assert done.status_code == 302
    assert reserve.clock().state == "submitted"  # type: ignore[union-attr]
    act(
        officer_client, reserve, "record-decision",
        outcome="meets", decided_on="2026-11-24", public_source="https://example.org/icc", reason="Report of the council",
    )  # fmt: skip
    review = reserve.reviews.get(year=2026)
    assert (review.outcome, review.received_on, review.document) == ("meets", dt.date(2026, 11, 20), document)
    clock = reserve.clock()
    assert clock is not None
    assert (clock.state, clock.due_on) == ("not_due", dt.date(2036, 9, 30))
    reasons = Change.objects.filter(table_name="reserves_periodicreview", key=review.pk).values_list(
        "reason", flat=True
    )
    assert set(reasons) == {"By e-mail of the committee", "Report of the council"}


def test_more_information_keeps_the_review_open(officer_client: Client, reserve: BiosphereReserve) -> None:
    act(officer_client, reserve, "record-submission", received_on="2026-09-30", reason="Letter")
    act(
        officer_client, reserve, "record-decision",
        outcome="more_information", decided_on="2026-11-20", deferred_until="2027-05-15", reason="Letter",
    )  # fmt: skip
    assert (reserve.clock().state, reserve.clock().due_on) == ("deferred", dt.date(2027, 5, 15))  # type: ignore[union-attr]
    act(officer_client, reserve, "set-due-date", due_on="2027-06-15", reason="Asked for a month more")
    assert reserve.clock().due_on == dt.date(2027, 6, 15)  # type: ignore[union-attr]
    act(officer_client, reserve, "record-submission", received_on="2026-11-24", reason="Letter")
    assert reserve.clock().state == "submitted"  # type: ignore[union-attr]
    act(officer_client, reserve, "record-decision", outcome="meets", decided_on="2026-11-25", reason="Report")
    assert reserve.clock().due_on == dt.date(2036, 9, 30)  # type: ignore[union-attr]


def test_due_date_is_moved_with_a_reason(officer_client: Client, geopark: Geopark) -> None:
    act(officer_client, geopark, "set-due-date", due_on="2028-03-01", reason="Floods")
    clock = geopark.clock()
    assert clock is not None
    assert (clock.due_on, clock.regular_on, clock.state) == (dt.date(2028, 3, 1), dt.date(2027, 9, 30), "soon")
    text = officer_client.get(change_address(geopark)).content.decode()
    assert "By the rules 30 September 2027; moved: Floods" in text


def test_summary_and_cards_of_a_geopark(officer_client: Client, geopark: Geopark) -> None:
    act(officer_client, geopark, "record-submission", part="summary", received_on="2026-07-30", reason="Mail")
    clock = geopark.clock()
    assert clock is not None
    assert [step.name for step in clock.open_steps] == ["report"]
    act(officer_client, geopark, "record-submission", part="report", received_on="2026-11-01", reason="Mail")
    assert geopark.clock().state == "submitted"  # type: ignore[union-attr]
    refused = act(officer_client, geopark, "record-decision", card="red", decided_on="2026-11-20", reason="Council")
    assert "only after a yellow" in refused.context["form"].errors["card"][0]
    act(officer_client, geopark, "record-decision", card="yellow", decided_on="2026-11-20", reason="Council")
    assert geopark.clock().due_on == dt.date(2029, 9, 30)  # type: ignore[union-attr]
    act(officer_client, geopark, "record-decision", year="2029", card="red", decided_on="2026-11-25", reason="Council")
    assert geopark.clock() is None


# Act, what is typed, the field, and what is said there
REFUSED = {
    "no reason": ("set-due-date", {"due_on": "2027-01-31"}, "reason", "This field is required."),
    "blank reason": ("set-due-date", {"due_on": "2027-01-31", "reason": "  "}, "reason", "This field is required."),
    "no day": ("set-due-date", {"reason": "x"}, "due_on", "This field is required."),
    "in the future": (
        "record-submission", {"received_on": "2026-11-26", "reason": "x"}, "received_on", "This day is yet to come.",
    ),
    "decided in the future": (
        "record-decision", {"outcome": "meets", "decided_on": "2027-01-01", "reason": "x"}, "decided_on", "This day is yet to come.",
    ),
    "no outcome": (
        "record-decision", {"outcome": "", "decided_on": "2026-11-01", "reason": "x"}, "outcome", "This field is required.",
    ),
    "a year that is over": (
        "record-submission", {"year": "2016", "received_on": "2026-11-01", "reason": "x"}, "year", "The one of 2016 is decided already.",
    ),
    "a day for more information with another outcome": (
        "record-decision", {"outcome": "meets", "decided_on": "2026-11-01", "deferred_until": "2027-05-15", "reason": "x"},
        "deferred_until", "Only where more information is requested.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_at_its_field(case: str, officer_client: Client, reserve: BiosphereReserve) -> None:
    name, typed, field, words = REFUSED[case]
    response = act(officer_client, reserve, name, **typed)
    assert response.status_code == 200
    assert response.context["form"].errors[field] == [words]
    assert "<title>Error:" in response.content.decode()
    assert reserve.reviews.count() == 1


def test_second_review_waits_for_the_decision_of_the_first(officer_client: Client, reserve: BiosphereReserve) -> None:
    act(officer_client, reserve, "record-submission", received_on="2026-11-01", reason="x")
    twice = act(officer_client, reserve, "record-submission", received_on="2026-11-02", reason="x")
    assert "This is recorded already." in twice.context["form"].errors["received_on"][0]
    other = act(officer_client, reserve, "set-due-date", year="2036", due_on="2036-01-31", reason="x")
    assert other.context["form"].errors["year"] == ["The one of 2026 is under way. It is decided first."]
    early = act(officer_client, reserve, "record-decision", outcome="meets", decided_on="2026-10-31", reason="x")
    assert early.context["form"].non_field_errors() == ["The council decides after the report was received."]


def test_review_of_an_unknown_clock_is_of_this_year(officer_client: Client) -> None:
    silent = BiosphereReserveFactory(designation_year=1980)
    silent.reviews.create(year=1998)
    assert silent.clock().state == "unknown"
    act(officer_client, silent, "record-submission", received_on="2026-09-30", reason="x")
    assert silent.reviews.get(received_on=dt.date(2026, 9, 30)).year == 2026


def test_site_without_a_clock_has_no_acts(officer_client: Client) -> None:
    ended = BiosphereReserveFactory(status="withdrawn")
    response = act(officer_client, ended, "set-due-date", due_on="2027-01-31", reason="x")
    assert "no clock" in response.context["form"].non_field_errors()[0]


@pytest.mark.parametrize("who", ["focal_point", "steward", "stranger"])
@pytest.mark.parametrize("name", ["record-submission", "record-decision", "set-due-date"])
def test_acts_are_for_officers(who: str, name: str, reserve: BiosphereReserve, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    address = change_address(reserve).replace("change/", f"{name}/")
    response = signed_in(person.user).post(
        address, {"year": "2026", "due_on": "2027-01-31", "received_on": "2026-11-01", "reason": "x"}
    )
    assert response.status_code in (302, 403, 404)
    assert reserve.reviews.count() == 1
