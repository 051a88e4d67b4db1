"""Taking a place at an event, confirming it, giving it back. Every act holds the lock of the event's row while it counts.

A stranger's place is held until the address is confirmed; whoever is known to own the address, or is registered by a focal
point or an officer, is confirmed at once. Who finds no place waits; the queue is kept in `waiting`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.persons.former import present_id
from activities.models.windows import window_of
from typed_records.locks import locked, wait_for_locks

from ..mails import registration as mails
from ..models import Event, Registration
from ..places import capacity
from ..places.log import step
from . import reminders, waiting_list

State = Registration.State


@dataclass(frozen=True)
class AsTyped:
    """What was typed for one place and is otherwise with the person. `other`: facts of the person, by their names."""

    language: str = ""
    time_zone: str = ""
    other: Mapping[str, str] = field(default_factory=dict)

    def put_on(self, registration: Registration) -> None:
        registration.language, registration.time_zone, registration.typed = (
            self.language,
            self.time_zone,
            dict(self.other),
        )


# Who asks again so soon has pressed the button twice: the mail is on its way already.
SAME_PRESS: Final = dt.timedelta(seconds=30)
# All who register for one event wait for its row, one after the other. Longer than a page waits for a lock (2 s) and shorter
# than a statement may take (10 s): hundreds that come together stand in a queue that moves, and none of them is turned away.
QUEUE_SECONDS: Final = 5


@transaction.atomic
def register(
    *,
    event: Event,
    person: Person,
    presence: str,
    audience: str = "",
    known: bool = False,
    by: User | None = None,
    host: str = "",
    typed: AsTyped | None = None,
    party: str = "",
) -> Registration:
    """A place for a person, or one in the queue. Registering again changes nothing and sends the mail once more, but not
    for a button that was pressed twice.

    `host` is where a stranger's request came from: one that holds several places which nobody has confirmed gets no more, and
    is asked to confirm first. `known`: the person is signed in with this address, or somebody who answers for them asks (`by`).
    `typed` holds for this place alone. One of a `party` gets no mail before somebody has answered for all of them.
    ValidationError says why nobody can register now.
    """
    person = _here(person)
    event = wait_for(event)
    refuse(event=event, presence=presence, by=by)
    standing = waiting_list.settled(event, presence)
    present = event.registrations.active().filter(person=person).first()
    if present is not None:
        if party and not known:
            return present
        return _again(present, known=known, by=by, typed=typed)
    now = timezone.now()
    registration = Registration(
        event=event,
        person=person,
        presence=presence,
        audience=audience,
        registered_by=by,
        state=State.WAITING,
        party=party,
    )
    if typed is not None:
        typed.put_on(registration)
    registration.held_from = "" if known else capacity.network_key(event, host)
    if standing.has_place and (known or capacity.may_hold(event, presence, registration.held_from)):
        registration.state = State.CONFIRMED if known else State.HELD
    registration.confirmed_at = now if registration.state == State.CONFIRMED else None
    registration.queued_at = now if registration.state == State.WAITING else None
    if not known:
        held = registration.state == State.HELD
        registration.held_until = capacity.hold_until(event, presence) if held else capacity.answer_by(event)
    registration.save()
    if party and not known:
        step(registration, _("Registered together with others."), by)
    else:
        _step(registration, _("Registered."), by)
    return registration


def _here(person: Person) -> Person:
    """The row of the person, held until the place is written down; if their record has become one with another meanwhile,
    that one."""
    held = Person.objects.select_for_update(of=("self",), no_key=True)
    found = held.filter(pk=person.pk).first() or held.filter(pk=present_id(person.pk)).first()
    if found is None:
        raise ValidationError(_("Your data were erased a moment ago. Register anew."))
    return found


def refuse(*, event: Event, presence: str, by: User | None = None) -> None:
    """ValidationError, in words for the one who asks. Whoever answers for others may still register after the closing."""
    state = window_of(event).state
    if state == "cancelled":
        raise ValidationError(_("The event was cancelled: nobody can register any more."), code="cancelled")
    if state == "later":
        raise ValidationError(_("Registration is not open yet."), code="later")
    over = event.starts_at <= timezone.now()
    if over or event.status != Event.Status.ANNOUNCED or (state != "open" and by is None):
        raise ValidationError(_("Registration is closed."), code="closed")
    if presence not in capacity.presences_of(event):
        raise ValidationError(_("This event cannot be attended in that way. Choose another one."), code="presence")


def _again(registration: Registration, *, known: bool, by: User | None, typed: AsTyped | None) -> Registration:
    """What was typed this time holds, unless the place is confirmed: then its link is the way to change it."""
    if typed is not None and (known or registration.is_unconfirmed):
        typed.put_on(registration)
        registration.save(update_fields=["language", "time_zone", "typed"])
    if known and registration.state in (State.HELD, State.OFFERED):
        return confirm(registration=registration, by=by)
    if known and registration.held_until:
        registration.held_until = None
        registration.save(update_fields=["held_until"])
    elif registration.steps.filter(state=registration.state, at__gt=timezone.now() - SAME_PRESS).exists():
        return registration
    _step(registration, _("Registered again: the mail was sent once more."), by)
    return registration


@transaction.atomic
def confirm(*, registration: Registration, by: User | None = None) -> Registration:
    """The reader of the mail answers: takes the place that is held or offered, or confirms the address on the list.

    An answer that comes too late gets a place if one is still free, and else one in the queue. Answering twice changes
    nothing. ValidationError says why nothing can be confirmed.
    """
    event = wait_for(registration.event)
    waiting_list.settle(event)
    registration = fresh(registration, event)
    if registration.state in (State.HELD, State.OFFERED):
        return _confirmed(registration, _("Confirmed."), by)
    if registration.state == State.WAITING and registration.held_until:
        if waiting_list.queue_state(event, registration.presence).has_place:
            return _confirmed(registration, _("Address confirmed; a place was free."), by)
        registration.held_until, registration.held_from = None, ""
        registration.save(update_fields=["held_until", "held_from"])
        step(registration, _("Address confirmed."), by)
        waiting_list.promote(event)
        return fresh(registration, event)
    if registration.state == State.EXPIRED:
        return _late(registration, event, by)
    if registration.state == State.CANCELLED:
        raise ValidationError(_("This registration was cancelled. Register again if you want to come."))
    return registration


def _late(registration: Registration, event: Event, by: User | None) -> Registration:
    refuse(event=event, presence=registration.presence, by=by)
    if event.registrations.active().filter(person=registration.person_id).exists():
        raise ValidationError(_("You have registered again meanwhile. Use the newer mail."))
    if waiting_list.queue_state(event, registration.presence).has_place:
        return _confirmed(registration, _("Confirmed late; a place was still free."), by)
    registration.state, registration.held_until, registration.queued_at = State.WAITING, None, timezone.now()
    registration.save(update_fields=["state", "held_until", "queued_at"])
    _step(registration, _("Confirmed too late for the place; on the waiting list."), by)
    return registration


def _confirmed(registration: Registration, why: str, by: User | None) -> Registration:
    registration.state, registration.confirmed_at, registration.held_until = State.CONFIRMED, timezone.now(), None
    registration.held_from = ""
    registration.save(update_fields=["state", "confirmed_at", "held_until", "held_from"])
    _step(registration, why, by)
    return registration


@transaction.atomic
def cancel(*, registration: Registration, why: str = "", by: User | None = None, reason: str = "") -> Registration:
    """Gives the place back, declines an offer or leaves the list; the next in the queue is offered what became free. `reason`
    stands in the mail to the person.

    Whoever cancels is not offered anything again, unless they register anew. Cancelling twice changes nothing.
    """
    event = wait_for(registration.event)
    registration = fresh(registration, event)
    if registration.state in Registration.GONE:
        return registration
    was_offered = registration.state == State.OFFERED
    registration.state, registration.cancelled_at, registration.held_until = State.CANCELLED, timezone.now(), None
    registration.held_from = ""
    registration.save(update_fields=["state", "cancelled_at", "held_until", "held_from"])
    words = why or (_("Offer declined.") if was_offered else _("Cancelled."))
    step(registration, words, by, tell=mails.CANCELLED, reason=reason)
    reminders.stop(event=event, reason=_("The registration was cancelled."), person_id=registration.person_id)
    waiting_list.settle(event)
    return registration


def wait_for(event: Event) -> Event:
    """The event as it is now, its row locked until the transaction ends."""
    wait_for_locks(QUEUE_SECONDS)
    return locked(event)


@transaction.atomic
def free_unconfirmed(*, event: Event, by: User | None) -> int:
    """Takes back every place held for an address that nobody has confirmed; the next in the queue are offered them. How many.

    Whoever confirms afterwards gets a place if one is still free, as anybody who is late does.
    """
    event = wait_for(event)
    held = list(event.registrations.filter(state=State.HELD).with_readers().order_by("pk"))
    for registration in held:
        registration.state, registration.held_until, registration.held_from = State.EXPIRED, None, ""
        registration.save(update_fields=["state", "held_until", "held_from"])
        step(registration, _("Not confirmed: the secretariat gave the place free."), by)
    waiting_list.settle(event)
    return len(held)


def fresh(registration: Registration, event: Event) -> Registration:
    """The registration as it is now, under the lock of its event."""
    fresh = Registration.objects.select_related("person__care_of").get(pk=registration.pk)
    fresh.event = event
    return fresh


def tell_again(registration: Registration, why: str) -> None:
    """The mail about how a place stands goes out once more."""
    if registration.is_active:
        _step(registration, why, None)


def _step(registration: Registration, why: str, by: User | None) -> None:
    """A step with the mail of its state; with a confirmed place go the reminders."""
    step(registration, why, by, tell=mails.KIND_OF_STATE[State(registration.state)])
    if registration.state == State.CONFIRMED:
        reminders.schedule(registration=registration)
