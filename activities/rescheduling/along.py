"""What moves along with an event or training: its closing, its sessions, reminders, the survey. Each is shown with its old and
its new time before anything is done, and can be left where it is."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision

from ..models import Activity
from .when import KNOWN_DAY, When

SESSIONS: Final = "sessions"


@dataclass(frozen=True)
class Follower:
    """Something that moves along, in words: what it is, when it was, and when it is then; nothing where nobody knows yet."""

    name: str
    label: str
    was: str
    becomes: str = ""

    def __str__(self) -> str:
        times = _("%(was)s → %(becomes)s") % {"was": self.was, "becomes": self.becomes} if self.becomes else self.was
        return _("%(label)s: %(value)s") % {"label": self.label, "value": times}


def can_follow(before: When, to: When) -> bool:
    """Whether a span is known by which something could move: the days of both times are."""
    return before.start_precision in KNOWN_DAY and to.start_precision in KNOWN_DAY


def days_between(before: When, to: When) -> int:
    """How many days later the new start is, each on the calendar of its own zone."""
    first = before.starts_at.astimezone(ZoneInfo(before.timezone)).date()
    return (to.starts_at.astimezone(ZoneInfo(to.timezone)).date() - first).days


def by_days(moment: dt.datetime, zone: str, days: int) -> dt.datetime:
    """The same time of the clock so many days later: a deadline at 23:59 stays at 23:59."""
    wall = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + dt.timedelta(days=days)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def by_span(moment: dt.datetime, before: When, to: When) -> dt.datetime:
    """As far from the new start as it was from the former one; where no hour is known, by whole days."""
    if Precision.MINUTE == before.start_precision == to.start_precision:
        return moment + (to.starts_at - before.starts_at)
    return by_days(moment, before.timezone, days_between(before, to))


def sessions_follower(activity: Activity, to: When | None) -> Follower | None:
    """All sessions together, told by the first of them."""
    sessions = list(activity.sessions.all())
    if not sessions:
        return None
    first, before = sessions[0], When.of(activity)
    label = _("Sessions (%(n)d), the first") % {"n": len(sessions)}
    was = moment_words(first.starts_at, activity.timezone)
    if to is None:
        return Follower(SESSIONS, label, was)
    return Follower(SESSIONS, label, was, moment_words(by_span(first.starts_at, before, to), to.timezone))


def deadline_follower(
    name: str, label: str, moment: dt.datetime | None, zone: str, activity: Activity, to: When | None
) -> Follower | None:
    """A moment by which something must be done: it keeps its time of the clock."""
    if moment is None:
        return None
    was = moment_words(moment, zone)
    if to is None:
        return Follower(name, label, was)
    return Follower(name, label, was, moment_words(by_days(moment, zone, days_between(When.of(activity), to)), zone))


def known(followers: Iterable[Follower | None]) -> list[Follower]:
    return [one for one in followers if one is not None]
