"""Data files as tables. Nothing here stops at the first fault: every problem is written down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from records.tables.delimited import NotCsvError, rows_of

from .damage import damage
from .rows import Problem, Row


@dataclass
class Table:
    """A data file as read: its rows with the line each begins on."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False  # not read to its end: nothing can be said about what it lacks

    def refuse(self, line: int, column: str, why: str) -> None:
        self.broken = True
        self.problems.append(Problem(self.file, line, column, why))


def read_table(directory: Path, file: str, columns: Iterable[str], optional: Iterable[str] = ()) -> Table:
    """Reads one file: UTF-8 with or without byte order mark, any line ends, the columns in any order."""
    table = Table(file)
    if (text := _decoded(directory / file, table)) is None:
        return table
    header: list[str] | None = None
    try:
        for row in rows_of(text):
            if header is not None:
                _take(table, row.line, header, row.cells)
                continue
            header = [cell.strip() for cell in row.cells]
            if not _header_fits(table, header, list(columns), list(optional)):
                return table
    except NotCsvError as error:
        table.refuse(error.line, "", f"is not well-formed CSV ({error.why}): a quotation mark is missing or too many")
    if header is None:
        table.refuse(1, "", "the file is empty")
    return table


def _decoded(path: Path, table: Table) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        table.refuse(1, "", f"the file cannot be read: {error.strerror}")
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        table.refuse(1, "", "the file is UTF-16. Save it as “CSV UTF-8”")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        table.refuse(line, "", f"byte 0x{data[error.start]:02X} is not UTF-8. Save the file as “CSV UTF-8”")
        return None


def _header_fits(table: Table, header: list[str], columns: list[str], optional: list[str]) -> bool:
    if len(header) == 1 and (header[0].count(";") > 1 or "\t" in header[0]):
        table.refuse(1, "", "the columns are separated by semicolons or tabs. Save the file with commas")
        return False
    for column in sorted(set(columns) - set(header)):
        table.refuse(1, column, "the column is missing")
    for column in sorted(set(header) - set(columns) - set(optional)):
        table.refuse(1, column or "(no name)", damage(column) or "the column is not known")
    for column in sorted({column for column in header if header.count(column) > 1}):
        table.refuse(1, column, "the column is there twice")
    return not table.problems


def _take(table: Table, line: int, header: list[str], cells: list[str]) -> None:
    if len(cells) != len(header):
        table.refuse(
            line, "", f"has {len(cells)} cells where the header has {len(header)}: a comma or quotation mark is wrong"
        )
        return
    row = Row(table.file, line, dict(zip(header, cells, strict=True)), table.problems)
    for column, cell in row.cells.items():
        if why := damage(cell):
            row.refuse(column, why)
            row.cells[column] = ""
    table.rows.append(row)
