"""Moving, cancelling and reopening an event: the trace on its page, the mails to everybody registered, the reminders.

Each act raises the sequence by which calendar programs tell a newer entry, and opens a mailing that can be called back.
A change of wording is none of these and tells nobody.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.persons.recipients import recipient_of
from activities.rescheduling.moves import (
    KNOWN_DAY,
    When,
    refuse_move,
    tell,
    write_cancellation,
    write_move,
    write_reopening,
)
from notifications.mail_types import MailType
from notifications.models import Mailing
from notifications.recipients import Recipient
from typed_records.locks import locked

from ..mails import changes
from ..models import Event
from . import reminders, waiting_list


@transaction.atomic
def move(*, event: Event, to: When, reason: str, by: User | None) -> Mailing | None:
    """Gives an announced event another time, zone or place in the year. The mailing, or None when nobody is registered.

    An event whose new day is not known yet is postponed: it leaves the calendars until it has one. ValidationError says why
    it cannot be moved.
    """
    event = locked(event)
    refuse_move(activity=event, to=to)
    write_move(event, to, reason)
    reminders.reschedule(event=event)
    kind = changes.MOVED if to.start_precision in KNOWN_DAY else changes.POSTPONED
    return _tell(kind, event, by, _("Moved: %(activity)s"), reason)


@transaction.atomic
def cancel(*, event: Event, reason: str, by: User | None) -> Mailing | None:
    """The event does not take place. Registrations stay as they are, so that it can be reopened."""
    event = locked(event)
    write_cancellation(event, reason)
    reminders.stop(event=event, reason=_("The event was cancelled."))
    waiting_list.suspend(event=event)
    return _tell(changes.CANCELLED, event, by, _("Cancelled: %(activity)s"), reason)


@transaction.atomic
def reopen(*, event: Event, reason: str, by: User | None) -> Mailing | None:
    """A cancelled event takes place after all: those registered are told, and reminded again."""
    event = locked(event)
    write_reopening(event)
    reminders.reschedule(event=event)
    waiting_list.resume(event=event)
    return _tell(changes.REOPENED, event, by, _("Takes place after all: %(activity)s"), reason)


def _tell(kind: MailType, event: Event, by: User | None, label: str, reason: str) -> Mailing | None:
    return tell(kind, event, _readers(event), kinds=changes.NAMES, label=label, by=by, reason=reason)


def _readers(event: Event) -> Iterable[tuple[Recipient, str]]:
    """Everybody with a place or waiting for one."""
    for registration in event.registrations.active().with_readers():
        yield recipient_of(registration.person), f"{registration.pk}.{event.sequence}"
