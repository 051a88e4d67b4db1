"""What another program reads from our calendars: the right instants by the zones in the file, whole words, one line each."""

import datetime as dt

import pytest
from django.test import Client

from activities.icalendar.entries import Guest, calendar_of, entry_of, invitation
from activities.rescheduling.moves import When
from events.models import Event
from events.registration import rescheduling
from tests.calendars import entries, read_elsewhere, spans
from tests.factories import EventFactory, TrainingFactory

pytestmark = pytest.mark.django_db
ZONES = (
    "Europe/Moscow", "Asia/Almaty", "Asia/Hovd", "Asia/Shanghai", "Asia/Ulaanbaatar", "Asia/Pyongyang", "Asia/Seoul",
    "Asia/Tokyo", "Asia/Kamchatka", "Europe/Paris", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "UTC",
)  # fmt: skip
INSTANTS = (
    "1995-07-01T06:00", "2012-07-01T06:00", "2016-07-01T06:00", "2018-05-29T03:00", "2024-02-29T17:59", "2024-02-29T18:00",
    "2024-03-01T06:00", "2027-03-28T00:59", "2027-03-28T01:00", "2027-10-31T00:30", "2027-10-31T01:30", "2037-12-31T23:00",
    "2045-07-01T06:00",
)  # fmt: skip
HAN = "长白山生物圈保护区和蒙古库苏古尔湖生物圈保护区联合研讨会：水、森林与放牧；第一部分"
CYRILLIC = "Семинар о биосферных заповедниках; озёра, реки \\ и ледники — «Хөвсгөл нуур», Қазақстан: Алматы қорығы"


def at(instant: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{instant}+00:00")


def written(zone: str, instant: str) -> bytes:
    start = at(instant)
    event = EventFactory.build(
        title=instant, starts_at=start, ends_at=start + dt.timedelta(hours=3), timezone=zone, updated_at=start,
        created_at=start,
    )  # fmt: skip
    return calendar_of([entry_of(event)])


@pytest.mark.parametrize("zone", ZONES)
def test_every_instant_is_read_back_by_the_zones_in_the_file(zone: str) -> None:
    for instant in INSTANTS:
        end = (at(instant) + dt.timedelta(hours=3)).isoformat()
        assert spans(read_elsewhere(written(zone, instant))) == [(instant, at(instant).isoformat(), end)]


def test_zones_of_a_calendar_over_many_years_hold_for_all_its_entries() -> None:
    events = [
        EventFactory.build(title=instant, starts_at=at(instant), timezone=zone, updated_at=at(instant), created_at=at(instant))
        for zone in ZONES
        for instant in INSTANTS
    ]  # fmt: skip
    calendar = read_elsewhere(calendar_of(map(entry_of, events)))
    assert [found[:2] for found in spans(calendar)] == [(one.title, one.starts_at.isoformat()) for one in events]
    assert [zone.tzid.value for zone in calendar.vtimezone_list] == sorted(set(ZONES) - {"UTC"})


def test_almaty_of_2018_and_of_2026_have_their_own_offsets() -> None:
    for instant, offset in (("2018-05-29T03:00", 6), ("2024-02-29T17:59", 6), ("2024-02-29T19:00", 5), ("2026-12-09T07:00", 5)):  # fmt: skip
        (entry,) = entries(read_elsewhere(written("Asia/Almaty", instant)))
        assert entry.dtstart.value.utcoffset() == dt.timedelta(hours=offset), instant


def test_days_are_read_as_days_the_end_being_the_day_after() -> None:
    start = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)
    several = EventFactory(title="Several", start_precision="day", ends_at=start + dt.timedelta(days=4))
    one = TrainingFactory(title="One", start_precision="day", ends_at=None)
    assert spans(read_elsewhere(calendar_of(map(entry_of, [several, one])))) == [
        ("Several", "2030-10-01", "2030-10-06"),
        ("One", "2030-10-01", "2030-10-02"),
    ]


