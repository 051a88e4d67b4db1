"""When an occasion takes place, as its page and lists say it."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext as _

from directory.moments import (
    NETWORK_ZONES,
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
from directory.partial_dates import Precision

from .occasions import Occasion, Postponement, Session

TIMED: Final = Precision.MINUTE


def has_time(occasion: Occasion) -> bool:
    """Whether the hour of its start is known."""
    return occasion.start_precision == TIMED


def days(occasion: Occasion) -> str:
    """The days without times, in the zone of the place: 17 to 21 May 2027."""
    return span_words(
        occasion.starts_at, occasion.start_precision, occasion.ends_at, occasion.end_precision, occasion.timezone
    )


def iso(occasion: Occasion) -> str:
    return instant_iso(occasion.starts_at, occasion.timezone, occasion.start_precision)


def on_clocks(occasion: Occasion, zone: str = "") -> Clocks:
    """The time of an occasion in its own zone or another one. Only what is known to the minute moves between zones."""
    if not has_time(occasion):
        return Clocks(days(occasion), "", city(occasion.timezone), iso(occasion))
    zone = zone or occasion.timezone
    start, end = occasion.starts_at, occasion.ends_at
    first = weekday(start, zone)
    if end is None or occasion.end_precision != TIMED:
        last_day = end and weekday(end, occasion.timezone)
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


def start_in_network_zones(occasion: Occasion) -> list[str]:
    """The start on the clocks of the network from west to east: “10:00 Moscow (UTC+3)”."""
    start: dt.datetime = occasion.starts_at
    return [f"{clock(start, zone)} {city(zone)} ({offset(start, zone)})" for zone in NETWORK_ZONES]


def was_on(move: Postponement, zone: str) -> str:
    """The days an occasion was to take place before it was moved."""
    precision = move.was_start_precision
    return span_words(move.was_starts_at, precision, move.was_ends_at, precision if move.was_ends_at else "", zone)


def start_before(move: Postponement, occasion: Occasion) -> str:
    """The start before a move, as far as it was known, on the clocks of the place."""
    zone, precision = occasion.timezone, move.was_start_precision
    words = moment_words(move.was_starts_at, zone, precision)
    return f"{words}, {zone_words(move.was_starts_at, zone)}" if precision == TIMED else words


def session_clock(session: Session, occasion: Occasion) -> str:
    """From when to when, on the clocks of the place; with the day where the occasion lasts several."""
    zone = occasion.timezone
    hours = _("%(first)s to %(last)s") % {"first": clock(session.starts_at, zone), "last": clock(session.ends_at, zone)}
    if occasion.start_day == (occasion.end_day or occasion.start_day):
        return hours
    day = moment_words(session.starts_at, zone, Precision.DAY)
    return _("%(day)s, %(hours)s") % {"day": day, "hours": hours}
