"""The time zones of a calendar, as RFC 5545 wants them beside the entries: the rules in force while these take place.

A rule written down once for all would be wrong by the next law, and one that ends too early by the entry after it. So each
calendar holds what the database knows of the years from that before its first entry to that after its last, one line of
text for each change of the clocks. The library's own rules give the hour of a change on the clocks that come after it; the
standard has it on those before, by which a strict program would be an hour late in spring.
"""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard

STEP: Final = dt.timedelta(days=7)  # no zone changes its clocks twice within
SECOND: Final = dt.timedelta(seconds=1)
Clocks = tuple[dt.timedelta, bool, str]  # offset from UTC, whether it is summer time, what it is called


def add_zones(calendar: Calendar) -> None:
    """In the order of their names: the library's own order differs from one process to the next."""
    days = [moment for entry in calendar.events for moment in (entry.start, entry.end) if moment]
    if not days:
        return
    first, last = min(day.year for day in days), max(day.year for day in days)
    for place, name in enumerate(sorted(calendar.get_missing_tzids())):
        calendar.subcomponents.insert(place, rules_of(name, max(first - 1, 1900), last + 1))


@lru_cache(maxsize=256)
def rules_of(name: str, first: int, last: int) -> Timezone:
    """What the clocks of a zone do from the first day of one year to the last of another."""
    zone = ZoneInfo(name)
    begin, end = dt.datetime(first, 1, 1, tzinfo=dt.UTC), dt.datetime(last + 1, 1, 1, tzinfo=dt.UTC)
    rules = Timezone()
    rules.add("TZID", name)
    before = _clocks(begin, zone)
    rules.add_component(_observance(begin, before, before))
    for instant in _changes(zone, begin, end):
        after = _clocks(instant, zone)
        rules.add_component(_observance(instant, before, after))
        before = after
    return rules


def _clocks(instant: dt.datetime, zone: ZoneInfo) -> Clocks:
    there = instant.astimezone(zone)
    return there.utcoffset() or dt.timedelta(), bool(there.dst()), there.tzname() or ""


def _changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The first instants of new clocks."""
    here = begin
    while here < end:
        there = min(here + STEP, end)
        if _clocks(here, zone) != _clocks(there, zone):
            early, late = here, there
            while late - early > SECOND:
                middle = early + (late - early) // 2 // SECOND * SECOND
                if _clocks(middle, zone) == _clocks(here, zone):
                    early = middle
                else:
                    late = middle
            yield late
        here = there


def _observance(instant: dt.datetime, before: Clocks, after: Clocks) -> TimezoneStandard | TimezoneDaylight:
    offset, is_summer, name = after
    found = TimezoneDaylight() if is_summer else TimezoneStandard()
    found.DTSTART = (instant + before[0]).replace(tzinfo=None)
    found.TZOFFSETFROM = before[0]
    found.TZOFFSETTO = offset
    found.add("TZNAME", name)
    return found
