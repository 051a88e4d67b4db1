"""Excel workbooks as rows of cells. What a sheet only looks like, styled rows in which nothing stands, is not there."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED: Final = 200 * 1024 * 1024
LAST_ROW: Final = 1_048_576  # of any sheet


@dataclass
class Sheet:
    """A sheet with its rows: number, and the cells as the workbook holds them."""

    title: str
    rows: list[tuple[int, tuple[Any, ...]]]


def is_workbook(content: bytes) -> bool:
    """Whether a file is one of Excel. ValidationError when it is of an Excel of the last century."""
    if content.startswith(OLD_EXCEL):
        raise ValidationError(
            _(
                "This is an old Excel file (.xls), or one with a password. Open it and save it as .xlsx without a password, or as"
                " CSV."
            )
        )
    return content.startswith(ZIP)


def sheets_of(
    content: bytes, *, most_rows: int, most_columns: int, values: bool, most_unpacked: int = MOST_UNPACKED
) -> list[Sheet]:
    """All sheets; with `values` what Excel has worked out of formulas, as plain values, else cells that tell a formula.
    ValidationError when there are more rows in which something stands, or when the file is damaged."""
    damaged = _("The Excel file cannot be opened. Open it yourself and save it anew, or save it as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > most_unpacked:
                raise ValidationError(damaged)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=values)
        found = [Sheet(one.title, list(_rows(one, most_rows, most_columns))) for one in book.worksheets]
        if not found:  # charts only
            raise ValidationError(damaged)
        return found
    except ValidationError:
        raise
    except Exception as error:  # of zip, XML, dates: a damaged file fails anywhere
        raise ValidationError(damaged) from error


def _rows(sheet: Any, most_rows: int, most_columns: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    found, blank = 0, None
    for number, cells in enumerate(sheet.iter_rows(max_col=most_columns), 1):
        if number > LAST_ROW:
            raise ValueError("a row beyond the last one")
        if cells is blank:  # openpyxl hands out the same row for all that are not in the file
            continue
        if not any(cell.value not in (None, "") for cell in cells):
            blank = cells
            continue
        found += 1
        if found > most_rows:
            raise ValidationError(
                _("The file has more than %(most)d rows. Part it into several.") % {"most": most_rows}
            )
        yield number, cells
