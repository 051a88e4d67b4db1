"""Rows that belong to a record, in one cell: a line each, its parts named and separated by bars.

    name: 长白山 | kind: local | language: zh-Hans

A bar, a backslash or a line end within a part has a backslash before it (the line end is written n).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import Cell, Text, Words, Written
from .rows import Row, SheetRow

_BAR: Final = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPED: Final = re.compile(r"\\(.)")
NESTED_FORM: Final = gettext_lazy("One per line, its parts named and separated by bars")


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\r\n", "\n").replace("\n", "\\n")


def plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def parts_of(line: str) -> list[str]:
    """The parts between bars, still escaped."""
    return [part.strip() for part in _BAR.sub("\\1\x00", line).split("\x00")]


@dataclass(frozen=True)
class Nested(Text):
    """`parts` are the cells of the columns of such a row, in their order; `needed` those that cannot be empty."""

    parts: Mapping[str, Cell] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    start: Mapping[str, object] = field(default_factory=dict)
    form: Words = NESTED_FORM

    def written(self, value: object, record: models.Model) -> Written:
        return "\n".join(self._line(row, record) for row in cast(Sequence[list[object]] | None, value) or ())

    def _line(self, row: list[object], record: models.Model) -> str:
        named = (
            (name, str(cell.written(one, record))) for (name, cell), one in zip(self.parts.items(), row, strict=True)
        )
        return " | ".join(f"{name}: {escaped(text)}" for name, text in named if text)

    def read(self, row: Row, heading: str) -> object:
        lines = [line.strip() for line in row.text(heading).split("\n") if line.strip()]
        found = [self._read_line(row, heading, line) for line in lines]
        twice = next((line for number, line in enumerate(lines) if found[number] in found[:number]), None)
        if twice:
            row.refuse(heading, _("has “%(line)s” twice. Remove one.") % {"line": twice[:80]})
        return [one for one in found if one is not None]

    def _read_line(self, row: Row, heading: str, line: str) -> list[object] | None:
        cells: dict[str, str] = {}
        for part in parts_of(line):
            name, colon, text = part.partition(":")
            if not colon or name.strip() not in self.parts or name.strip() in cells:
                why = _("“%(part)s” is no part that is known here. Write one per line, like: %(example)s")
                row.refuse(heading, why % {"part": part[:60], "example": self.example})
                return None
            cells[name.strip()] = plain(text.strip())
        within = SheetRow(row.file, row.line, cells, [], held=row.held, known=row.known)
        values = [
            cell.read(within, name)
            if within.text(name)
            else self.start.get(name, cell.read(SheetRow("", 0, {}, []), name))
            for name, cell in self.parts.items()
        ]
        for name in self.needed:
            within.text(name, required=True)
        if within.problems:
            first = within.problems[0]
            row.refuse(heading, f"{line[:80]}: {first.column} {first.why}")
            return None
        return values
