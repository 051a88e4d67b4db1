"""The days and instants on which every clock rests: months back, the ends of days in Paris, the turns between states."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from designated_sites.models.review_clock import ReviewCycleState, begin, limit, months_before, state_of

DUE = dt.date(2027, 9, 30)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-09-30", 24, "2025-09-30"), ("2027-09-30", 18, "2026-03-30"), ("2027-09-30", 12, "2026-09-30"),
        ("2027-09-30", 6, "2027-03-30"), ("2027-09-30", 3, "2027-06-30"), ("2027-05-31", 3, "2027-02-28"),
        ("2028-05-31", 3, "2028-02-29"), ("2027-01-15", 3, "2026-10-15"), ("2027-12-31", 6, "2027-06-30"),
    ],
)  # fmt: skip
def test_months_before(day: str, months: int, expected: str) -> None:
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "first", "too_late"),
    [
        ("2027-09-30", "2027-09-29T22:00", "2027-09-30T22:00"),  # summer time
        ("2027-01-31", "2027-01-30T23:00", "2027-01-31T23:00"),  # winter time
        ("2027-03-28", "2027-03-27T23:00", "2027-03-28T22:00"),  # 23 hours long
        ("2027-10-31", "2027-10-30T22:00", "2027-10-31T23:00"),  # 25 hours long
    ],
)
def test_day_of_paris_as_instants(day: str, first: str, too_late: str) -> None:
    date = dt.date.fromisoformat(day)
    assert (begin(date), limit(date)) == (utc(first), utc(too_late))


# Instants in Paris time around each turn: what a day vouched for is, and one that nobody vouches for
TURNS = [
    ("2026-03-29 23:59:59", "not_due", "not_due"),
    ("2026-03-30 00:00:00", "soon", "soon"),
    ("2027-06-29 23:59:59", "soon", "soon"),
    ("2027-06-30 00:00:00", "due", "due"),
    ("2027-09-30 23:59:59", "due", "due"),
    ("2027-10-01 00:00:00", "overdue", "unknown"),
    ("2057-10-01 00:00:00", "overdue", "unknown"),
]


def in_paris(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


def state(now: dt.datetime, **facts: Any) -> ReviewCycleState:
    known = {"due_on": DUE, "regular_on": DUE, "is_vouched": True, "is_submitted": False}
    return state_of(now=now, **known | facts)


@pytest.mark.parametrize(("moment", "vouched", "not_vouched"), TURNS)
def test_states_turn_with_the_days_of_paris(moment: str, vouched: str, not_vouched: str) -> None:
    now = in_paris(moment)
    assert (state(now), state(now, is_vouched=False)) == (vouched, not_vouched)
    assert state(now, is_submitted=True) == "submitted"


def test_half_past_midnight_in_tokyo_is_still_the_day_before_in_paris() -> None:
    assert state(utc("2027-09-30T15:30")) == "due"  # 1 October, 00:30 in Tokyo
    assert state(utc("2027-09-30T22:00")) == "overdue"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-09-30 23:59:59", "not_due"),  # the day of the rules is not over
        ("2025-10-01 00:00:00", "deferred"),
        ("2027-06-29 23:59:59", "deferred"),
        ("2027-06-30 00:00:00", "due"),
        ("2027-10-01 00:00:00", "overdue"),
    ],
)
def test_moved_to_later_is_deferred_until_it_is_due(moment: str, expected: str) -> None:
    assert state(in_paris(moment), regular_on=dt.date(2025, 9, 30)) == expected


def test_moved_to_earlier_is_never_deferred() -> None:
    assert state(in_paris("2026-03-30 00:00:00"), regular_on=dt.date(2030, 9, 30)) == "soon"


def test_without_a_day_it_is_unknown_or_deferred_for_good() -> None:
    now = utc("2027-01-01T00:00")
    assert state(now, due_on=None, regular_on=None) == "unknown"
    assert state(now, due_on=None, regular_on=None, is_deferred=True) == "deferred"
