"""Events and trainings for calendar programs."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from events.models import Event
from tests.factories import EventFactory, TrainingFactory

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)


def calendar(client: Client, address: str) -> Calendar:
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    return Calendar.from_ical(response.content)


def test_event_to_the_minute_has_times_in_its_zone(client: Client) -> None:
    EventFactory(slug="webinar", title="Озеро, көл", venue="Zoom", summary="About lakes")
    found = calendar(client, "/events/webinar.ics")
    (entry,) = found.events
    assert found["METHOD"] == "PUBLISH"
    assert [zone.tz_name for zone in found.timezones] == ["Asia/Ulaanbaatar"]
    assert (entry.start.isoformat(), entry.end.isoformat()) == (
        "2030-10-01T09:00:00+08:00",
        "2030-10-01T11:00:00+08:00",
    )
    assert (entry["SUMMARY"], entry["LOCATION"], entry["SEQUENCE"], entry["STATUS"]) == (
        "Озеро, көл",
        "Zoom",
        0,
        "CONFIRMED",
    )
    assert entry["URL"] == "http://localhost:8000/events/webinar/"
    assert entry["DESCRIPTION"] == "About lakes\n\nhttp://localhost:8000/events/webinar/"


def test_event_to_the_day_has_dates_and_ends_the_day_after_its_last(client: Client) -> None:
    EventFactory(slug="meeting", start_precision="day", ends_at=START + dt.timedelta(days=4))
    EventFactory(slug="day", start_precision="day", ends_at=None)
    (entry,) = calendar(client, "/events/meeting.ics").events
    assert (entry.start, entry.end) == (dt.date(2030, 10, 1), dt.date(2030, 10, 6))
    (entry,) = calendar(client, "/events/day.ics").events
    assert (entry.start, entry.end) == (dt.date(2030, 10, 1), dt.date(2030, 10, 2))


@pytest.mark.parametrize("precision", ["year", "month"])
def test_event_without_a_day_has_no_entry(client: Client, precision: str) -> None:
    event = EventFactory(start_precision=precision)
    assert client.get(f"/events/{event.slug}.ics").status_code == 404
    assert ".ics" not in client.get(event.get_absolute_url()).content.decode().split("<main")[1].split("</main")[0]


def test_entry_keeps_its_uid_and_tells_a_cancellation(client: Client) -> None:
    event = EventFactory(slug="webinar")
    TrainingFactory(slug="webinar")
    first = calendar(client, "/events/webinar.ics").events[0]["UID"]
    Event.objects.filter(pk=event.pk).update(status="cancelled", title="Moved", starts_at=START + dt.timedelta(hours=1))
    (entry,) = calendar(client, "/events/webinar.ics").events
    assert (entry["UID"], entry["STATUS"]) == (first, "CANCELLED")
    assert first == "0595fc43-5e44-56de-9397-06fd0fe30a2d"
    assert calendar(client, "/trainings/webinar.ics").events[0]["UID"] != first


def test_joint_calendar_holds_coming_and_recent_ones_without_samples(client: Client) -> None:
    with time_machine.travel(START, tick=False):
        EventFactory(title="Coming", starts_at=START + dt.timedelta(days=30))
        TrainingFactory(title="Recent", starts_at=START - dt.timedelta(days=300), status="held")
        EventFactory(title="Off", starts_at=START + dt.timedelta(days=31), status="cancelled")
        EventFactory(title="Old", starts_at=START - dt.timedelta(days=366))
        EventFactory(title="Sample", is_sample=True)
        EventFactory(title="Draft", status="draft")
        EventFactory(title="Hidden", published=False)
        EventFactory(title="Sometime", start_precision="year")
        found = calendar(client, "/calendar.ics")
    assert [entry["SUMMARY"] for entry in found.events] == ["Recent", "Coming", "Off"]


def test_joint_calendar_may_be_empty(client: Client) -> None:
    assert calendar(client, "/calendar.ics").events == []


def test_joint_calendar_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in (1, 2):
        EventFactory.create_batch(number)
        with django_assert_num_queries(4):
            client.get("/calendar.ics")
