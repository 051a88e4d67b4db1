"""An uploaded file as a table of cells, with all that is wrong with its form. Formulas are refused, never worked out."""

import datetime as dt
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from records.listing.exports import unguarded

from .csv_text import Line, NotCsvError, decoded, delimiter_of, lines_of

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 300
FORMULA: Final = "\ue000formula:"  # stands before a formula; the letter is no letter of any text


@dataclass
class Uploaded:
    """The lines of a file by number, the first of them the headings. `title` is that of the sheet in a workbook."""

    lines: list[Line] = field(default_factory=list)
    title: str = ""
    encoding: str = ""


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


def read(content: bytes, *, titles: Collection[str], headings: Collection[str]) -> Uploaded:
    """The lines of a file. ValidationError, with what to do, when it is none that can be read. `titles` are those that
    sheets of records have, `headings` those of their columns."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 10 MB. Part it into several."))
    if content[:4] == b"PK\x03\x04":
        return _workbook(content, titles)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise ValidationError(_("This is an old Excel file (.xls). Open it and save it as .xlsx or CSV."))
    text, encoding = decoded(content)
    return Uploaded(list(_csv(text, delimiter_of(text, headings))), encoding=encoding)


def _csv(text: str, delimiter: str) -> Iterator[Line]:
    try:
        for number, (line, cells) in enumerate(lines_of(text, delimiter)):
            _refuse_too_many(number)
            yield line, [FORMULA + cell if cell.startswith("=") else unguarded(cell) for cell in cells]
    except NotCsvError as error:
        why = _("Line %(line)d is no well-formed CSV (%(why)s): a quotation mark is missing or too many.")
        raise ValidationError(why % {"line": error.line, "why": error.why}) from error


def _workbook(content: bytes, titles: Collection[str]) -> Uploaded:
    damaged = _("The Excel file cannot be opened. Open it yourself and save it anew, or save it as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise ValidationError(damaged)
        book = load_workbook(io.BytesIO(content), read_only=True)
        sheet = next((one for one in book.worksheets if one.title in titles), book.worksheets[0])
        sheet.reset_dimensions()
        return Uploaded(list(_lines(sheet.iter_rows(max_col=MOST_COLUMNS))), title=sheet.title)
    except ValidationError:
        raise
    except Exception as error:  # of zip, XML, dates: a damaged file fails anywhere
        raise ValidationError(damaged) from error


def _lines(rows: Iterable[Any]) -> Iterator[Line]:
    for number, row in enumerate(rows):
        _refuse_too_many(number)
        cells = [f"{FORMULA}{cell.value}" if cell.data_type == "f" else unguarded(as_text(cell.value)) for cell in row]
        if any(cell.strip() for cell in cells):
            yield number + 1, cells


def _refuse_too_many(number: int) -> None:
    if number > MOST_ROWS:
        raise ValidationError(_("The file has more than %(most)d rows. Part it into several.") % {"most": MOST_ROWS})
