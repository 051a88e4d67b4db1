"""How values are written in cells and read back. A value that cannot be read is refused at its row; nothing is guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.partial_dates import Precision

from .rows import Row

Words = str | Promise
Written = str | int | float
CODES_SHOWN: Final = 40
# What the help says of each kind of cell.
TEXT_FORM: Final = gettext_lazy("Text")
CODE_FORM: Final = gettext_lazy("One of the codes")
YESNO_FORM: Final = gettext_lazy("true or false")
NUMBER_FORM: Final = gettext_lazy("A number with a point, without spaces and signs between the thousands")
YEAR_FORM: Final = gettext_lazy("A year of four digits")
DAY_FORM: Final = gettext_lazy("A day: year-month-day")
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

    def read(self, row: Row, heading: str) -> object:
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

    def read(self, row: Row, heading: str) -> object:
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

    def read(self, row: Row, heading: str) -> object:
        return row.number(heading, places=self.places) if self.places else row.whole(heading)


@dataclass(frozen=True)
class Year(Number):
    form: Words = YEAR_FORM
    example: str = "2016"

    def read(self, row: Row, heading: str) -> object:
        return row.year(heading)


@dataclass(frozen=True)
class Day(Text):
    form: Words = DAY_FORM
    example: str = "2022-10-03"

    def read(self, row: Row, heading: str) -> object:
        known = row.partial(heading)
        if known and known[1] != Precision.DAY:
            row.refuse(heading, _("is no whole date. Write the day too, like 2022-10-03."))
        return known[0] if known else None


@dataclass(frozen=True)
class Codes(Text):
    """Several codes; those that the record holds already may stay. Any text where no codes are known."""

    form: Words = CODES_FORM

    def written(self, value: object, record: models.Model) -> Written:
        return "; ".join(map(str, cast(Sequence[object] | None, value) or ()))

    def read(self, row: Row, heading: str) -> object:
        if not self.values:
            return row.listed(heading)
        held = {one.strip() for one in row.held.get(heading, "").split(";")} - {""}
        return row.choices(heading, [*self.values, *sorted(held - set(self.values))])


@dataclass(frozen=True)
class Years(Codes):
    form: Words = YEARS_FORM
    example: str = "2010; 2015"

    def read(self, row: Row, heading: str) -> object:
        return row.years(heading)


@dataclass(frozen=True)
class Lines(Text):
    form: Words = LINES_FORM

    def written(self, value: object, record: models.Model) -> Written:
        return "\n".join(map(str, cast(Sequence[object] | None, value) or ()))

    def read(self, row: Row, heading: str) -> object:
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

    def read(self, row: Row, heading: str) -> object:
        return [key for key in row.listed(heading) if row.may_name(heading, self.kind, key)]


Cell = Text
