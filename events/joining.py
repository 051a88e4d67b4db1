"""The door of an online event: who may enter, and when."""

import datetime as dt
from enum import StrEnum
from typing import Final

from django.utils import timezone

from .models import Event, Registration

OPENS_BEFORE: Final = dt.timedelta(minutes=30)
# An event whose end nobody wrote down, or that runs late, is not shut in the middle.
SHUTS_AFTER: Final = dt.timedelta(hours=1)
LASTS_UNLESS_KNOWN: Final = dt.timedelta(hours=3)


class Door(StrEnum):
    """What somebody with a personal address finds."""

    CANCELLED = "cancelled"  # the event does not take place
    NO_PLACE = "no_place"  # not confirmed, or no longer
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def opens_at(event: Event) -> dt.datetime:
    return event.starts_at - OPENS_BEFORE


def door_of(registration: Registration) -> Door:
    """Whether the links of an event are shown to somebody now."""
    event, now = registration.event, timezone.now()
    if event.status == Event.Status.CANCELLED:
        return Door.CANCELLED
    if registration.state != Registration.State.CONFIRMED:
        return Door.NO_PLACE
    if now < opens_at(event):
        return Door.EARLY
    shuts = (event.ends_at or event.starts_at + LASTS_UNLESS_KNOWN) + SHUTS_AFTER
    return Door.OPEN if now < shuts else Door.OVER
