"""What officers do with places: give one, take it back, bring it back. Each act holds the lock of the event's row; its mails
go out together after some minutes, and until then it can be undone with them."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import outbox
from notifications.models import Mail
from typed_records.locks import locked, wait_for_locks

from ..mails import registration as mails
from ..models import Event, Registration
from ..places import capacity
from ..places.log import step
from . import registering, reminders, waiting_list
from .registering import QUEUE_SECONDS

State = Registration.State


@transaction.atomic
def give_place(*, registration: Registration, by: User | None, why: str = "") -> Registration:
    """Confirms a place that is held or offered, or gives one to somebody who waits, whoever stands before them: the officer
    decides. ValidationError when no place is free."""
    event, registration = _fresh(registration)
    if registration.state == State.CONFIRMED:
        raise ValidationError(_("The place is confirmed already."))
    if registration.state in Registration.GONE:
        raise ValidationError(_("This registration has ended. Bring it back first."))
    if registration.state == State.WAITING:
        _refuse_full(event, registration.presence)
    return _confirmed(registration, why or _("Confirmed by the secretariat."), by)


@transaction.atomic
def release(*, registration: Registration, by: User | None) -> Registration:
    """Takes back a place that is held or offered; the next in the queue is offered it. Nobody is told, as when the time to
    answer is over."""
    event, registration = _fresh(registration)
    if registration.state not in (State.HELD, State.OFFERED):
        raise ValidationError(_("Only a place that is held or offered can be released."))
    tell = mails.LAPSED if registration.state == State.OFFERED else None
    _ended(registration, State.EXPIRED)
    step(registration, _("Not confirmed: the secretariat gave the place free."), by, tell=tell)
    waiting_list.settle(event)
    return registration


@transaction.atomic
def move_to_waiting(*, registration: Registration, by: User | None, why: str = "") -> Registration:
    """Takes a place away and puts the person at the end of the queue."""
    event, registration = _fresh(registration)
    if registration.state not in Registration.HOLDING:
        raise ValidationError(_("Only somebody with a place can be moved to the waiting list."))
    registration.state, registration.queued_at, registration.held_until = State.WAITING, timezone.now(), None
    registration.held_from = ""
    registration.save(update_fields=["state", "queued_at", "held_until", "held_from"])
    step(registration, why or _("Moved to the waiting list by the secretariat."), by, tell=mails.WAITING)
    reminders.stop(event=event, reason=_("The place was taken back."), person_id=registration.person_id)
    _offer_to_others(event, registration)
    return registration


def _offer_to_others(event: Event, mover: Registration) -> None:
    """What became free goes to those who waited before; not back to the one it was taken from."""
    others = event.registrations.queue(mover.presence).exclude(pk=mover.pk).filter(held_until=None)
    if others.exists():
        waiting_list.settle(event)


@transaction.atomic
def cancel(*, registration: Registration, by: User | None, why: str, told: bool = False) -> Registration:
    """Ends a registration with the officer's reason, which stands in the log; the person reads it only if `told`."""
    _event, registration = _fresh(registration)
    if registration.state in Registration.GONE:
        raise ValidationError(_("This registration has ended already."))
    return registering.cancel(registration=registration, why=why, by=by, reason=why if told else "")


@transaction.atomic
def bring_back(*, registration: Registration, by: User | None) -> Registration:
    """Undoes a cancellation, or a place that fell free, as long as a place is free. The mail that told of it is stopped if it
    has not gone out; else the person is told that the place is confirmed."""
    event, registration = _fresh(registration)
    if registration.state not in Registration.GONE:
        raise ValidationError(_("This registration stands: there is nothing to bring back."))
    if event.status == Event.Status.CANCELLED:
        raise ValidationError(_("The event was cancelled: nobody can register any more."))
    if event.registrations.active().filter(person=registration.person_id).exists():
        raise ValidationError(_("The person has registered again meanwhile."))
    _refuse_full(event, registration.presence)
    was_confirmed, stopped = registration.confirmed_at is not None, _stop_cancellation(registration)
    registration.cancelled_at = None
    registration.save(update_fields=["cancelled_at"])
    quietly = was_confirmed and stopped
    return _confirmed(registration, _("Brought back by the secretariat."), by, quietly=quietly)


def _stop_cancellation(registration: Registration) -> bool:
    """Whether every mail that told of the end waited still, and was stopped."""
    told = outbox.about(registration).filter(kind__in=[mails.CANCELLED.name, mails.LAPSED.name])
    last = told.exclude(state=Mail.State.DROPPED).order_by("pk").last()
    if last is None or last.state != Mail.State.QUEUED:
        return False
    names = [mails.CANCELLED.name, mails.LAPSED.name]
    outbox.withdraw(names=names, subject=registration, reason=_("The registration was brought back."))
    return True


def _refuse_full(event: Event, presence: str) -> None:
    if capacity.free(event, presence) == 0:
        raise ValidationError(_("No place is free. Raise the number of places, or cancel another registration first."), code="full")  # fmt: skip


def _confirmed(registration: Registration, why: str, by: User | None, *, quietly: bool = False) -> Registration:
    registration.state, registration.confirmed_at, registration.held_until = State.CONFIRMED, timezone.now(), None
    registration.held_from, registration.queued_at = "", None
    registration.save(update_fields=["state", "confirmed_at", "held_until", "held_from", "queued_at"])
    step(registration, why, by, tell=None if quietly else mails.CONFIRMED)
    reminders.schedule(registration=registration)
    return registration


def _ended(registration: Registration, state: str) -> None:
    registration.state, registration.held_until, registration.held_from = state, None, ""
    registration.save(update_fields=["state", "held_until", "held_from"])


def _fresh(registration: Registration) -> tuple[Event, Registration]:
    """The registration as it is now, under the lock of its event."""
    wait_for_locks(QUEUE_SECONDS)
    event = locked(registration.event)
    fresh = Registration.objects.select_related("person__care_of").get(pk=registration.pk)
    fresh.event = event
    return event, fresh
