"""When an activity takes place, as its page and lists say it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from records.formats.date_formatting import (
    CAPITALS,
    OTHER_ZONES,
    Clocks,
    city,
    clock,
    instant_iso,
    moment_words,
    offset,
    span_words,
    weekday,
    zone_words,
)
from records.formats.partial_dates import Precision

from .activity import Activity
from .parts import Postponement, Session

TIMED: Final = Precision.MINUTE


def has_time(activity: Activity) -> bool:
    """Whether the hour of its start is known."""
    return activity.start_precision == TIMED


def days(activity: Activity) -> str:
    """The days without times, in the zone of the place: 17 to 21 May 2027."""
    return span_words(
        activity.starts_at, activity.start_precision, activity.ends_at, activity.end_precision, activity.timezone
    )


def iso(activity: Activity) -> str:
    return instant_iso(activity.starts_at, activity.timezone, activity.start_precision)


def on_clocks(activity: Activity, zone: str = "") -> Clocks:
    """The time of an activity in its own zone or another one. Only what is known to the minute moves between zones."""
    if not has_time(activity):
        return Clocks(days(activity), "", city(activity.timezone), iso(activity))
    zone = zone or activity.timezone
    start, end = activity.starts_at, activity.ends_at
    first = weekday(start, zone)
    if end is None or activity.end_precision != TIMED:
        last_day = end and weekday(end, activity.timezone)
        both = (
            _("%(first)s to %(last)s") % {"first": first, "last": last_day} if last_day and last_day != first else first
        )
        return Clocks(both, clock(start, zone), zone_words(start, zone), instant_iso(start, zone))
    last = weekday(end, zone)
    if last == first:
        hours = _("%(first)s to %(last)s") % {"first": clock(start, zone), "last": clock(end, zone)}
        return Clocks(first, hours, zone_words(start, zone), instant_iso(start, zone))
    phrase = _("%(first)s, %(start)s, to %(last)s, %(end)s") % {
        "first": first, "start": clock(start, zone), "last": last, "end": clock(end, zone),
    }  # fmt: skip
    return Clocks(phrase, "", zone_words(start, zone), instant_iso(start, zone))


@dataclass(frozen=True)
class StartThere:
    """The start on the clocks of another place; the day only where it is not that of the place itself."""

    clock: str
    day: str
    city: str
    zone: str


def start_in_capitals(activity: Activity) -> list[StartThere]:
    """In the capitals of the seven member states, from west to east."""
    return [_start_there(activity, zone, str(capital)) for zone, capital in CAPITALS.items()]


def start_in_other_zones(activity: Activity) -> list[StartThere]:
    """In the further zones of the network."""
    return [_start_there(activity, zone, city(zone)) for zone in OTHER_ZONES]


def _start_there(activity: Activity, zone: str, name: str) -> StartThere:
    start: dt.datetime = activity.starts_at
    there = weekday(start, zone)
    day = there if there != weekday(start, activity.timezone) else ""
    return StartThere(clock(start, zone), day, name, f"{zone}, {offset(start, zone)}")


def was_on(move: Postponement, activity: Activity) -> str:
    """When an activity was to take place before it was moved: days, and a start known to the minute with its clock."""
    zone, precision = activity.timezone, move.was_start_precision
    if precision == TIMED:
        return start_before(move, activity)
    return span_words(move.was_starts_at, precision, move.was_ends_at, precision if move.was_ends_at else "", zone)


def start_before(move: Postponement, activity: Activity) -> str:
    """The start before a move, as far as it was known, on the clocks of the place."""
    zone, precision = activity.timezone, move.was_start_precision
    words = moment_words(move.was_starts_at, zone, precision)
    return f"{words}, {zone_words(move.was_starts_at, zone)}" if precision == TIMED else words


def session_clock(session: Session, activity: Activity) -> str:
    """From when to when, on the clocks of the place; with the day where the activity lasts several."""
    zone = activity.timezone
    hours = _("%(first)s to %(last)s") % {"first": clock(session.starts_at, zone), "last": clock(session.ends_at, zone)}
    if activity.start_day == (activity.end_day or activity.start_day):
        return hours
    day = moment_words(session.starts_at, zone, Precision.DAY)
    return _("%(day)s, %(hours)s") % {"day": day, "hours": hours}
