"""Places at an event, on site and online, counted under the lock of its row; and how long somebody may take to answer.

A place is taken by whoever is confirmed and by whoever has one held or offered. Without a capacity there is no limit.
"""

import datetime as dt
from typing import Final

from django.conf import settings
from django.utils import timezone

from ..models import Event, Registration

SHORTEST: Final = dt.timedelta(minutes=15)
Presence = Registration.Presence


def presences_of(event: Event) -> list[str]:
    """Ways to take part: on site, online or both."""
    if event.format == Event.Format.HYBRID:
        return [Presence.ONSITE, Presence.ONLINE]
    return [Presence.ONSITE if event.format == Event.Format.ONSITE else Presence.ONLINE]


def capacity_of(event: Event, presence: str) -> int | None:
    return event.capacity_onsite if presence == Presence.ONSITE else event.capacity_online


def taken(event: Event, presence: str) -> int:
    return event.registrations.holding().filter(presence=presence).count()


def free(event: Event, presence: str) -> int | None:
    """Places left; None for no limit."""
    capacity = capacity_of(event, presence)
    return None if capacity is None else max(0, capacity - taken(event, presence))


def answer_by(event: Event) -> dt.datetime:
    """Until when somebody has to answer: a day, less near the start: a quarter of what is left, a quarter of an hour at least."""
    now = timezone.now()
    longest = dt.timedelta(hours=settings.REGISTRATION_HOLD_HOURS)
    return now + max(SHORTEST, min(longest, (event.starts_at - now) / 4))


def is_frozen(event: Event) -> bool:
    """So near the start that nobody on the waiting list is offered a place any more: it could not be answered in time."""
    return event.starts_at - timezone.now() < dt.timedelta(hours=settings.WAITING_LIST_FROZEN_HOURS)


def position_of(registration: Registration) -> int:
    """The place in the queue, from 1."""
    queue = registration.event.registrations.queue(registration.presence)
    ahead = queue.filter(queued_at__lt=registration.queued_at) | queue.filter(
        queued_at=registration.queued_at, pk__lt=registration.pk
    )
    return ahead.count() + 1
