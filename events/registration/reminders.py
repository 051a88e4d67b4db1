"""Reminders of an event: a week, a day and an hour before, one row each for each confirmed person.

The week is counted on the calendar of the event's zone, so that it falls on the same weekday at the same time of its
clocks also when summer time begins or ends in between; a day and an hour are 24 and 1 hours that pass. Where only the day
of an event is known, the reminders of the week and the day before go out at nine in the morning of its zone.
"""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.persons.recipients import key_of
from notifications import outbox
from notifications.models import Mail
from records.formats.partial_dates import Precision

from ..mails import reminders as kinds
from ..models import Event, Registration
from ..places.readers import reader_of

MORNING: Final = dt.time(9)


def due_times(event: Event) -> dict[str, dt.datetime]:
    """When each kind of reminder is due; nothing for an event of which not even the day is known."""
    start = event.starts_at.astimezone(event.zone)
    if event.start_precision == Precision.MINUTE:
        return {
            kinds.WEEK.name: _on_the_clock(event, start.date() - dt.timedelta(days=7), start.time()),
            kinds.DAY.name: event.starts_at - dt.timedelta(hours=24),
            kinds.HOUR.name: event.starts_at - dt.timedelta(hours=1),
        }
    if event.start_precision == Precision.DAY:
        return {
            kinds.WEEK.name: _on_the_clock(event, start.date() - dt.timedelta(days=7), MORNING),
            kinds.DAY.name: _on_the_clock(event, start.date() - dt.timedelta(days=1), MORNING),
        }
    return {}


def _on_the_clock(event: Event, day: dt.date, time: dt.time) -> dt.datetime:
    """A moment on the wall clock of the event's zone; one that summer time skips is the instant an hour later."""
    return dt.datetime.combine(day, time, tzinfo=event.zone).astimezone(dt.UTC)


@transaction.atomic
def schedule(*, registration: Registration) -> None:
    """Writes down the reminders of one confirmed person. Those whose time is past already are noted as not sent."""
    event = registration.event
    recipient = reader_of(registration)
    occurrence = kinds.occurrence_of(registration, event)
    _wake(event, recipient.key, occurrence)
    for kind, due in due_times(event).items():
        if due > timezone.now():
            outbox.put(kind=kind, subject=event, recipient=recipient, occurrence=occurrence, due=due)
        else:
            outbox.put_off(
                kind=kind, subject=event, recipient=recipient, occurrence=occurrence,
                reason=_("Its time was past already when the person registered."),
            )  # fmt: skip


def _wake(event: Event, key: str, occurrence: str) -> None:
    """Reminders that were stopped with a place which is given back now wait again: the outbox writes none twice."""
    stopped = outbox.about(event).filter(
        kind__in=kinds.NAMES, recipient_key=key, occurrence=occurrence, state=Mail.State.DROPPED, due__gt=timezone.now()
    )
    stopped.update(state=Mail.State.QUEUED, drop_reason="")


@transaction.atomic
def reschedule(*, event: Event) -> None:
    """The reminders of everybody, anew: the event has been moved, or takes place after all.

    Those that were sent stay sent: each move is an activity of its own to remind of. A time already past is left out.
    """
    stop(event=event, reason=_("The event was moved."))
    confirmed = list(event.registrations.confirmed().with_readers())
    for kind, due in due_times(event).items():
        if due > timezone.now():
            readers = [(reader_of(one), kinds.occurrence_of(one, event)) for one in confirmed]
            outbox.put_many(kind=kind, subject=event, readers=readers, due=due)


def stop(*, event: Event, reason: str, person_id: int | None = None) -> int:
    """Ends the reminders of an event that are still waiting: of everybody, or of one person."""
    key = key_of(person_id) if person_id else ""
    return outbox.withdraw(names=kinds.NAMES, subject=event, reason=reason, recipient_key=key)
