"""Rows of data files and of sheets, and their checked cells. Nothing here stops at the first fault: every problem is told."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.formats.partial_dates import Precision, parse_partial
from records.formats.vocabulary import zone_names

_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SOURCES: Final = re.compile(r"\s+\|\s+|\s*;\s+")
# What XML cannot carry, so that no sheet can; a record that holds it shows no difference for that.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FIRST_YEAR: Final = 1901  # 1900 is what a spreadsheet makes of an empty cell
LAST_YEAR: Final = 2100


@dataclass(frozen=True, order=True)
class Problem:
    """Why a file is refused: where exactly, and what is wrong there."""

    file: str
    line: int
    column: str
    why: str
    value: str = ""  # what stands there, as an officer is shown it

    def __str__(self) -> str:
        place = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{place}: {self.why}"


def settled(text: str) -> str:
    """A cell's text without what programs change by themselves: line ends, space around, what cannot be printed."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass
class Row:
    """One row of a file. Each reading method gives the value, or an empty one and a problem.

    A sheet's row stands beside its record: `held` are the cells as the record would be written now (empty for a new one);
    `known` the keys of other records, by kind; `allowed` the keys that one column may name, where not all may.
    """

    EMPTY: ClassVar[str | Promise] = "is empty"
    TWICE: ClassVar[str | Promise] = "“%(key)s” is already in line %(line)d"

    file: str
    line: int
    cells: dict[str, str]
    problems: list[Problem]
    refused: set[str] = field(default_factory=set)
    held: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    allowed: Mapping[str, Collection[str]] = field(default_factory=dict)

    def refuse(self, column: str, why: str) -> None:
        """Writes a problem down; a cell that was refused once is not complained about again."""
        if column not in self.refused:
            self.refused.add(column)
            self.problems.append(Problem(self.file, self.line, column, why))

    def has(self, column: str) -> bool:
        """Whether the file has this (optional) column at all; one that is not there says nothing."""
        return column in self.cells

    def text(self, column: str, *, required: bool = False) -> str:
        value = settled(self.cells.get(column, ""))
        if required and not value:
            self.refuse(column, str(self.EMPTY))
        return value

    def effective(self, column: str) -> str:
        """What the record will hold: what the sheet says, or what it holds where the sheet has no such column."""
        return self.text(column) if self.has(column) else self.held.get(column, "")

    def may_name(self, column: str, kind: str, key: str) -> bool:
        """Whether there is such a record, and this column may name it; a problem when not."""
        if key in self.known.get(kind, ()) and (column not in self.allowed or key in self.allowed[column]):
            return True
        if key in self.known.get(kind, ()):
            self.refuse(column, _("“%(key)s” cannot be chosen here. See the sheet “Help”.") % {"key": key})
        else:
            why = _(
                "“%(key)s” is not the key of any of the %(kind)s. Take the key from an export, or add that one first."
            )
            self.refuse(column, why % {"key": key, "kind": kind})
        return False

    def key(self, column: str) -> str:
        """What the record is known by."""
        return self.slug(column) if column == "slug" else self.text(column, required=True)

    def slug(self, column: str) -> str:
        value = self.text(column, required=True)
        if value and not _SLUG.fullmatch(value):
            self.refuse(
                column,
                _("“%(value)s” is not a slug: lower case letters a to z, digits, single hyphens") % {"value": value},
            )
        return value

    def listed(self, column: str) -> list[str]:
        """Entries separated by semicolons, without empty ones and repetitions."""
        parts = (part.strip() for part in self.text(column).split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def sources(self, column: str = "source") -> list[str]:
        """Sources stand apart by a semicolon and a space, or by a bar; an address may hold a bare semicolon.

        A part named once (“more: a ; b”) is named for each of its sources.
        """
        found: list[str] = []
        for part in self.text(column).split(" | "):
            label, sep, rest = part.partition(": ")
            named = f"{label}{sep}" if sep and "/" not in label and ";" not in label else ""
            found += [f"{named}{one.strip()}" for one in _SOURCES.split(rest if named else part) if one.strip()]
        return list(dict.fromkeys(found))

    def choice(self, column: str, known: Collection[str], *, required: bool = True) -> str:
        value = self.text(column, required=required)
        return value if not value or self._is_known(column, value, known) else ""

    def choices(self, column: str, known: Collection[str]) -> list[str]:
        return [value for value in self.listed(column) if self._is_known(column, value, known)]

    def _is_known(self, column: str, value: str, known: Collection[str]) -> bool:
        if value in known:
            return True
        facts = {"value": value, "known": ", ".join(sorted(filter(None, known)))}
        words = (
            _("“%(value)s” is not known here. Known are: %(known)s")
            if len(known) <= 30
            else _("“%(value)s” is not known here")
        )
        self.refuse(column, words % facts)
        return False

    def zones(self, column: str) -> list[str]:
        """IANA names; at least one."""
        self.text(column, required=True)
        listed = self.listed(column)
        for value in listed:
            if value not in zone_names():
                self.refuse(
                    column, _("“%(value)s” is not an IANA time zone name such as Asia/Ulaanbaatar") % {"value": value}
                )
        return [value for value in listed if value in zone_names()]

    def number(self, column: str, *, places: int = 2) -> Decimal | None:
        """A plain decimal number, rounded to what the database keeps."""
        value = self.text(column)
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            self.refuse(
                column,
                _("“%(value)s” is not a number: digits and a point only, no spaces or thousands separators")
                % {"value": value},
            )
            return None
        return round(Decimal(value), places)

    def whole(self, column: str) -> int | None:
        value = self.text(column)
        if not value:
            return None
        if not value.isascii() or not value.isdigit():
            self.refuse(column, _("“%(value)s” is not a whole number: digits only") % {"value": value})
            return None
        return int(value)

    def year(self, column: str) -> int | None:
        value = self.text(column)
        return self._year(column, value) if value else None

    def years(self, column: str) -> list[int]:
        """Years in rising order."""
        found = [year for value in self.listed(column) if (year := self._year(column, value))]
        if found != sorted(found):
            self.refuse(column, _("the years %(years)s do not rise") % {"years": ", ".join(map(str, found))})
        return found

    def _year(self, column: str, value: str) -> int | None:
        if not re.fullmatch(r"[0-9]{4}", value):
            self.refuse(column, _("“%(value)s” is not a year of four digits") % {"value": value})
            return None
        if not FIRST_YEAR <= int(value) <= LAST_YEAR:
            self.refuse(column, _implausible(value))
            return None
        return int(value)

    def partial(self, column: str, *, required: bool = False) -> tuple[dt.date, Precision] | None:
        """A date of which the month or the day may be unknown: 2022, 2022-10 or 2022-10-03."""
        value = self.text(column, required=required)
        return self.as_partial(column, value) if value else None

    def as_partial(self, column: str, value: str) -> tuple[dt.date, Precision] | None:
        if re.match(r"1900\b|1899\b", value):
            self.refuse(column, _implausible(value))
            return None
        if re.fullmatch(r"\d{5}(\.\d+)?", value):
            self.refuse(
                column,
                _("“%(value)s” is the day number of a spreadsheet, not a date like 2022-10-03") % {"value": value},
            )
            return None
        try:
            day, precision = parse_partial(value)
        except ValueError:
            self.refuse(column, _("“%(value)s” is not a date like 2022, 2022-10 or 2022-10-03") % {"value": value})
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.refuse(column, _implausible(value))
            return None
        return day, precision


def _implausible(value: str) -> str:
    if value.startswith(("1900", "1899")):
        return _("“%(value)s” is what a spreadsheet makes of an empty cell or of 0, not a date anybody meant") % {
            "value": value
        }
    return _("“%(value)s” lies outside %(first)d to %(last)d") % {
        "value": value,
        "first": FIRST_YEAR,
        "last": LAST_YEAR,
    }


class SheetRow(Row):
    """One row of an uploaded sheet."""

    EMPTY = gettext_lazy("is empty, and must not be. Fill it in.")
    TWICE = gettext_lazy("“%(key)s” stands in row %(line)d already. Join the two rows, or correct one key.")


R = TypeVar("R", bound=Row)


def by_key(rows: Iterable[R], column: str) -> dict[str, R]:
    """The rows by what their records are known by; a key that comes twice is a problem."""
    found: dict[str, R] = {}
    for row in rows:
        key = row.key(column)
        if key in found:
            row.refuse(column, str(row.TWICE) % {"key": key, "line": found[key].line})
        elif key:
            found[key] = row
    return found
