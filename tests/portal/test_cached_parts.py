"""What public pages take from the cache: the same as drawn anew, nothing older than the records, nothing of who reads."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from tests.factories import BiosphereReserveFactory, EventFactory, GeoparkFactory, MemberStateFactory, TrainingFactory
from tests.people import signed_in

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
# Who took part: counted for each reader, since nothing there makes a new version of the data.
PARTICIPANTS = {
    "activities_attendance", "activities_attendancefile", "activities_attendancematch", "events_registration",
    "trainings_application", "trainings_applicationstep", "trainings_selectiondecision",
}  # fmt: skip
PAGES = ("/", "/map/", "/statistics/", "/events/", "/trainings/", "/sites/", "/reserves/")


@pytest.fixture
def records() -> None:
    MemberStateFactory(code="MN", name="Mongolia")
    BiosphereReserveFactory(slug="aya", name="Aya", states=["MN"]).names.create(name="Аяа", kind="local", language="mn")
    GeoparkFactory(slug="uvs", name="Uvs", states=["MN"])
    EventFactory(title="Past", starts_at=NOW - 48 * HOUR, status="held", states=["MN"])
    EventFactory(
        slug="talk", title="Talk", starts_at=NOW + 48 * HOUR, ends_at=NOW + 50 * HOUR, timezone="Asia/Ulaanbaatar",
        registration_opens_at=NOW - HOUR, registration_closes_at=NOW + 3 * HOUR, states=["MN"],
    )  # fmt: skip
    TrainingFactory(title="Course", starts_at=NOW + 72 * HOUR)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def text(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200
    return response.content.decode()


CHANGES = {
    "site": "UPDATE designated_sites_designatedsite SET name = 'Changed' WHERE slug = 'aya'",
    "local name": "UPDATE designated_sites_sitename SET name = 'Өөр'",
    "site moved": "UPDATE designated_sites_designatedsite SET longitude = longitude + 3 WHERE site_type = 'geopark'",
    "state": "UPDATE network_memberstate SET name_en = 'Mongol Uls'",
    "event": "UPDATE activities_activity SET title_en = 'Changed' WHERE activity_type = 'event'",
    "event later": "UPDATE activities_activity SET starts_at = starts_at + interval '1 hour' WHERE slug = 'talk'",
    "training": "UPDATE activities_activity SET title_en = 'Changed' WHERE activity_type = 'training'",
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("page", PAGES)
def test_what_raw_sql_changes_is_shown_at_once(client: Client, records: None, page: str, change: str) -> None:
    before = text(client, page)
    assert text(client, page) == before
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[change])
    after = text(client, page)
    cache.clear()
    assert after == text(client, page)


@pytest.mark.parametrize("page", PAGES)
def test_every_table_a_page_reads_is_tracked(client: Client, records: None, page: str) -> None:
    """Else a change there would make no new version, and what is cached would stay."""
    with CaptureQueriesContext(connection) as asked:
        text(client, page)
    asked_each_time = {"/statistics/": PARTICIPANTS}.get(page, set())
    read = {table for query in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'zz_history'")
        tracked = {name for (name,) in cursor.fetchall()}
    assert read - tracked - {"history_change"} - asked_each_time == set()
    assert read


@pytest.mark.parametrize("page", PAGES)
def test_nothing_of_a_reader_reaches_another(records: None, officer: Person, page: str) -> None:
    assert officer.user is not None
    Person.objects.filter(pk=officer.pk).update(time_zone="America/Lima")
    mine = text(signed_in(officer.user), page)
    other = text(Client(), page)
    cache.clear()
    assert other == text(Client(), page)
    assert officer.user.email in mine
    assert officer.user.email not in other
    assert "/admin/" not in other


def test_each_zone_has_times_of_its_own(records: None) -> None:
    lima = text(Client(), "/events/?zone=America/Lima")
    assert ("Your time:" in lima, "Your time:" in text(Client(), "/events/")) == (True, False)
    tokyo = text(Client(), "/events/?zone=Asia/Tokyo")
    assert (
        "UTC−5" in lima.partition('<ol class="dated">')[2],
        "UTC−5" in tokyo.partition('<ol class="dated">')[2],
    ) == (True, False)
    assert lima == text(Client(), "/events/?zone=America/Lima")


@pytest.mark.parametrize("page", ["/", "/events/"])
def test_registration_that_closes_by_the_clock_is_shown(client: Client, records: None, page: str, clock: Any) -> None:
    assert [is_open(client, page) for _time in range(2)] == [True, True]
    clock.move_to(NOW + 3 * HOUR)
    assert [is_open(client, page) for _time in range(2)] == [False, False]


def is_open(client: Client, page: str) -> bool:
    return "Open for registration" in text(client, page) or ">Open<" in text(client, page)


def test_event_that_is_over_by_the_clock_goes_to_what_was_lately(client: Client, records: None, clock: Any) -> None:
    assert "Talk" not in text(client, "/").partition("Recent events")[2]
    clock.move_to(NOW + 51 * HOUR)
    assert "Talk" in text(client, "/").partition("Recent events")[2]


def test_statistics_name_the_day(client: Client, records: None, clock: Any) -> None:
    assert "24 November 2026" in text(client, "/statistics/")
    clock.move_to(NOW + 24 * HOUR)
    assert "25 November 2026" in text(client, "/statistics/")


def test_participants_of_statistics_are_counted_each_time(client: Client, records: None) -> None:
    """Their tables are not tracked: attendance and applications belong to persons."""
    text(client, "/statistics/")
    with CaptureQueriesContext(connection) as asked:
        text(client, "/statistics/")
    read = {table for query in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert {"activities_activity", "events_event"} <= read
    assert "reserves_biospherereserve" not in read
