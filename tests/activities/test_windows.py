"""When one can register or apply: computed from dates."""

import datetime as dt

import pytest
import time_machine

from activities.models.windows import window_of
from events.models import Event
from trainings.models import Training

START = dt.datetime(2026, 12, 9, 7, tzinfo=dt.UTC)
OPENS, CLOSES = START - dt.timedelta(days=30), START - dt.timedelta(days=2)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "opens", "closes", "status", "state"),
    [
        (OPENS - SECOND, OPENS, CLOSES, "announced", "later"),
        (OPENS, OPENS, CLOSES, "announced", "open"),
        (CLOSES - SECOND, OPENS, CLOSES, "announced", "open"),
        (CLOSES, OPENS, CLOSES, "announced", "closed"),
        (OPENS, None, CLOSES, "announced", "open"),
        (START - SECOND, OPENS, None, "announced", "open"),
        (START, OPENS, None, "announced", "closed"),
        (START, OPENS, START + dt.timedelta(days=9), "announced", "closed"),
        (OPENS, OPENS, CLOSES, "held", "closed"),
        (OPENS, OPENS, CLOSES, "cancelled", "cancelled"),
        (OPENS, None, None, "announced", "none"),
        (OPENS, None, None, "cancelled", "cancelled"),
    ],
)
def test_window_of_an_event(
    now: dt.datetime, opens: dt.datetime | None, closes: dt.datetime | None, status: str, state: str
) -> None:
    event = Event(starts_at=START, registration_opens_at=opens, registration_closes_at=closes, status=status)
    with time_machine.travel(now, tick=False):
        assert window_of(event).state == state


def test_window_of_an_event_is_meant_in_the_zone_of_the_place() -> None:
    assert window_of(Event(starts_at=START, timezone="Asia/Tokyo")).zone == "Asia/Tokyo"


def test_window_of_a_training_is_meant_in_the_zone_of_its_deadline() -> None:
    training = Training(
        starts_at=START,
        status="announced",
        timezone="Asia/Tokyo",
        nominations_close_at=CLOSES,
        deadline_zone="Europe/Paris",
    )
    with time_machine.travel(OPENS, tick=False):
        window = window_of(training)
    assert (window.state, window.closes, window.zone) == ("open", CLOSES, "Europe/Paris")
