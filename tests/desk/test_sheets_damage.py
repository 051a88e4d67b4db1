"""What is wrong with a sheet is told at once, each with row, column and what to do; nothing is written."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.styles import Font

from designated_sites.models import SiteName
from events.models import Event
from geoparks.models import Geopark
from history.models import Change
from network.models import Document, Programme
from reserves.models import BiosphereReserve, PeriodicReview
from tests.desk.sheet_files import Table, counts, csv_of, do, export, shown, table_of, told, upload, xlsx_of
from tests.factories import BiosphereReserveFactory, DocumentFactory, EventFactory, GeoparkFactory, ProgrammeFactory

pytestmark = pytest.mark.sweep

HEADINGS = [
    "slug", "name", "status", "designation_year", "member_states", "ecosystem", "latitude", "longitude", "area_ha",
    "extension_years", "website", "joint_reserve", "names", "reviews",
]  # fmt: skip
SOUND = {
    "slug": "new-lake", "name": "New Lake", "status": "designated", "designation_year": "2016", "member_states": "MN",
    "ecosystem": "wetland/lake", "latitude": "50.5", "longitude": "100.25", "area_ha": "556000000",
}  # fmt: skip


@pytest.fixture(autouse=True)
def reserve(db: None) -> BiosphereReserve:
    return BiosphereReserveFactory(slug="old-lake", name="Old Lake", latitude="45.5", longitude="100.5")


def sheet(*rows: dict[str, str], headings: list[str] = HEADINGS) -> Table:
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]


CELLS: dict[str, tuple[str, str, str]] = {
    "utf-8 as latin-1": ("name", "CafÃ© Lake", "another encoding"),
    "utf-8 as gbk": ("name", "闀跨櫧灞变繚鎶ゅ尯", "another encoding"),
    "replacement character": ("name", "Lake \ufffd", "wrong encoding"),
    "number rounded by a spreadsheet": ("area_ha", "5.56E+08", "its digits are lost"),
    "error of a spreadsheet": ("area_ha", "#REF!", "error message of a spreadsheet"),
    "thousands separated": ("area_ha", "1 234", "is not a number"),
    "comma for a point": ("area_ha", "12,5", "is not a number"),
    "negative area": ("area_ha", "-3", "greater than or equal"),
    "year of an empty cell": ("designation_year", "1900", "empty cell"),
    "year before the programme": ("designation_year", "1950", "greater than or equal"),
    "year of two digits": ("designation_year", "16", "four digits"),
    "unknown code": ("ecosystem", "jungle", "not known here"),
    "unknown state": ("member_states", "ZZ", "not the key of any"),
    "unknown record": ("joint_reserve", "atlantis", "not the key of any"),
    "record that is not offered": ("joint_reserve", "old-lake", "cannot be chosen here"),
    "formula": ("name", "=1+1", "formula"),
    "longer than the column": ("name", "x" * 121, "at most 120"),
    "no address": ("website", "www example", "valid URL"),
    "required left blank": ("name", "", "must not be"),
    "no slug": ("slug", "New Lake!", "is not a slug"),
    "extended before designated": ("extension_years", "2001", "before the designation"),
    "designated without a year": ("designation_year", "", "Fill in the year"),
    "half a point": ("longitude", "", "other of the two"),
    "unknown kind of name": ("names", "name: 新湖 | kind: nickname", "not known here"),
    "part without a name": ("names", "新湖", "no part that is known"),
    "the same name twice": ("names", "name: 新湖\nname: 新湖", "twice"),
    "serial number of a day": ("reviews", "year: 2026 | received_on: 44837", "day number of a spreadsheet"),
    "day of 1900": ("reviews", "year: 2026 | received_on: 1900-01-00", "empty cell"),
    "half a day": ("reviews", "year: 2026 | received_on: 2026-10", "no whole date"),
    "review without a year": ("reviews", "outcome: meets", "must not be"),
    "due date without a reason": ("reviews", "year: 2026 | due_override: 2027-01-01", "Say why the due date"),
}


@pytest.mark.parametrize("case", CELLS)
def test_damaged_cell_is_refused_with_row_and_column(officer_client: Client, case: str) -> None:
    column, cell, why = CELLS[case]
    found = shown(officer_client, BiosphereReserve, csv_of(sheet({**SOUND, "slug": "sound"}, {**SOUND, column: cell})))
    [(line, where, value, words)] = found["problems"]
    # What the database refuses is told by the record.
    assert (line, where) == (3, "slug" if case == "due date without a reason" else column)
    assert why in words
    assert value == (SOUND["slug"] if case == "due date without a reason" else cell[:80])


def test_swapped_coordinates_are_found(officer_client: Client) -> None:
    swapped = {**SOUND, "latitude": "100.25", "longitude": "50.5"}
    old = {"slug": "old-lake", "latitude": "100.5", "longitude": "45.5"}
    for row in (swapped, old):
        headings = [heading for heading in HEADINGS if heading in row]
        found = shown(officer_client, BiosphereReserve, csv_of(sheet(row, headings=headings)))
        [(line, where, _value, words)] = found["problems"]
        assert (line, where) == (2, "latitude")
        assert "swapped" in words


def test_all_problems_are_told_at_once_also_those_of_the_database(officer_client: Client) -> None:
    rows = [
        {**SOUND, "slug": "one", "ecosystem": "jungle", "area_ha": "5.56E+08"},
        {**SOUND, "slug": "two", "reviews": "year: 2026 | due_override: 2027-01-01"},
        {**SOUND, "slug": "two"},
        {**SOUND, "slug": "three", "area_ha": "0"},
    ]
    found = shown(officer_client, BiosphereReserve, csv_of(sheet(*rows)))
    assert [(line, column) for line, column, _value, _why in found["problems"]] == [
        (2, "area_ha"), (2, "ecosystem"), (3, "slug"), (4, "slug"), (5, "area_ha"),
    ]  # fmt: skip
    before = Change.objects.count()
    assert "Nothing was imported" in told(do(officer_client, BiosphereReserve, seen="x"))[0]
    assert (Change.objects.count(), BiosphereReserve.objects.count()) == (before, 1)


def test_row_of_an_existing_record_keeps_what_is_needed(officer_client: Client) -> None:
    found = shown(officer_client, BiosphereReserve, csv_of([["slug", "name", "ecosystem"], ["old-lake", "", ""]]))
    assert [(line, column) for line, column, *_rest in found["problems"]] == [(2, "name"), (2, "ecosystem")]


def test_new_record_needs_its_columns(officer_client: Client) -> None:
    found = shown(officer_client, BiosphereReserve, csv_of([["slug", "area_ha"], ["new-lake", "5"]]))
    assert {column for _line, column, *_rest in found["problems"]} >= {"name", "member_states", "ecosystem"}


FORMS: dict[str, tuple[Any, tuple[int, str, str]]] = {
    "unknown column": ([["slug", "colour"], ["old-lake", "red"]], (1, "colour", "no column that is known")),
    "column twice": ([["slug", "name", "name"], ["old-lake", "A", "B"]], (1, "name", "two columns")),
    "no key": ([["name"], ["Old Lake"]], (1, "slug", "is missing")),
    "too many cells": ([["slug", "name"], ["old-lake", "A", "B"]], (2, "", "more cells")),
    "sheet of geoparks": ([["slug", "geological_theme_en"], ["old-lake", "Karst"]], (1, "", "sheet of geoparks")),
}


@pytest.mark.parametrize("case", FORMS)
def test_wrong_sheet_is_refused_as_a_whole(officer_client: Client, case: str) -> None:
    table, (line, column, words) = FORMS[case]
    [problem] = shown(officer_client, BiosphereReserve, csv_of(table))["problems"]
    assert (problem[0], problem[1]) == (line, column)
    assert words in problem[3]


def test_exported_workbook_of_others_is_known_by_its_name(officer_client: Client) -> None:
    GeoparkFactory()
    [problem] = shown(officer_client, BiosphereReserve, export(officer_client, Geopark, "xlsx"))["problems"]
    assert "sheet of geoparks" in problem[3]


FILES = {
    "empty": b"",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "damaged workbook": b"PK\x03\x04 and nothing more",
    "cell longer than any cell": b"slug,name\nold-lake," + b"x" * 140_000,
    "first cell longer than any cell": b"x" * 140_000 + b",name\nold-lake,A",
    "latin-1": csv_of([["slug", "name"], ["old-lake", "Caf\xe9 Lake"]], encoding="latin-1"),
    "quotation mark missing": b'slug,name\nold-lake,"A\n',
}


@pytest.mark.parametrize("case", FILES)
def test_file_that_cannot_be_read_says_so_at_the_field(officer_client: Client, case: str) -> None:
    response = upload(officer_client, BiosphereReserve, FILES[case])
    assert list(response.context["form"].errors) == ["file"]
    assert "Error:" in response.content.decode()


CHINESE = [["slug", "names"], ["old-lake", "name: 长白山自然保护区 | kind: local | language: zh-Hans"]]
KINDS = {
    "utf-8": csv_of(CHINESE),
    "byte order mark": b"\xef\xbb\xbf" + csv_of(CHINESE),
    "utf-16": csv_of(CHINESE, encoding="utf-16"),
    "gb18030": csv_of(CHINESE, encoding="gb18030"),
    "semicolons": csv_of(CHINESE, delimiter=";"),
    "tabs": csv_of(CHINESE, delimiter="\t"),
    "workbook": xlsx_of(CHINESE),
}


@pytest.mark.parametrize("case", KINDS)
def test_file_of_any_plain_kind_is_read(officer_client: Client, case: str) -> None:
    shown(officer_client, BiosphereReserve, KINDS[case])
    do(officer_client, BiosphereReserve)
    assert [(one.name, one.kind, one.language) for one in SiteName.objects.all()] == [
        ("长白山自然保护区", "local", "zh-Hans")
    ]


ENCODED = {
    "cp949": "한라산 생물권 보전지역",
    "cp932": "屋久島の森",
    "cp1251": "Сихотэ-Алинский заповедник",
    "big5": "長白山自然保護區",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_encoding_of_a_country_is_recognised_and_shown_before_anything_is_kept(
    officer_client: Client, encoding: str
) -> None:
    table = [["slug", "names"], ["old-lake", f"name: {ENCODED[encoding]} | kind: local"]]
    page = upload(officer_client, BiosphereReserve, csv_of(table, encoding=encoding)).content.decode()
    called = {"cp949": "CP949", "cp932": "SHIFT_JIS", "cp1251": "WINDOWS-1251", "big5": "BIG5"}[encoding]
    assert f"(read as {called}, cells parted by: comma)" in page
    assert ENCODED[encoding] in page
    do(officer_client, BiosphereReserve)
    assert SiteName.objects.get().name == ENCODED[encoding]


def test_encoding_can_be_chosen_and_holds_until_the_import(officer_client: Client) -> None:
    content = csv_of([["slug", "name"], ["old-lake", "Café"]], encoding="cp1252")
    page = reverse("admin:sheet_import", args=["reserves.biospherereserve"])
    officer_client.post(page, {"file": SimpleUploadedFile("sheet.csv", content), "encoding": "cp1252"})
    do(officer_client, BiosphereReserve)
    assert BiosphereReserve.objects.get().name == "Café"


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
def test_problem_names_the_row_of_the_sheet_and_the_record(officer_client: Client, ends: str) -> None:
    """A cell of several lines is one row of a sheet, and so is a blank one."""
    lines = ["slug,summary_en,area_ha", f'old-lake,"One{ends}two{ends}three",5', "", "new-lake,,5.56E+08", ",,7"]
    content = (ends.join(lines) + ends).encode()
    found = shown(officer_client, BiosphereReserve, content)
    assert [(line, column) for line, column, *_rest in found["problems"] if column in ("area_ha", "slug")] == [
        (4, "area_ha"), (5, "slug"),
    ]  # fmt: skip
    assert found["keys"] == {"4": "new-lake"}
    page = upload(officer_client, BiosphereReserve, content).content.decode()
    assert '<th scope="row" class="num">4</th><td>new-lake</td><td>area_ha</td>' in page


def test_rows_that_are_only_styled_do_not_count(officer_client: Client) -> None:
    book, file = load_workbook(io.BytesIO(xlsx_of([["slug", "name"], ["old-lake", "A"]]))), io.BytesIO()
    book.worksheets[0].cell(30_000, 1).font = Font(bold=True)
    book.worksheets[0].cell(30_001, 1, "no such lake")
    book.save(file)
    found = shown(officer_client, BiosphereReserve, file.getvalue())
    assert {line for line, *_rest in found["problems"]} == {30_001}


def test_formula_in_a_workbook_is_refused_and_text_like_one_is_not(officer_client: Client) -> None:
    table = [["slug", "name"], ["old-lake", "=1+1"]]
    [problem] = shown(officer_client, BiosphereReserve, xlsx_of(table))["problems"]
    assert problem[:2] == [2, "name"]
    assert problem[2] == "=1+1"


NASTY = [
    "=1+1",
    "+49 30",
    "-3 m",
    "@home",
    "'=quoted",
    "''=twice",
    "＝full width",
    "a | b \\ c",
    "line\nbreak",
    "'plain",
]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_looks_like_a_formula_comes_back_unharmed(officer_client: Client, ending: str) -> None:
    for number, text in enumerate(NASTY):
        BiosphereReserveFactory(
            slug=f"nasty-{number}", name=text, summary=f"{text}\n{text}", sources=[text.replace("\n", " ")]
        )
        PeriodicReview.objects.create(site=BiosphereReserve.objects.get(slug=f"nasty-{number}"), year=2026, note=text)
    content = export(officer_client, BiosphereReserve, ending)
    assert counts(shown(officer_client, BiosphereReserve, content)) == (0, 0, len(NASTY) + 1, 0)
    if ending == "csv":
        cells = [cell for row in table_of(content) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))]
        # The same lines as new records: every part is read back as it was.
        BiosphereReserve.objects.filter(slug__startswith="nasty").delete()
        assert counts(shown(officer_client, BiosphereReserve, content)) == (len(NASTY), 0, 1, 0)
        do(officer_client, BiosphereReserve)
        notes = PeriodicReview.objects.order_by("site__slug").values_list("note", flat=True)
        assert list(notes) == NASTY
        assert table_of(export(officer_client, BiosphereReserve, "csv")) == table_of(content)


def test_excel_s_own_cells_are_understood(officer_client: Client) -> None:
    """Numbers as numbers, days as days, truth as truth; what Excel makes of an empty day is found."""
    EventFactory(slug="meeting", title="Meeting", starts_at=dt.datetime(2030, 9, 30, 16, tzinfo=dt.UTC), ends_at=None)
    headings = ["slug", "participants", "starts_at", "published"]
    found = shown(officer_client, Event, xlsx_of([headings, ["meeting", 60.0, dt.datetime(2030, 10, 2), False]]))
    assert found["changed"][0]["changes"] == [
        ["starts_at", "2030-10-01 00:00", "2030-10-02"], ["participants", "", "60"], ["published", "true", "false"],
    ]  # fmt: skip
    [problem] = shown(officer_client, Event, xlsx_of([headings, ["meeting", 60, dt.time(0, 0), False]]))["problems"]
    assert problem[:3] == [2, "starts_at", "1900-01-00"]


def test_circle_of_programmes_is_refused(officer_client: Client) -> None:
    above = ProgrammeFactory(slug="above")
    ProgrammeFactory(slug="below", parent=above)
    found = shown(officer_client, Programme, csv_of([["slug", "parent"], ["above", "below"]]))
    assert [(line, column) for line, column, *_rest in found["problems"]] == [(2, "parent")]


def test_documents_are_known_by_their_slug_alone(officer_client: Client) -> None:
    DocumentFactory(slug="report", title="Report")
    found = shown(officer_client, Document, csv_of([["slug", "title_en", "kind"], ["report-2", "Report", "report"]]))
    assert counts(found) == (1, 0, 0, 0)