def test_long_lines_in_any_script_are_folded_between_letters_and_read_back_whole(client: Client) -> None:
    summary = f"{CYRILLIC}\n{HAN * 3}, 🏔️{HAN}"
    EventFactory(slug="long", title=HAN * 3, venue=CYRILLIC, summary=summary)
    content = client.get("/events/long.ics").content
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
        assert b"\n" not in line
    (entry,) = entries(read_elsewhere(content))
    assert entry.summary.value == HAN * 3
    assert entry.location.value == CYRILLIC
    assert entry.description.value == f"{summary}\n\nhttp://localhost:8000/events/long/"


def test_entry_has_all_that_programs_need_to_tell_a_newer_one(client: Client) -> None:
    event = EventFactory(slug="webinar")
    first = entries(read_elsewhere(client.get("/events/webinar.ics").content))[0]
    later = When(event.starts_at + dt.timedelta(days=7), "minute", None, "", "Europe/Paris")
    rescheduling.move(event=event, to=later, reason="", by=None)
    second = entries(read_elsewhere(client.get("/events/webinar.ics").content))[0]
    rescheduling.cancel(event=event, reason="", by=None)
    third = entries(read_elsewhere(client.get("/events/webinar.ics").content))[0]
    rescheduling.reopen(event=event, reason="", by=None)
    fourth = entries(read_elsewhere(client.get("/events/webinar.ics").content))[0]
    found = [first, second, third, fourth]
    assert len({one.uid.value for one in found}) == 1
    assert [one.sequence.value for one in found] == ["0", "1", "2", "3"]
    assert [one.status.value for one in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    stamps = [one.dtstamp.value for one in found]
    assert stamps == sorted(stamps)
    assert second.dtstart.value.astimezone(dt.UTC) == later.starts_at


def test_invitation_and_its_withdrawal_are_read_as_such() -> None:
    event = EventFactory()
    asked = invitation(event, guest=Guest("aigul@example.org", "Айгүл, Ms"))
    rescheduling.cancel(event=event, reason="", by=None)
    withdrawn = invitation(Event.objects.get(), guest=Guest("aigul@example.org", "Айгүл, Ms"))
    assert asked is not None
    assert withdrawn is not None
    found = [read_elsewhere(part.content) for part in (asked, withdrawn)]
    assert [one.method.value for one in found] == ["REQUEST", "CANCEL"]
    (before,), (after,) = map(entries, found)
    assert (before.uid.value, before.sequence.value) == (after.uid.value, "0")
    assert (after.sequence.value, after.status.value) == ("1", "CANCELLED")
    assert before.attendee.value == "mailto:aigul@example.org"
    assert before.attendee.params["CN"] == ["Айгүл, Ms"]


def test_hour_of_a_change_is_told_on_the_clocks_before_it() -> None:
    """As RFC 5545 has it: 02:00 in spring, 03:00 in autumn, never the hour that comes of it."""
    text = calendar_of([entry_of(EventFactory(timezone="Europe/Paris", starts_at=at("2027-07-01T06:00")))]).decode()
    spring, autumn = "DTSTART:20270328T020000\r\nTZNAME:CEST", "DTSTART:20271031T030000\r\nTZNAME:CET"
    assert (spring in text, autumn in text) == (True, True)


def test_second_of_two_equal_hours_is_written_in_utc() -> None:
    (first,), (second,) = (
        entries(read_elsewhere(written("Europe/Paris", f"2027-10-31T0{hour}:30"))) for hour in (0, 1)
    )
    assert first.dtstart.value.utcoffset() == dt.timedelta(hours=2)
    assert second.dtstart.value.utcoffset() == dt.timedelta(0)


def test_zone_has_no_rule_that_ends_before_the_entry() -> None:
    """The library writes rules until 2037 unless told otherwise."""
    assert spans(read_elsewhere(written("Europe/Paris", "2049-07-01T10:00")))[0][1] == "2049-07-01T10:00:00+00:00"


def test_calendar_is_the_same_to_the_byte_each_time() -> None:
    events = [EventFactory(timezone=zone) for zone in ZONES]
    assert calendar_of(map(entry_of, events)) == calendar_of(map(entry_of, events))
