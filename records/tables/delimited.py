"""CSV as rows of cells: what parts them, and which row is which.

Rows are counted as a spreadsheet shows them, blank ones and those of several lines too; beside it stands the line of the file
on which a row begins, for who looks at it in an editor.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from django.utils.translation import gettext_lazy

DELIMITERS: Final = ",;\t|"
_LOOKED_AT: Final = 60  # rows in which headings are looked for
_SAID: Final = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # the first line of what Excel exports for another country

_CALLED: Final = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar"),
}

Known = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Row:
    """Cells with their row in the sheet and the line of the file on which it begins."""

    number: int
    line: int
    cells: list[str]


class NotCsvError(Exception):
    """A quotation mark is missing or too many, or a cell is longer than any cell is."""

    def __init__(self, row: int, line: int, why: str) -> None:
        super().__init__(why)
        self.row, self.line, self.why = row, line, why


def called(delimiter: str) -> str:
    """What parts cells, in words."""
    return str(_CALLED.get(delimiter, delimiter))


def rows_of(text: str, delimiter: str = ",") -> Iterator[Row]:
    """The rows in which anything stands, whatever ends the lines. Raises NotCsvError."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, begin = 1, 1
    try:
        for cells in reader:
            row, number, begin = Row(number, begin, cells), number + 1, reader.line_num + 1
            if any(cell.strip() for cell in cells) and not (row.number == 1 and _SAID.fullmatch(delimiter.join(cells))):
                yield row
    except csv.Error as error:
        raise NotCsvError(number, begin, _in_words(error)) from error


def _in_words(error: csv.Error) -> str:
    words = str(error)
    return f"a cell is longer than {csv.field_size_limit():,} letters" if "field limit" in words else words


def delimiter_of(text: str, known: Known) -> str:
    """What parts the cells: by which of the usual signs one of the first rows names most headings that `known` counts."""
    if (said := _SAID.match(text[:6])) and said[1] in DELIMITERS:
        return said[1]
    return max(DELIMITERS, key=lambda one: (_most_known(text, one, known), text[:4000].count(one)))


def _most_known(text: str, delimiter: str, known: Known) -> int:
    most = 0
    with suppress(NotCsvError):
        for row in islice(rows_of(text, delimiter), _LOOKED_AT):
            most = max(most, known(row.cells))
    return most
