"""The waiting list: places that become free are offered to the next, who has until a deadline to answer.

All of it happens under the lock of the event's row, which the caller holds. Near the start the list is frozen.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from typed_records.locks import locked

from ..mails import registration as mails
from ..models import Event, Registration
from ..places import capacity as seats
from ..places.log import step

State = Registration.State


@dataclass(frozen=True)
class QueueState:
    """How an event stands for one way of taking part: whether the next to come gets a place, and whether anything is due."""

    has_place: bool
    needs_settling: bool


def queue_state(event: Event, presence: str) -> QueueState:
    """Counted in one query. Nobody comes before those who wait with a confirmed address."""
    now = timezone.now()
    here = Q(presence=presence)
    waits = Q(state=State.WAITING, held_until=None)
    found = event.registrations.aggregate(
        taken=Count("pk", filter=here & Q(state__in=Registration.HOLDING)),
        queued=Count("pk", filter=here & waits),
        anywhere=Count("pk", filter=waits),
        overdue=Count("pk", filter=Q(held_until__lt=now, state__in=Registration.OPEN)),
    )
    capacity = seats.capacity_of(event, presence)
    free = capacity is None or found["taken"] < capacity
    return QueueState(free and not found["queued"], bool(found["overdue"] or found["anywhere"]))


def settled(event: Event, presence: str) -> QueueState:
    """How an event stands after all that is due has been done."""
    now = queue_state(event, presence)
    if not now.needs_settling:
        return now
    settle(event)
    return queue_state(event, presence)


def settle(event: Event) -> None:
    """Ends what was not answered in time, and offers what is free. Nothing moves while an event is cancelled."""
    if event.status != Event.Status.ANNOUNCED:
        return
    for registration in event.registrations.overdue(timezone.now()).with_readers():
        _expire(registration)
    promote(event)


def _expire(registration: Registration) -> None:
    was = registration.state
    registration.state, registration.held_until = State.EXPIRED, None
    registration.held_from = ""
    registration.save(update_fields=["state", "held_until", "held_from"])
    step(registration, _reasons()[was], tell=mails.LAPSED if was == State.OFFERED else None)


def _reasons() -> dict[str, str]:
    return {
        State.HELD: _("The place was not confirmed in time."),
        State.OFFERED: _("The offer was not answered in time."),
        State.WAITING: _("The address was not confirmed in time."),
    }


def promote(event: Event) -> int:
    """Offers free places to those who wait, in their order. How many were offered one."""
    if event.starts_at <= timezone.now():
        return 0
    return sum(_promote(event, presence) for presence in seats.presences_of(event))


def _promote(event: Event, presence: str) -> int:
    free = seats.free(event, presence)
    queue = list(event.registrations.queue(presence).select_related("person__care_of"))
    if not queue or free == 0:
        return 0
    if seats.is_frozen(event):
        _pass_over(queue[0], _frozen_words())
        return 0
    offered = 0
    for registration in queue:
        if free is not None and offered >= free:
            break
        if registration.held_until is not None:
            _pass_over(registration, _("A place was free, but the address is not confirmed yet: the next was asked."))
            continue
        registration.event = event
        registration.state, registration.held_until = State.OFFERED, seats.answer_by(event)
        registration.save(update_fields=["state", "held_until"])
        step(registration, _("A place became free and was offered."), tell=mails.PROMOTED)
        offered += 1
    return offered


def _frozen_words() -> str:
    hours = settings.WAITING_LIST_FROZEN_HOURS
    return ngettext(
        "A place is free, but nobody is moved up in the last hour before the start.",
        "A place is free, but nobody is moved up in the last %(hours)d hours before the start.",
        hours,
    ) % {"hours": hours}


def _pass_over(registration: Registration, why: str) -> None:
    """Says why somebody was not moved up; once, not at every look."""
    last = registration.steps.order_by("-pk").first()
    if last is None or last.why != why:
        step(registration, why)


@transaction.atomic
def set_capacity(*, event: Event, onsite: int | None, online: int | None) -> Event:
    """Raises or lowers the number of places; who waits is offered what is new. Not below what is taken: ValidationError."""
    event = locked(event)
    for presence, places in ((seats.Presence.ONSITE, onsite), (seats.Presence.ONLINE, online)):
        refuse_capacity(event=event, presence=presence, places=places)
    event.capacity_onsite, event.capacity_online = onsite, online
    event.save(update_fields=["capacity_onsite", "capacity_online"])
    settle(event)
    return event


def refuse_capacity(*, event: Event, presence: str, places: int | None) -> None:
    """ValidationError when fewer places are left than are taken, with how many."""
    if places is not None and places < (taken := seats.taken(event, presence)):
        raise ValidationError(
            ngettext(
                "%(taken)d place is taken already. Cancel a registration first, or leave at least as many places.",
                "%(taken)d places are taken already. Cancel registrations first, or leave at least as many places.",
                taken,
            )
            % {"taken": taken},
            code="taken",
        )


@transaction.atomic
def suspend(*, event: Event) -> None:
    """The event is cancelled: offers are taken back, and those who had one keep their place in the queue."""
    for registration in event.registrations.filter(state=State.OFFERED):
        registration.state, registration.held_until = State.WAITING, None
        registration.save(update_fields=["state", "held_until"])
        step(registration, _("The event was cancelled: the offer no longer holds."))


@transaction.atomic
def resume(*, event: Event) -> None:
    """The event takes place after all: places that are held get a new deadline, and the queue moves on."""
    event.registrations.exclude(held_until=None).update(held_until=seats.answer_by(event))
    settle(event)


def settle_overdue() -> int:
    """Looks after every event in which somebody's time to answer is over. How many events."""
    overdue = Registration.objects.overdue(timezone.now()).filter(event__status=Event.Status.ANNOUNCED)
    events = list(Event.objects.filter(pk__in=overdue.values("event")))
    for event in events:
        with transaction.atomic():
            settle(locked(event))
    return len(events)
