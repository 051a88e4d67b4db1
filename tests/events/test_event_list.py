"""The list of events: coming first, then by year, narrowed by its filter."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from tests.factories import EventFactory, MemberStateFactory, SeriesFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today() -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def day(year: int, month: int = 6, number: int = 1) -> dt.datetime:
    return dt.datetime(year, month, number, 3, tzinfo=dt.UTC)


def titles(client: Client, **query: str | list[str]) -> list[str]:
    return [event.title for event in client.get("/events/", query).context["page_obj"]]


@pytest.fixture
def events() -> None:
    meetings = SeriesFactory(slug="meetings", name="Meetings")
    held = {"status": "held", "start_precision": "day"}
    EventFactory(
        title="Past", starts_at=day(2025), kind="forum", series=meetings, format="onsite", states=["MN"], **held
    )
    EventFactory(title="Older", starts_at=day(2024), kind="webinar", series=meetings, format="online", **held)
    EventFactory(title="Later", starts_at=day(2028), venue="Hangzhou", states=["CN"])
    EventFactory(title="Next", starts_at=day(2027), states=["MN", "CN"], format="hybrid")
    EventFactory(title="Off", starts_at=day(2027), status="cancelled")
    EventFactory(title="Draft", starts_at=day(2027), status="draft")
    EventFactory(title="Hidden", starts_at=day(2027), published=False)


@pytest.mark.usefixtures("events")
def test_list_puts_what_is_coming_first_then_years(client: Client) -> None:
    groups = client.get("/events/").context["groups"]
    assert [(group["title"], [event.title for event in group["activities"]]) for group in groups] == [
        ("Coming", ["Next", "Later"]),
        ("2027", ["Off"]),
        ("2025", ["Past"]),
        ("2024", ["Older"]),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "forum"}, ["Past"]),
        ({"kind": ["forum", "webinar"], "year": "2024"}, ["Older"]),
        ({"state": "MN"}, ["Next", "Past"]),
        ({"state": ["MN", "CN"]}, ["Next", "Later", "Past"]),
        ({"year": "2027"}, ["Next", "Off"]),
        ({"format": ["online", "hybrid"]}, ["Next", "Older"]),
        ({"series": "meetings"}, ["Past", "Older"]),
        ({"q": "hangzhou"}, ["Later"]),
        ({"q": "hangzhou", "state": "MN"}, []),
        ({"sort": "newest", "year": ""}, ["Later", "Next", "Off", "Past", "Older"]),
        ({"sort": "oldest", "series": "meetings"}, ["Older", "Past"]),
        ({"sort": "title", "state": "CN"}, ["Later", "Next"]),
    ],
)
@pytest.mark.usefixtures("events")
def test_list_is_narrowed(client: Client, query: dict[str, str | list[str]], found: list[str]) -> None:
    assert titles(client, **query) == found


def test_list_year_is_that_of_the_place(client: Client) -> None:
    EventFactory(
        title="Founded",
        starts_at=dt.datetime(1994, 12, 31, 15, tzinfo=dt.UTC),
        start_precision="year",
        timezone="Asia/Seoul",
        ends_at=None,
    )
    assert titles(client, year="1995") == ["Founded"]
    assert titles(client, year="1994") == []
    assert client.get("/events/").context["groups"][0]["title"] == "1995"


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "party"},
        {"state": "mn"},
        {"year": "1899"},
        {"year": "-1"},
        {"format": "x"},
        {"series": "unknown"},
        {"sort": "starts_at"},
    ],
)
@pytest.mark.usefixtures("events")
def test_list_with_a_wrong_value_shows_its_error_and_nothing_else(client: Client, query: dict[str, str]) -> None:
    response = client.get("/events/", query)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(query)
    assert list(response.context["page_obj"]) == []
    assert "There is a problem" in response.content.decode()


def test_list_offers_only_series_that_have_something_to_show(client: Client) -> None:
    EventFactory(series=SeriesFactory(slug="shown", name="Shown"))
    EventFactory(series=SeriesFactory(slug="drafts"), status="draft")
    SeriesFactory(slug="empty")
    assert client.get("/events/").context["form"].fields["series"].choices == [("", "All"), ("shown", "Shown")]


def test_list_marks_samples_and_what_is_open_or_cancelled(client: Client) -> None:
    EventFactory(is_sample=True, registration_opens_at=NOW - dt.timedelta(days=1))
    page = client.get("/events/").content.decode()
    assert '<span class="badge badge-note">Sample</span> <span class="badge badge-ok">Open</span>' in page
    EventFactory(status="cancelled")
    assert '<span class="badge badge-error">Cancelled</span>' in client.get("/events/").content.decode()


def test_list_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    MemberStateFactory(code="MN")
    for number in (1, 2):
        EventFactory.create_batch(number, series=SeriesFactory(), states=["MN"])
        with django_assert_num_queries(7):
            client.get("/events/")
        with django_assert_num_queries(2):  # the version of the data, and how many there are
            client.get("/events/")


@pytest.mark.parametrize(
    ("query", "titles"), [("?counted=true", ["Whole"]), ("", ["Cancelled", "Part", "Sample", "Whole"])]
)
def test_list_shows_what_the_statistics_count(client: Client, query: str, titles: list[str]) -> None:
    whole = EventFactory(title="Whole")
    EventFactory(title="Part", part_of=whole)
    EventFactory(title="Sample", is_sample=True)
    EventFactory(title="Cancelled", status="cancelled")
    page = client.get(f"/events/{query}").context["page_obj"]
    assert sorted(event.title for event in page) == titles


def test_wrong_value_of_what_is_shown_is_said(client: Client) -> None:
    EventFactory()
    response = client.get("/events/?counted=perhaps")
    assert (response.status_code, response.context["found"]) == (200, 0)
    assert "perhaps is not one of the available choices" in response.content.decode()
