"""How moments are written in cells: as the clock on the wall shows them in the zone of the place, and read back."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Protocol, cast
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.partial_dates import Precision
from records.formats.vocabulary import zone_names

from .cells import Text, Words, Written
from .rows import Row

CLOCK: Final = "%Y-%m-%d %H:%M"
CLOCK_FORM: Final = gettext_lazy(
    "Year-month-day hour:minute, on the clocks of the zone; where only the day, month or year is known, its first minute"
)


class _Placed(Protocol):
    """A record that takes place somewhere."""

    timezone: str


@dataclass(frozen=True)
class Clock(Text):
    """A moment as the clock on the wall shows it in the zone that another column names. `known_by` names the column that
    says how much of it is known: of the rest the first minute is meant."""

    form: Words = CLOCK_FORM
    example: str = "2022-10-03 14:30"
    zone: str = "timezone"
    known_by: str = ""

    def written(self, value: object, record: models.Model) -> Written:
        if not value:
            return ""
        zone = ZoneInfo(getattr(record, self.zone) or cast(_Placed, record).timezone)
        there = dt.datetime.fromisoformat(str(value)).astimezone(zone)
        shown = there.strftime(CLOCK if not there.second else f"{CLOCK}:%S")
        return shown + (f"{there:%z}" if there.utcoffset() != there.replace(fold=1 - there.fold).utcoffset() else "")

    def read(self, row: Row, heading: str) -> object:
        value = row.text(heading)
        day, _space, time = value.partition(" ")
        zone = row.effective(self.zone) or row.effective("timezone")
        known = row.as_partial(heading, day) if value else None
        if known is None:
            return None
        if zone not in zone_names():
            if not zone:
                row.refuse(heading, _("needs its time zone. Fill in %(column)s.") % {"column": self.zone})
            row.refused.add(heading)  # a zone that is none is refused in its own column
            return None
        if known[1] != Precision.DAY:
            row.refuse(
                heading, _("is no whole date. Write its first day, like 2022-10-01, and what is known beside it.")
            )
            return None
        try:
            there = dt.datetime.fromisoformat(f"{day} {time or '00:00'}")
        except ValueError:
            row.refuse(heading, _("“%(value)s” is no date and time like 2022-10-03 14:30.") % {"value": value})
            return None
        return self._instant(row, heading, there, ZoneInfo(zone))

    def _instant(self, row: Row, heading: str, there: dt.datetime, zone: ZoneInfo) -> dt.datetime | None:
        if self._is_more_than_known(row, there):
            row.refuse(
                heading,
                _("says more than %(column)s. Write the first minute of what is known.") % {"column": self.known_by},
            )
            return None
        if there.tzinfo:
            return there.astimezone(dt.UTC)
        meant = there.replace(tzinfo=zone)
        midnight = (there.hour, there.minute) == (0, 0)
        if not midnight and meant.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != there:
            row.refuse(
                heading, _("does not exist on the clocks of %(zone)s: they are put forward.") % {"zone": zone.key}
            )
        return meant.astimezone(dt.UTC)

    def _is_more_than_known(self, row: Row, there: dt.datetime) -> bool:
        precision = row.effective(self.known_by) if self.known_by else ""
        parts = {"year": (there.month, there.day), "month": (1, there.day)}.get(precision, (1, 1))
        timed = precision in ("year", "month", "day") and (there.hour or there.minute)
        return bool(timed or parts != (1, 1))
