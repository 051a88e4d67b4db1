"""When an activity takes place, in words."""

import datetime as dt

import pytest

from activities.models import Postponement, Session, times
from events.models import Event

START = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def event(**facts: object) -> Event:
    return Event(
        **{"starts_at": START, "start_precision": "minute", "timezone": "Asia/Shanghai", "end_precision": "", **facts}
    )


@pytest.mark.parametrize(
    ("end", "known", "days", "hours"),
    [
        (None, "", "Wednesday 9 December 2026", "15:00"),
        (START + dt.timedelta(hours=2), "minute", "Wednesday 9 December 2026", "15:00 to 17:00"),
        (START + DAY, "minute", "Wednesday 9 December 2026, 15:00, to Thursday 10 December 2026, 15:00", ""),
        (START + DAY, "day", "Wednesday 9 December 2026 to Thursday 10 December 2026", "15:00"),
        (START, "day", "Wednesday 9 December 2026", "15:00"),
    ],
)
def test_clocks_of_a_start_known_to_the_minute(end: dt.datetime | None, known: str, days: str, hours: str) -> None:
    clocks = times.on_clocks(event(ends_at=end, end_precision=known))
    assert (clocks.days, clocks.hours) == (days, hours)
    assert (clocks.zone, clocks.iso) == ("Beijing, Asia/Shanghai (UTC+8)", "2026-12-09T15:00+08:00")


def test_clocks_move_to_another_zone_only_when_the_minute_is_known() -> None:
    moved = times.on_clocks(event(starts_at=START.replace(hour=20)), "Asia/Tokyo")
    assert (moved.days, moved.hours, moved.zone) == ("Thursday 10 December 2026", "05:00", "Tokyo, Asia/Tokyo (UTC+9)")
    kept = times.on_clocks(event(start_precision="day"), "Pacific/Honolulu")
    assert (kept.days, kept.hours, kept.zone, kept.iso) == ("9 December 2026", "", "Beijing", "2026-12-09")


def test_postponed_from_is_told_as_far_as_it_was_known() -> None:
    move = Postponement(was_starts_at=START, was_start_precision="day", was_ends_at=START + 4 * DAY)
    assert times.was_on(move, event()) == "9 to 13 December 2026"
    assert times.was_on(Postponement(was_starts_at=START, was_start_precision="year"), event()) == "2026"
    to_the_minute = Postponement(was_starts_at=START, was_start_precision="minute")
    assert times.was_on(to_the_minute, event()) == "Wednesday 9 December 2026, 15:00, Beijing, Asia/Shanghai (UTC+8)"


def test_session_clock_names_the_day_where_an_activity_lasts_several() -> None:
    session = Session(starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    assert times.session_clock(session, event(ends_at=START + dt.timedelta(hours=2))) == "15:00 to 15:30"
    assert times.session_clock(session, event(ends_at=START + DAY)) == "9 December 2026, 15:00 to 15:30"
