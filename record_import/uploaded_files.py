"""An uploaded file as a table of cells, with all that is wrong with its form. Formulas are refused, never worked out."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.listing.exports import unguarded
from records.tables.delimited import NotCsvError, delimiter_of, rows_of
from records.tables.encodings import decoded, label
from records.tables.workbooks import is_workbook, sheets_of

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 300
FORMULA: Final = "\ue000formula:"  # stands before a formula; the letter is no letter of any text
Line = tuple[int, list[str]]  # its row in the sheet, and its cells


@dataclass
class Uploaded:
    """The rows of a file by number, the first of them the headings. `title` is that of the sheet in a workbook; of a text
    it is known in which encoding it was read, what parts its cells, and which other encoding may be meant."""

    lines: list[Line] = field(default_factory=list)
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    doubt: str = ""


def as_text(value: object) -> str:
    """A cell of a workbook as text: numbers without an exponent, days and moments in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}" + (f":{value:%S}" if value.second else "")
    if isinstance(value, dt.time):  # what a date column makes of 0
        return "1900-01-00"
    return str(value)


def read(content: bytes, *, titles: Collection[str], headings: Collection[str], encoding: str = "") -> Uploaded:
    """The rows of a file. ValidationError, with what to do, when it is none that can be read. `titles` are those that
    sheets of records have, `headings` those of their columns; `encoding` is one that the officer has chosen."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Part it into several."))
    if is_workbook(content):
        return _workbook(content, titles)
    known = set(headings)
    found = decoded(content, given=encoding)
    delimiter = delimiter_of(found.text, lambda cells: len(known & {cell.strip() for cell in cells}))
    return Uploaded(
        list(_csv(found.text, delimiter)), encoding=found.label, delimiter=delimiter, doubt=found.doubt and label(found.doubt)
    )  # fmt: skip


def _csv(text: str, delimiter: str) -> Iterator[Line]:
    try:
        for count, row in enumerate(rows_of(text, delimiter)):
            if count > MOST_ROWS:
                raise ValidationError(
                    _("The file has more than %(most)d rows. Part it into several.") % {"most": MOST_ROWS}
                )
            yield (
                row.number,
                [FORMULA + cell if cell.startswith("=") else unguarded(cell) for cell in row.cells],
            )
    except NotCsvError as error:
        why = _("Row %(row)d is no well-formed CSV (%(why)s): a quotation mark is missing or too many.")
        raise ValidationError(why % {"row": error.row, "why": error.why}) from error


def _workbook(content: bytes, titles: Collection[str]) -> Uploaded:
    sheets = sheets_of(content, most_rows=MOST_ROWS + 1, most_columns=MOST_COLUMNS, values=False)
    sheet = next((one for one in sheets if one.title in titles), sheets[0])
    return Uploaded([(number, _cells(row)) for number, row in sheet.rows], title=sheet.title)


def _cells(row: Iterable[Any]) -> list[str]:
    return [f"{FORMULA}{cell.value}" if cell.data_type == "f" else unguarded(as_text(cell.value)) for cell in row]
