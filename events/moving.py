"""Moving, cancelling and reopening an event: the trace on its page, the mails to everybody registered, the reminders.

Each act raises the sequence by which calendar programs tell a newer entry, and opens a mailing that can be called back.
A change of wording is none of these and tells nobody.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recipients import recipient_of
from directory.partial_dates import Precision
from notifications import mailings, outbox
from notifications.kinds import Kind
from notifications.models import Mailing
from notifications.recipients import Recipient

from . import reminders, waiting
from .mails import changes
from .models import Event, EventPostponement
from .occasions import TIMES
from .seats import locked
from .times import days

KNOWN_DAY: Final = frozenset({Precision.DAY, Precision.MINUTE})
MOVABLE: Final = (Event.Status.DRAFT, Event.Status.ANNOUNCED)


@dataclass(frozen=True)
class When:
    """When an event takes place, as far as is known."""

    starts_at: dt.datetime
    start_precision: str
    ends_at: dt.datetime | None
    end_precision: str
    timezone: str

    @classmethod
    def of(cls, event: Event) -> "When":
        return cls(event.starts_at, event.start_precision, event.ends_at, event.end_precision, event.timezone)


@transaction.atomic
def move(*, event: Event, to: When, reason: str, by: User | None) -> Mailing | None:
    """Gives an announced event another time, zone or place in the year. The mailing, or None when nobody is registered.

    An event whose new day is not known yet is postponed: it leaves the calendars until it has one. ValidationError says why
    it cannot be moved.
    """
    event = locked(event)
    refuse_move(event=event, to=to)
    before = When.of(event)
    EventPostponement.objects.create(
        event=event, was_starts_at=before.starts_at, was_start_precision=before.start_precision,
        was_ends_at=before.ends_at, moved_at=timezone.now(), reason=reason,
    )  # fmt: skip
    shift = to.starts_at - before.starts_at
    for name in TIMES:
        setattr(event, name, getattr(to, name))
    _save(event)
    if Precision.MINUTE == before.start_precision == to.start_precision:
        _move_sessions(event, shift)
    reminders.reschedule(event=event)
    kind = changes.MOVED if to.start_precision in KNOWN_DAY else changes.POSTPONED
    return _tell(kind, event, by, _("Moved: %(event)s"), reason)


def refuse_move(*, event: Event, to: When) -> None:
    """ValidationError, in words for an officer, when an event cannot be moved there."""
    if event.status not in MOVABLE:
        raise ValidationError(_("Only an event that is announced can be moved. This one is: %(status)s.") % {
            "status": event.get_status_display()
        })  # fmt: skip
    if to == When.of(event):
        raise ValidationError(_("The event is at this time already. Choose another one."), code="same")
    if to.start_precision == Precision.MINUTE and to.starts_at <= timezone.now():
        raise ValidationError(_("This time is past already. Choose one that is yet to come."), code="past")
    if to.ends_at and to.ends_at < to.starts_at:
        raise ValidationError(_("The end lies before the start."), code="end")


@transaction.atomic
def cancel(*, event: Event, reason: str, by: User | None) -> Mailing | None:
    """The event does not take place. Registrations stay as they are, so that it can be reopened."""
    event = locked(event)
    if event.status not in MOVABLE:
        raise ValidationError(_("Only an event that is announced can be cancelled."))
    event.status = Event.Status.CANCELLED
    event.cancelled_at, event.cancel_reason = timezone.now(), reason
    _save(event)
    reminders.stop(event=event, reason=_("The event was cancelled."))
    waiting.suspend(event=event)
    return _tell(changes.CANCELLED, event, by, _("Cancelled: %(event)s"), reason)


@transaction.atomic
def reopen(*, event: Event, reason: str, by: User | None) -> Mailing | None:
    """A cancelled event takes place after all: those registered are told, and reminded again."""
    event = locked(event)
    if event.status != Event.Status.CANCELLED:
        raise ValidationError(_("Only a cancelled event can be reopened."))
    event.status = Event.Status.ANNOUNCED
    _save(event)
    reminders.reschedule(event=event)
    waiting.resume(event=event)
    return _tell(changes.REOPENED, event, by, _("Takes place after all: %(event)s"), reason)


def _save(event: Event) -> None:
    event.sequence += 1
    event.full_clean(validate_unique=False)
    event.save()


def _move_sessions(event: Event, shift: dt.timedelta) -> None:
    """The parts of an event move with it."""
    for session in event.sessions.all():
        session.starts_at += shift
        session.ends_at += shift
        session.save(update_fields=["starts_at", "ends_at"])


def _tell(kind: Kind, event: Event, by: User | None, label: str, reason: str) -> Mailing | None:
    readers = list(_readers(event))
    if not readers:
        return None
    words = label % {"event": f"{event.title}, {days(event)}"}
    mailing = mailings.open_mailing(label=words, kind=kind.name, by_id=by.pk if by else None)
    # What an earlier move said and has not gone out yet would only confuse.
    outbox.withdraw(names=changes.NAMES, subject=event, reason=_("A newer change of the event says it all."))
    outbox.put_many(kind=kind.name, subject=event, readers=readers, mailing=mailing, payload={"reason": reason})
    return mailing


def _readers(event: Event) -> Iterable[tuple[Recipient, str]]:
    """Everybody with a place or waiting for one."""
    for registration in event.registrations.active().with_readers():
        yield recipient_of(registration.person), f"{registration.pk}.{event.sequence}"
