"""Sheets as files: the records of a list, or an empty template; in a workbook with a second sheet that explains each column."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from records.listing.exports import guarded, unguarded

from .cells import CODES_SHOWN, Written
from .columns import Column
from .differences import held_of
from .fields import Held
from .registry import Records, keys_named
from .rows import settled
from .uploaded_files import as_text

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST: Final = 32_767  # letters that a cell of a workbook holds
WIDTH: Final = 24
HELP: Final = "Help"
UNITS: Final = {
    "_ha": gettext_lazy("hectares"), "_km": gettext_lazy("kilometres"), "tude": gettext_lazy("decimal degrees (WGS 84)"),
    "_share": "%",
}  # fmt: skip


def cells_of(records: Records, found: Sequence[models.Model], held: Mapping[str, Held]) -> Iterator[dict[str, Written]]:
    """The cells of each record by heading, as they are exported and as an import compares them."""
    with override("en"):
        for record in found:
            cells = {one.heading: one.cell.written(held[one.heading][record.pk], record) for one in records.columns}
            yield {heading: settled(cell) if isinstance(cell, str) else cell for heading, cell in cells.items()}


def exported(
    records: Records,
    found: Sequence[models.Model],
    *,
    ending: str,
    counted: Callable[[Iterator[Any]], Iterator[Any]] = iter,
) -> HttpResponseBase:
    """The records as a file, `ending` csv or xlsx. ValidationError when a text is too long for a workbook. `counted` hands on
    the rows, and may count them."""
    held = held_of(records.model, [one.field for one in records.columns], found, keys_named(records))
    rows: Iterator[list[Written]] = (
        [records.key_of(record), *cells.values()]
        for record, cells in zip(found, cells_of(records, found, held), strict=True)
    )
    return (_csv if ending == "csv" else _xlsx)(records, counted(rows), _stem(records))


def template(records: Records, *, ending: str) -> HttpResponseBase:
    """The headings alone; the workbook with its help."""
    return (_csv if ending == "csv" else _xlsx)(records, [], f"{_stem(records)}-template")


def _stem(records: Records) -> str:
    return records.source.replace(" ", "-")


def _csv(records: Records, rows: Iterable[list[Written]], stem: str) -> HttpResponseBase:
    """UTF-8 with a byte order mark, without which Excel reads names in other scripts wrongly."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(records.headings)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else as_text(cell) for cell in row])
    response = HttpResponse(("\ufeff" + text.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
    return response


def _xlsx(records: Records, rows: Iterable[list[Written]], stem: str) -> HttpResponseBase:
    book = Workbook(write_only=True)
    page = book.create_sheet(records.title)
    page.freeze_panes = "B2"
    for number, numeric in enumerate([False, *(column.cell.numeric for column in records.columns)], 1):
        dimension = page.column_dimensions[get_column_letter(number)]
        dimension.width = WIDTH
        if not numeric:
            dimension.number_format = "@"  # text: 2022-10 typed there stays what it is
    page.append(_bold(page, records.headings))
    for row in rows:
        page.append([_text(page, cell) if isinstance(cell, str) else cell for cell in row])
    _add_help(book.create_sheet(HELP), records)
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{stem}.xlsx", content_type=XLSX)


def _text(page: object, text: str) -> Any:
    """Text that stays text, also where it looks like a formula. Without text there is no cell."""
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValidationError(_("A text is longer than a cell of Excel can be. Export CSV instead."))
    cell = WriteOnlyCell(page, value=guarded(text) if unguarded(text) != text else text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _bold(page: object, words: Iterable[str]) -> list[object]:
    cells = [WriteOnlyCell(page, value=word) for word in words]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _add_help(page: Any, records: Records) -> None:
    """One line for each column: what it is, unit, format, allowed values, an example."""
    page.freeze_panes = "B2"
    for letter, width in zip("ABCDEFG", (24, 40, 22, 24, 44, 60, 40), strict=True):
        page.column_dimensions[letter].width = width
    page.append(_bold(page, (_("Column"), _("What it is"), _("In a new record"), _("Unit"), _("Format"), _("Allowed values"), _("Example"))))  # fmt: skip
    for line in help_lines(records):
        cells = [_text(page, text) for text in line]
        for cell in filter(None, cells):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.append(cells)


def help_lines(records: Records) -> Iterator[list[str]]:
    yield [
        records.key, _("By this the record is known; it never changes. A row with a new one makes a new record."), _("needed"), "",
        _("Two capital letters") if records.key == "code" else _("Lower case letters a to z, digits, single hyphens"),
        "", "MN" if records.key == "code" else "address-of-the-record",
    ]  # fmt: skip
    for column in records.columns:
        unit = next((str(unit) for end, unit in UNITS.items() if column.heading.endswith(end)), "")
        what = ". ".join(filter(None, [str(capfirst(str(column.label))), str(column.help).rstrip(".")]))
        asked = (
            _("needed")
            if column.required
            else _("what is usual, if left empty")
            if column.needed
            else _("may be empty")
        )
        yield [column.heading, what, asked, unit, str(column.cell.form), _allowed(column), column.cell.example]
    for name, why in records.left_out.items():
        yield [f"({name})", str(why), _("not in this sheet"), "", "", "", ""]
    yield [
        _("(general)"), _("A column that is not there stays as it is; an empty cell empties the value. Columns may stand in"
                          " any order. Records that are not in the sheet stay as they are: nothing is deleted."),
        "", "", "", "", "",
    ]  # fmt: skip


def _allowed(column: Column) -> str:
    """The codes of a column with what they mean, and those of the parts of rows in one cell."""
    cells = getattr(column.cell, "parts", None) or {"": column.cell}
    lines: list[str] = []
    for name, cell in cells.items():
        codes = [code for code in cell.values if code]
        if len(codes) > CODES_SHOWN:
            continue
        listed = ", ".join(f"{code} ({cell.values[code]})" if cell.values[code] else code for code in codes)
        lines += [f"{name}: {listed}" if name else listed] if listed else []
    return "\n".join(lines)
