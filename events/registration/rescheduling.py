"""Moving, cancelling and reopening an event: the trace on its page, the mails to everybody registered, the reminders.

Each act raises the sequence by which calendar programs tell a newer entry, and opens a mailing that can be called back.
A change of wording is none of these and tells nobody.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from copy import copy
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import TIMES
from activities.rescheduling.along import (
    SESSIONS,
    Follower,
    by_days,
    can_follow,
    days_between,
    deadline_follower,
    known,
    sessions_follower,
)
from activities.rescheduling.moves import (
    KNOWN_DAY,
    When,
    refuse_move,
    tell,
    write_announcement,
    write_cancellation,
    write_holding,
    write_move,
    write_reopening,
)
from notifications.mail_types import MailType
from notifications.models import Mailing
from notifications.recipients import Recipient
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision
from typed_records.locks import locked

from ..mails import changes
from ..models import Event, Survey
from ..places.readers import reader_of
from . import reminders, waiting_list

CLOSING: Final = "closing"
REMINDERS: Final = "reminders"
SURVEY: Final = "survey"
ALONG: Final = frozenset({CLOSING, SESSIONS, REMINDERS, SURVEY})


@transaction.atomic
def move(*, event: Event, to: When, reason: str, by: User | None, along: Collection[str] = ALONG) -> Mailing | None:
    """Gives an announced event another time, zone or place in the year. The mailing, or None when nobody is registered.

    `along` names what moves by the same span: closing, sessions, reminders, survey. An event whose new day is not known yet is postponed: it leaves the calendars until it has one. ValidationError says why
    it cannot be moved.
    """
    event = locked(event)
    refuse_move(activity=event, to=to)
    before = When.of(event)
    if can_follow(before, to):
        _move_along(event, days_between(before, to), along)
    write_move(event, to, reason, along)
    if REMINDERS in along:
        reminders.reschedule(event=event)
    else:
        reminders.stop(event=event, reason=_("The event was moved."))
    kind = changes.MOVED if to.start_precision in KNOWN_DAY else changes.POSTPONED
    return _tell(kind, event, by, _("Moved: %(activity)s"), reason)


def _move_along(event: Event, days: int, along: Collection[str]) -> None:
    if CLOSING in along and event.registration_closes_at:
        event.registration_closes_at = by_days(event.registration_closes_at, event.timezone, days)
    survey = Survey.objects.filter(event=event, opened_at=None).first()
    if SURVEY in along and survey:
        survey.last_day += dt.timedelta(days=days)
        survey.save(update_fields=["last_day"])


def followers(event: Event, to: When | None) -> list[Follower]:
    """What moves along with an event, with its times before and after; nothing as long as no span is known."""
    if to is not None and not can_follow(When.of(event), to):
        return []
    closes = event.registration_closes_at
    found = [
        deadline_follower(CLOSING, _("Registration closes"), closes, event.timezone, event, to),
        sessions_follower(event, to),
        _reminders_follower(event, to),
        _survey_follower(event, to),
    ]
    return known(found)


def _reminders_follower(event: Event, to: When | None) -> Follower | None:
    planned = reminders.due_times(event)
    if not planned:
        return None
    moved = copy(event)
    if to is not None:
        for name in TIMES:
            setattr(moved, name, getattr(to, name))
    due = reminders.due_times(moved)
    first = next(iter(planned))
    becomes = moment_words(due[first], moved.timezone) if to is not None and first in due else ""
    return Follower(REMINDERS, _("Reminders, the first"), moment_words(planned[first], event.timezone), becomes)


def _survey_follower(event: Event, to: When | None) -> Follower | None:
    survey = Survey.objects.filter(event=event.pk, opened_at=None).first()
    if survey is None:
        return None
    label, last = _("Survey, last day to answer"), survey.last_day
    becomes = _day(last + dt.timedelta(days=days_between(When.of(event), to))) if to is not None else ""
    return Follower(SURVEY, label, _day(last), becomes)


def _day(day: dt.date) -> str:
    return moment_words(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC), "UTC", Precision.DAY)


@transaction.atomic
def announce(*, event: Event) -> None:
    """A draft becomes public. Nobody is written to: who wants to be told finds it in the digest and the feeds."""
    write_announcement(locked(event))


@transaction.atomic
def hold(*, event: Event) -> None:
    """It is over and took place."""
    write_holding(locked(event))


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
        yield reader_of(registration), f"{registration.pk}.{event.sequence}"
