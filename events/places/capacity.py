"""Places at an event, on site and online, counted under the lock of its row; and how long somebody may take to answer.

A place is taken by whoever is confirmed and by whoever has one held or offered. Without a capacity there is no limit.
"""

import datetime as dt
import ipaddress
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..models import Event, Registration

SHORTEST: Final = dt.timedelta(minutes=15)
# So few of the places are left that a stranger's is held for a short time only.
FEW: Final = 4  # a quarter
WHEN_FEW: Final = dt.timedelta(hours=2)
SHARE_OF_A_HOST: Final = 5  # a fifth of the places, at the most
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


def hold_until(event: Event, presence: str) -> dt.datetime:
    """Until when a place is held for a stranger who has still to confirm: not for long when few are left."""
    capacity, usual = capacity_of(event, presence), answer_by(event)
    few = capacity is not None and (capacity - taken(event, presence)) * FEW < capacity
    return min(usual, timezone.now() + WHEN_FEW) if few else usual


def network_key(event: Event, host: str) -> str:
    """The network of a host as one event knows it: the address of version 4, the /64 of version 6; empty for none."""
    try:
        known = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    network = ipaddress.ip_network((known, 32 if known.version == 4 else 64), strict=False)
    return salted_hmac(f"registration {event.pk}", str(network), algorithm="sha256").hexdigest()[:32]


def may_hold(event: Event, presence: str, network: str) -> bool:
    """Whether another unconfirmed place may be held for a network: a few, and a small share of a small event."""
    capacity = capacity_of(event, presence)
    if capacity is None or not network:
        return True
    most = min(settings.REGISTRATION_HOLDS_PER_HOST, max(1, capacity // SHARE_OF_A_HOST))
    held = event.registrations.filter(state=Registration.State.HELD, presence=presence, held_from=network)
    return held.count() < most


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
