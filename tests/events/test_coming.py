"""What is to come, and what is over, as far as is known."""

import datetime as dt

import pytest
import time_machine

from events.models import Event
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("start", "known", "end", "status", "coming"),
    [
        (at(2026, 11, 24, 13), "minute", at(2026, 11, 24, 15), "announced", True),
        (at(2026, 11, 24, 11), "minute", at(2026, 11, 24, 13), "announced", True),
        (at(2026, 11, 24, 9), "minute", at(2026, 11, 24, 11), "announced", False),
        (at(2026, 11, 24, 9), "minute", None, "announced", True),
        (at(2026, 11, 23, 9), "minute", None, "announced", False),
        (at(2026, 11, 24), "day", None, "announced", True),
        (at(2026, 11, 22), "day", at(2026, 11, 24), "announced", True),
        (at(2026, 11, 21), "day", at(2026, 11, 23), "announced", False),
        (at(2026, 11, 1), "month", None, "announced", True),
        (at(2026, 10, 1), "month", None, "announced", False),
        (at(2026, 1, 1), "year", None, "announced", True),
        (at(2025, 1, 1), "year", None, "announced", False),
        (at(2026, 12, 1), "day", None, "cancelled", False),
        (at(2026, 1, 1), "year", None, "held", False),
    ],
)
def test_coming(start: dt.datetime, known: str, end: dt.datetime | None, status: str, coming: bool) -> None:
    EventFactory(starts_at=start, start_precision=known, ends_at=end, status=status)
    with time_machine.travel(NOON, tick=False):
        assert Event.objects.coming().exists() is coming
        assert Event.objects.with_coming().get().is_coming is coming


def test_coming_puts_the_next_first() -> None:
    for day in (3, 1, 2):
        EventFactory(title=str(day), starts_at=at(2030, 1, day))
    with time_machine.travel(NOON, tick=False):
        assert [event.title for event in Event.objects.coming()] == ["1", "2", "3"]
