"""Tables that people bring: whatever stands in a cell is read as it was written, or refused in words with its row."""

import csv
import io
from collections.abc import Sequence

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from records.tables.delimited import NotCsvError, delimiter_of, rows_of
from records.tables.encodings import ENCODINGS, OF_COUNTRIES, decoded, label, named
from records.tables.workbooks import sheets_of

CELL = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=15)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=5)


def written(table: Sequence[Sequence[str]], delimiter: str, ends: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=csv.QUOTE_ALL).writerows(table)
    return text.getvalue()


def numbered(table: Sequence[Sequence[str]]) -> list[tuple[int, list[str]]]:
    return [(number, list(row)) for number, row in enumerate(table, 1) if any(cell.strip() for cell in row)]


@given(
    TABLE,
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_cell_of_a_text_comes_back_as_it_was(
    table: list[list[str]], delimiter: str, ends: str, encoding: str
) -> None:
    head = ["heading", "other"]
    found = decoded(written([head, *table], delimiter, ends).encode(encoding))
    assert delimiter_of(found.text, lambda cells: len({*cells} & {*head})) == delimiter
    rows = [(row.number, row.cells) for row in rows_of(found.text, delimiter)]
    assert rows == numbered([head, *table])


@settings(max_examples=15)
@given(TABLE)
def test_any_cell_of_a_workbook_comes_back_as_it_was(table: list[list[str]]) -> None:
    plain = [[ILLEGAL_CHARACTERS_RE.sub("", cell).replace("\r", "\n") for cell in row] for row in table]
    book, file = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("One")
    for row in plain:
        sheet.append([f"'{cell}" for cell in row])
    book.save(file)
    [found] = sheets_of(file.getvalue(), most_rows=100, most_columns=10, values=True)
    cells = [(number, [cell.value for cell in row if cell.value is not None]) for number, row in found.rows]
    assert cells == [(number, [f"'{cell}" for cell in row]) for number, row in enumerate(plain, 1)]


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_are_refused_in_words(content: bytes) -> None:
    try:
        found = decoded(content)
    except ValidationError as refused:
        told = refused.messages
        assert told[0].startswith(("In which encoding", "The file is no text"))
    else:
        assert "\x00" not in found.text
        assert found.encoding in ENCODINGS


@pytest.mark.parametrize("encoding", OF_COUNTRIES)
def test_encoding_is_named_for_people_and_found_by_that_name(encoding: str) -> None:
    assert label(encoding).startswith(ENCODINGS[encoding][0])
    assert named(ENCODINGS[encoding][0]) == encoding


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [('a,b\n"one\ntwo",3\n"x,5\n', 3, 4), ('a,b\n\n"x"y,5\n', 3, 3), ("a,b\n" + "x" * 140_000 + ",3\n", 2, 2)],
)
def test_what_is_no_csv_is_told_by_row_and_line(text: str, row: int, line: int) -> None:
    with pytest.raises(NotCsvError) as refused:
        list(rows_of(text))
    assert (refused.value.row, refused.value.line) == (row, line)


@pytest.mark.parametrize("said", ['"', "x", " ", "\r", "\x00"])
def test_sign_between_cells_that_is_none_is_not_believed(said: str) -> None:
    text = f"sep={said}\nname,minutes\n"
    assert delimiter_of(text, lambda cells: len({*cells} & {"name", "minutes"})) == ","


LONG = {
    "gb18030": "白灵,自然保护区的湖泊和森林",
    "cp949": "한라산 생물권 보전지역",
    "cp932": "屋久島の森林と湖",
    "cp1251": "Сихотэ-Алинский заповедник",
}


@pytest.mark.parametrize("encoding", LONG)
def test_large_text_is_judged_by_its_beginning(encoding: str) -> None:
    """In a second, and not in the minute that all letters would take."""
    content = (LONG[encoding] + "\n").encode(encoding) * 60_000
    found = decoded(content)
    assert (found.encoding, found.doubt) == (encoding, "")
