"""Files of attendance made into rows of cells, whatever program wrote them, and the columns known by their headings.

Zoom: the participants report in the languages of the region, with or without the lines about the meeting above it, and the
report of a webinar with its parts. Tencent Meeting (VooV): the list of members as CSV or Excel. Microsoft Teams: the report
with its parts. Google Meet. Or any sheet with name, e-mail address and minutes. Where a file tells both each coming and going
and sums, each coming is taken. What is read as nobody is told too: nothing of a file goes without a word.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from records.formats.names import fold
from records.tables.delimited import NotCsvError, delimiter_of, rows_of
from records.tables.encodings import decoded
from records.tables.workbooks import is_workbook, sheets_of

from .headings import Columns, columns_of, is_of_meeting, provider_of

MOST_BYTES: Final = 1024 * 1024
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 60
MOST_UNPACKED: Final = 40 * 1024 * 1024
_TITLE: Final = re.compile(r"\d{1,2}\. ?\D")  # 3. In-Meeting Activities
_LONGEST: Final = 80

Table = list[tuple[int, list[str]]]  # rows with their number


@dataclass
class Line:
    """One row under a heading: its number in the file, its cells by column, and the columns as they are headed there."""

    number: int
    cells: dict[str, str]
    columns: Columns
    sheet: str = ""

    @property
    def called(self) -> dict[str, str]:
        return self.columns.called


@dataclass(frozen=True)
class Unread:
    """A row that names nobody: a title, what is told about the meeting, or something else that stands there."""

    row: int
    words: str
    sheet: str = ""


@dataclass
class Lines:
    """The rows of a file, and how it was understood."""

    provider: str
    lines: list[Line] = field(default_factory=list)
    lists: list[Columns] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    encoding: str = ""  # as Python calls it; '' of a workbook
    doubt: str = ""  # another encoding that might be meant
    delimiter: str = ""


def read(content: bytes, name: str, *, encoding: str = "") -> Lines:
    """The rows of a file. ValidationError, with what to do, when it is none that we can read. `encoding` was chosen by an
    officer."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 1 MB. Is it the list of participants?"))
    if is_workbook(content):
        sheets = sheets_of(
            content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS, values=True, most_unpacked=MOST_UNPACKED
        )
        return _together([_lines(_table_of(one.rows), one.title) for one in sheets])
    found = decoded(content, given=encoding, expected=_headings_in)
    delimiter = delimiter_of(found.text, _known)
    lines = _together([_lines(_table(found.text, delimiter), "")])
    lines.encoding, lines.doubt, lines.delimiter = found.encoding, found.doubt, delimiter
    return lines


def _known(cells: Sequence[str]) -> int:
    columns = columns_of(cells)
    return len(columns.places) if columns else 0


def _headings_in(text: str) -> int:
    """How many headings one of the first lines of a text names, whatever parts them."""
    return max((_known(re.split(r"[,;\t|]", line.replace('"', ""))) for line in text.splitlines()[:60]), default=0)


def _table(text: str, delimiter: str) -> Table:
    found: Table = []
    try:
        for row in rows_of(text, delimiter):
            if len(found) >= MOST_ROWS:
                raise ValidationError(_("The file has more than %(most)d rows.") % {"most": MOST_ROWS})
            found.append((row.number, row.cells))
    except NotCsvError as error:
        raise ValidationError(
            _("The file is damaged in row %(row)d: %(why)s. Save it anew as CSV.")
            % {"row": error.row, "why": error.why}
        ) from error
    return found


def _table_of(rows: list[tuple[int, tuple[Any, ...]]]) -> Table:
    return [(number, [_cell(cell.value) for cell in cells]) for number, cells in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.timedelta):  # of days and seconds: a list says hours
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _together(found: list[Lines]) -> Lines:
    """All lists of a file as one. Of somebody of whom each coming is told sums are left out; of sheets without times, which
    may be copies of one another, the first is taken, and the others are told as unread."""
    if not any(one.columns.has_times for part in found for one in part.lines):
        first = next((part for part in found if part.lines), None)
        for part in found:
            if part is not first:
                part.unread += [Unread(one.number, _shown(one.cells.values()), one.sheet) for one in part.lines]
                part.lines = []
    lines = [one for part in found for one in part.lines]
    if not lines:
        raise ValidationError(
            _("No list was found: one of the first rows must name the columns, at least the name and the minutes, or the"
              " name and the times of coming and going. Download the participants report again, or write these headings"
              " over the columns: name, email, minutes.")
        )  # fmt: skip
    told = {_who(one) for one in lines if one.columns.has_times}
    lines = [one for one in lines if one.columns.has_times or _who(one) not in told]
    lists = [one for part in found for one in part.lists if any(line.columns is one for line in lines)]
    return Lines(provider_of(lists), lines, lists, [one for part in found for one in part.unread])


def _who(line: Line) -> str:
    cells = line.cells
    return fold(cells.get("email", "")) or fold("".join(cells.get(one, "") for one in ("name", "given", "family")))


def _shown(cells: Iterable[str]) -> str:
    return " · ".join(cell.strip() for cell in cells if cell.strip())[:_LONGEST]


def _lines(table: Table, sheet: str) -> Lines:
    """Rows under their headings; a file may hold several lists, each with headings of its own."""
    found, columns = Lines(""), None
    heads = [columns_of(cells) for _number, cells in table]
    for place, (number, cells) in enumerate(table):
        tells = columns is not None and _tells_presence(cells, columns)
        if heads[place] and not tells:
            columns = heads[place]
            found.lists.append(columns)  # type: ignore[arg-type]
        elif columns and (tells or not _is_title(cells, heads[place + 1] if place + 1 < len(heads) else None)):
            filled = {column: cells[at].strip() if at < len(cells) else "" for column, at in columns.places.items()}
            found.lines.append(Line(number, filled, columns, sheet))
        else:
            columns = None
            found.unread.append(Unread(number, _shown(cells), sheet))
    return found


def _tells_presence(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a figure stands under times or minutes: then it is a row of somebody, whatever the other cells say."""
    under = [columns.places[one] for one in ("joined", "left", "first", "last", "minutes") if one in columns.places]
    return any(any(letter.isdigit() for letter in cells[place]) for place in under if place < len(cells))


def _is_title(cells: Sequence[str], next_heads: Columns | None) -> bool:
    """Whether a row begins another part of a file: a title above headings, or what heads the lines about a meeting."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    alone = len(filled) == 1 and bool(cells[0].strip())
    return is_of_meeting(cells) or (alone and bool(next_heads or _TITLE.match(filled[0])))
