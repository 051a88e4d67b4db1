"""How values are written in cells and read back. A value that cannot be read is refused at its row; nothing is guessed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.partial_dates import Precision
from records.formats.vocabulary import zone_names

from .rows import Row

Words = str | Promise
Written = str | int | float
CLOCK: Final = "%Y-%m-%d %H:%M"
CODES_SHOWN: Final = 40
# What the help says of each kind of cell.
TEXT_FORM: Final = gettext_lazy("Text")
CODE_FORM: Final = gettext_lazy("One of the codes")
YESNO_FORM: Final = gettext_lazy("true or false")
NUMBER_FORM: Final = gettext_lazy("A number with a point, without spaces and signs between the thousands")
YEAR_FORM: Final = gettext_lazy("A year of four digits")
DAY_FORM: Final = gettext_lazy("A day: year-month-day")
CLOCK_FORM: Final = gettext_lazy(
    "Year-month-day hour:minute, on the clocks of the zone; where only the day, month or year is known, its first minute"
)
CODES_FORM: Final = gettext_lazy("Codes, separated by semicolons")
YEARS_FORM: Final = gettext_lazy("Years in rising order, separated by semicolons")
LINES_FORM: Final = gettext_lazy("One entry per line")
ONE_FORM: Final = gettext_lazy("The key (address) of one record")
MANY_FORM: Final = gettext_lazy("The keys (addresses) of records, separated by semicolons")


@dataclass(frozen=True)
class Text:
    """Text as it stands."""

    form: Words = TEXT_FORM
    example: str = ""
    numeric = False
    values: Mapping[str, Words] = field(default_factory=dict)

    def written(self, value: object, record: models.Model) -> Written:
        """The canonical value (`record_import.fields`) as a cell."""
        return "" if value is None else str(value)

    def read(self, row: Row, heading: str) -> Any:
        """The value of a cell, or nothing and a problem."""
        return row.text(heading)


@dataclass(frozen=True)
class Code(Text):
    """One of a few codes."""

    form: Words = CODE_FORM

    def read(self, row: Row, heading: str) -> str:
        return row.choice(heading, self.values, required=False)


@dataclass(frozen=True)
class YesNo(Text):
    form: Words = YESNO_FORM
    example: str = "true"

    def written(self, value: object, record: models.Model) -> Written:
        return "true" if value else "false"

    def read(self, row: Row, heading: str) -> Any:
        value = row.text(heading).lower()
        if value in ("true", "false"):
            return value == "true"
        row.refuse(heading, _("must be true or false."))
        return None


@dataclass(frozen=True)
class Number(Text):
    form: Words = NUMBER_FORM
    example: str = "1234.5"
    numeric = True
    places: int = 0

    def written(self, value: object, record: models.Model) -> Written:
        if value is None or value == "":
            return ""
        number = Decimal(str(value))
        return int(number) if number == int(number) else float(number)

    def read(self, row: Row, heading: str) -> Any:
        return row.number(heading, places=self.places) if self.places else row.whole(heading)


@dataclass(frozen=True)
class Year(Number):
    form: Words = YEAR_FORM
    example: str = "2016"

    def read(self, row: Row, heading: str) -> Any:
        return row.year(heading)


@dataclass(frozen=True)
class Day(Text):
    form: Words = DAY_FORM
    example: str = "2022-10-03"

    def read(self, row: Row, heading: str) -> Any:
        known = row.partial(heading)
        if known and known[1] != Precision.DAY:
            row.refuse(heading, _("is no whole date. Write the day too, like 2022-10-03."))
        return known[0] if known else None


@dataclass(frozen=True)
class Clock(Text):
    """A moment as the clock on the wall shows it in the zone that another column names. `known_by` names the column that
    says how much of it is known: of the rest the first minute is meant."""

    form: Words = CLOCK_FORM
    example: str = "2022-10-03 14:30"
    zone: str = "timezone"
    known_by: str = ""

    def written(self, value: Any, record: Any) -> Written:
        if not value:
            return ""
        zone = ZoneInfo(getattr(record, self.zone) or record.timezone)
        there = dt.datetime.fromisoformat(value).astimezone(zone)
        shown = there.strftime(CLOCK if not there.second else f"{CLOCK}:%S")
        return shown + (f"{there:%z}" if there.utcoffset() != there.replace(fold=1 - there.fold).utcoffset() else "")

    def read(self, row: Row, heading: str) -> Any:
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


@dataclass(frozen=True)
class Codes(Text):
    """Several codes; those that the record holds already may stay. Any text where no codes are known."""

    form: Words = CODES_FORM

    def written(self, value: Any, record: models.Model) -> Written:
        return "; ".join(map(str, value or ()))

    def read(self, row: Row, heading: str) -> Any:
        if not self.values:
            return row.listed(heading)
        held = {one.strip() for one in row.held.get(heading, "").split(";")} - {""}
        return row.choices(heading, [*self.values, *sorted(held - set(self.values))])


@dataclass(frozen=True)
class Years(Codes):
    form: Words = YEARS_FORM
    example: str = "2010; 2015"

    def read(self, row: Row, heading: str) -> Any:
        return row.years(heading)


@dataclass(frozen=True)
class Lines(Text):
    form: Words = LINES_FORM

    def written(self, value: Any, record: models.Model) -> Written:
        return "\n".join(map(str, value or ()))

    def read(self, row: Row, heading: str) -> Any:
        return [line.strip() for line in row.text(heading).split("\n") if line.strip()]


@dataclass(frozen=True)
class One(Text):
    """The key of another record."""

    kind: str = ""
    form: Words = ONE_FORM

    def read(self, row: Row, heading: str) -> str:
        key = row.text(heading)
        return key if key and row.may_name(heading, self.kind, key) else ""


@dataclass(frozen=True)
class Many(Codes):
    """The keys of other records."""

    kind: str = ""
    form: Words = MANY_FORM

    def read(self, row: Row, heading: str) -> Any:
        return [key for key in row.listed(heading) if row.may_name(heading, self.kind, key)]


Cell = Text
