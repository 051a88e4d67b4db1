"""The calendar of reviews: who sees which clocks, on the page, on the page of one site and in the feed."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from designated_sites.models import Stewardship
from events.participation import calendar_tokens
from geoparks.models import Geopark
from history.models import Change
from reserves.models import BiosphereReserve
from tests.calendars import entries, read_elsewhere, spans
from tests.factories import BiosphereReserveFactory, DocumentFactory, GeoparkFactory
from tests.me.conftest import WHO
from tests.people import signed_in

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def sites(steward: Person) -> dict[str, Any]:
    """Of Mongolia, of Russia, of both; one that is hidden; and the one that the steward looks after."""
    stewarded = steward.stewardships.get().site  # type: ignore[attr-defined]
    BiosphereReserve.objects.filter(pk=stewarded.pk).update(designation_year=2018)
    return {
        "stewarded": stewarded,
        "mongolia": BiosphereReserveFactory(name="Lake", designation_year=2017),
        "geopark": GeoparkFactory(name="Rocks", designation_year=2023),
        "russia": BiosphereReserveFactory(name="Taiga", designation_year=2019, states=["RU"]),
        "both": BiosphereReserveFactory(name="Border", designation_year=1990, states=["MN", "RU"]),
        "hidden": BiosphereReserveFactory(name="Hidden", designation_year=2019, published=False),
        "aspiring": GeoparkFactory(name="Hope", designation_year=None, status="aspiring"),
    }


SEEN: dict[str, set[str] | int] = {
    "officer": {"Stewarded", "Lake", "Rocks", "Taiga", "Border", "Hidden"},
    "focal_point": {"Stewarded", "Lake", "Rocks", "Border"},
    "other_focal_point": {"Taiga", "Border"},
    "steward": {"Stewarded"},
    "trainer": 404,
    "stranger": 404,
    "anonymous": 302,
}


@pytest.mark.parametrize("who", WHO)
def test_everybody_sees_the_clocks_of_the_own_scope(
    who: str, clients: dict[str, Client], sites: dict[str, Any]
) -> None:
    response = clients[who].get("/me/reviews/")
    shown = response.status_code
    if shown == 200:
        shown = {clock.site.name for clock, _place in response.context["lines"]}
    assert shown == SEEN[who]


ONE = {
    "officer": {"mongolia": 200, "geopark": 200, "russia": 200, "both": 200, "hidden": 200, "stewarded": 200, "aspiring": 200},
    "focal_point": {"mongolia": 200, "geopark": 200, "russia": 404, "both": 200, "hidden": 404, "stewarded": 200, "aspiring": 200},
    "other_focal_point": {"mongolia": 404, "geopark": 404, "russia": 200, "both": 200, "hidden": 404, "stewarded": 404, "aspiring": 404},
    "steward": {"mongolia": 404, "geopark": 404, "russia": 404, "both": 404, "hidden": 404, "stewarded": 200, "aspiring": 404},
    "trainer": dict.fromkeys(("mongolia", "geopark", "russia", "both", "hidden", "stewarded", "aspiring"), 404),
    "stranger": dict.fromkeys(("mongolia", "geopark", "russia", "both", "hidden", "stewarded", "aspiring"), 404),
    "anonymous": dict.fromkeys(("mongolia", "geopark", "russia", "both", "hidden", "stewarded", "aspiring"), 302),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_page_of_one_site_is_for_its_scope(who: str, clients: dict[str, Client], sites: dict[str, Any]) -> None:
    got = {name: clients[who].get(f"/me/reviews/{site.kind}/{site.pk}/").status_code for name, site in sites.items()}
    assert got == ONE[who]


@pytest.mark.parametrize("address", ["reserve/0/", "partner/1/", "geopark/999999/"])
def test_unknown_site_is_not_found(address: str, clients: dict[str, Client]) -> None:
    assert clients["officer"].get(f"/me/reviews/{address}").status_code == 404


def test_officers_need_their_second_factor(officer: Person) -> None:
    response = signed_in(officer.user).get("/me/reviews/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/")


FEEDS: dict[str, list[tuple[str, str]]] = {
    "officer": [
        ("Rocks: Revalidation, One-page summary", "2026-07-31"),
        ("Rocks: Revalidation, Progress report and self-evaluation", "2027-09-30"),
        ("Lake: Periodic review, Report to the MAB Secretariat", "2027-09-30"),
        ("Stewarded: Periodic review, Report to the MAB Secretariat", "2028-09-30"),
        ("Hidden: Periodic review, Report to the MAB Secretariat", "2029-09-30"),
        ("Taiga: Periodic review, Report to the MAB Secretariat", "2029-09-30"),
    ],
    "focal_point": [
        ("Rocks: Revalidation, One-page summary", "2026-07-31"),
        ("Rocks: Revalidation, Progress report and self-evaluation", "2027-09-30"),
        ("Lake: Periodic review, Report to the MAB Secretariat", "2027-09-30"),
        ("Stewarded: Periodic review, Report to the MAB Secretariat", "2028-09-30"),
    ],
    "other_focal_point": [("Taiga: Periodic review, Report to the MAB Secretariat", "2029-09-30")],
    "steward": [("Stewarded: Periodic review, Report to the MAB Secretariat", "2028-09-30")],
    "trainer": [],
    "stranger": [],
}


@pytest.mark.parametrize("who", FEEDS)
def test_feed_holds_the_days_of_the_own_scope(
    who: str, clients: dict[str, Client], sites: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    token = calendar_tokens.renew(person=request.getfixturevalue(who)).token
    calendar = read_elsewhere(Client().get(f"/calendar/{token}/reviews.ics").content)
    assert sorted((title, start) for title, start, _end in spans(calendar)) == sorted(FEEDS[who])


def test_entry_is_a_whole_day_and_stays_the_same_when_it_is_moved(steward: Person, sites: dict[str, Any]) -> None:
    address = f"/calendar/{calendar_tokens.renew(person=steward).token}/reviews.ics"
    (before,) = entries(read_elsewhere(Client().get(address).content))
    assert (before.dtstart.value, before.dtend.value) == (dt.date(2028, 9, 30), dt.date(2028, 10, 1))
    sites["stewarded"].reviews.create(year=2028, due_override=dt.date(2029, 1, 31), override_reason="Asked for")
    (after,) = entries(read_elsewhere(Client().get(address).content))
    assert (after.uid.value, after.dtstart.value) == (before.uid.value, dt.date(2029, 1, 31))
    sites["stewarded"].reviews.update(received_on=dt.date(2026, 11, 1))
    assert entries(read_elsewhere(Client().get(address).content)) == []


def test_entry_is_newer_once_a_review_of_the_site_was_changed(steward: Person, sites: dict[str, Any]) -> None:
    address = f"/calendar/{calendar_tokens.renew(person=steward).token}/reviews.ics"
    BiosphereReserve.objects.update(updated_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    written = []

    def note() -> None:
        (entry,) = entries(read_elsewhere(Client().get(address).content))
        assert entry.dtstamp.value == entry.last_modified.value
        written.append(entry.last_modified.value)

    note()
    for year, change in enumerate(("create", "update", "delete"), start=2030):
        if change == "create":
            sites["stewarded"].reviews.create(year=2028, note="Asked for")
            sites["mongolia"].reviews.create(year=2027)
        elif change == "update":
            sites["stewarded"].reviews.update(due_override=dt.date(2029, 1, 31), override_reason="Asked for")
        else:
            sites["stewarded"].reviews.all().delete()
        latest = Change.objects.filter(table_name="reserves_periodicreview").of(sites["stewarded"]).first()
        Change.objects.filter(pk=latest.pk).update(at=dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        note()
    assert [at.year for at in written] == [2020, 2030, 2031, 2032]


def test_feed_asks_as_often_for_many_sites_as_for_one(officer: Person) -> None:
    token = calendar_tokens.renew(person=officer).token

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            Client().get(f"/calendar/{token}/reviews.ics")
        return len(captured)

    BiosphereReserveFactory(designation_year=2018), GeoparkFactory(designation_year=2023)
    first = queries()
    for _number in range(3):
        BiosphereReserveFactory(designation_year=2018), GeoparkFactory(designation_year=2023)
    assert queries() == first


def test_feed_is_private_ends_with_the_token_and_the_stewardship(steward: Person, sites: dict[str, Any]) -> None:
    address = f"/calendar/{calendar_tokens.renew(person=steward).token}/reviews.ics"
    response = Client().get(address)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-cache", "noindex")
    assert address in signed_in(steward.user).get("/me/calendar/").content.decode()
    Stewardship.objects.update(until=dt.date(2026, 11, 1))
    assert entries(read_elsewhere(Client().get(address).content)) == []
    assert address not in signed_in(steward.user).get("/me/calendar/").content.decode()
    calendar_tokens.revoke(person=steward)
    assert Client().get(address).status_code == 404


def names(client: Client, query: str) -> list[str]:
    return [clock.site.name for clock, _place in client.get(f"/me/reviews/{query}").context["lines"]]


def test_list_is_by_date_and_is_narrowed(clients: dict[str, Client], sites: dict[str, Any]) -> None:
    client = clients["officer"]
    assert names(client, "") == ["Lake", "Rocks", "Stewarded", "Hidden", "Taiga", "Border"]
    assert names(client, "?sort=name") == ["Border", "Hidden", "Lake", "Rocks", "Stewarded", "Taiga"]
    assert names(client, "?kind=geopark") == ["Rocks"]
    assert names(client, "?clock=soon&clock=unknown") == ["Lake", "Rocks", "Border"]
    assert names(client, "?state=RU&clock=not_due") == ["Taiga"]
    wrong = client.get("/me/reviews/?clock=late")
    assert (wrong.status_code, wrong.context["found"]) == (200, 0)
    assert "<title>Error:" in wrong.content.decode()
    assert client.get("/me/reviews/?page=2").status_code == 404


def test_long_list_has_pages_and_asks_the_same(clients: dict[str, Client], django_assert_num_queries: Any) -> None:
    client = clients["officer"]
    client.get("/me/reviews/")  # the first request of a session writes it down
    for number in (3, 30):
        for _number in range(number):
            GeoparkFactory().overlapping_reserves.add(BiosphereReserveFactory())
        with django_assert_num_queries(12):
            response = client.get("/me/reviews/")
    assert len(response.context["lines"]) == 25
    assert client.get("/me/reviews/?page=3").status_code == 200


def test_unknown_clock_shows_no_date_and_no_lateness(clients: dict[str, Client], sites: dict[str, Any]) -> None:
    text = clients["officer"].get("/me/reviews/?clock=unknown").content.decode()
    assert "No date on record" in text
    page = clients["officer"].get(f"/me/reviews/reserve/{sites['both'].pk}/").content.decode()
    assert ("2000" in page, "No date is known" in page) == (False, True)


def test_clocks_of_one_place_stand_together(clients: dict[str, Client], sites: dict[str, Any]) -> None:
    place: BiosphereReserve = sites["stewarded"]
    geopark: Geopark = sites["geopark"]
    geopark.overlapping_reserves.add(place)
    BiosphereReserve.objects.filter(pk=place.pk).update(
        other_designations=["global_geopark", "ramsar", "world_heritage"]
    )
    others = clients["focal_point"].get(f"/me/reviews/reserve/{place.pk}/").context
    assert [(other.name, clock.state) for other, clock in others["others"]] == [("Rocks", "soon")]
    assert others["designations"] == ["Ramsar site", "World Heritage"]
    assert "same place: Rocks, Ramsar site, World Heritage" in clients["steward"].get("/me/reviews/").content.decode()
    # The steward of the reserve does not answer for the geopark: it is named, its date is not.
    response = clients["steward"].get(f"/me/reviews/reserve/{place.pk}/")
    assert [(other.name, clock) for other, clock in response.context["others"]] == [("Rocks", None)]


def test_history_of_outcomes_with_documents(clients: dict[str, Client], sites: dict[str, Any]) -> None:
    site = sites["stewarded"]
    document = DocumentFactory(title="Report of 2018")
    site.reviews.create(year=2018, outcome="meets", decided_on=dt.date(2019, 6, 19), document=document)
    site.reviews.create(year=2028, received_on=dt.date(2026, 11, 20))
    response = clients["steward"].get(f"/me/reviews/reserve/{site.pk}/")
    assert [review.year for review in response.context["outcomes"]] == [2018]
    text = response.content.decode()
    for words in ("Meets the criteria", "decided on 19 June 2019", "Report of 2018", "Submitted", "20 November 2026"):
        assert words in text
