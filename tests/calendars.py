"""Calendars as another program understands them: `vobject` takes the time zones from the file itself."""

import datetime as dt
from typing import Any

import vobject
from dateutil.tz import UTC
from dateutil.tz.tz import _tzicalvtz as OwnRules  # the zones a file brings along


def read_elsewhere(content: bytes) -> Any:
    """The calendar, read with no other zones than it holds: the library would keep those of earlier files."""
    known = vars(vobject.icalendar)["__tzidMap"]
    known.clear()
    vobject.icalendar.registerTzid("UTC", UTC)
    calendar = vobject.readOne(content.decode())
    for entry in entries(calendar):
        start = entry.dtstart.value
        if isinstance(start, dt.datetime) and start.tzinfo is not UTC:
            assert isinstance(start.tzinfo, OwnRules), start.tzinfo
    return calendar


def entries(calendar: Any) -> list[Any]:
    return list(getattr(calendar, "vevent_list", []))


def spans(calendar: Any) -> list[tuple[str, str, str]]:
    """Title, start and end of each entry; instants in UTC."""
    return [
        (
            entry.summary.value,
            _written(entry.dtstart.value),
            _written(entry.dtend.value) if hasattr(entry, "dtend") else "",
        )
        for entry in entries(calendar)
    ]


def _written(moment: dt.date) -> str:
    return moment.astimezone(dt.UTC).isoformat() if isinstance(moment, dt.datetime) else moment.isoformat()
