"""Downloads as the programs that open them read them."""

import csv
import json
from contextlib import closing
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.db import OperationalError
from django.http import HttpResponseBase
from openpyxl import load_workbook

from records.listing.exports import (
    Download,
    Feature,
    csv_response,
    geojson_response,
    kml_response,
    plain_number,
    xlsx_response,
)

pytestmark = pytest.mark.django_db  # a response that is closed ends a request, and that asks the connection
COLUMNS = ("name", "names", "year", "area")
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"]


def download(*features: Feature) -> Download:
    return Download("things", "Things & more", COLUMNS, iter(features))


def feature(name: str, names: list[str] | None = None, point: tuple[float, float] | None = None) -> Feature:
    values = {"name": name, "names": names or [], "year": 1997, "area": 1133.4}
    return Feature(id=f"thing:{name}", name=name, values=values, point=point)


def body(response: HttpResponseBase) -> bytes:
    with closing(response):
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_csv_is_utf8_with_mark_and_keeps_every_script() -> None:
    content = body(csv_response(download(feature("Hövsgöl", ["Хөвсгөл", "库苏古尔"]))))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [list(COLUMNS), ["Hövsgöl", "Хөвсгөл; 库苏古尔", "1997", "1133.4"]]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_turns_formulas_into_text(text: str) -> None:
    rows = list(csv.reader(StringIO(body(csv_response(download(feature(text)))).decode("utf-8-sig"), newline="")))
    assert rows[1][0] == f"'{text}"


def test_csv_keeps_negative_numbers_as_numbers() -> None:
    values = {"name": "x", "names": [], "year": None, "area": -170.5}
    content = body(csv_response(download(Feature("x", "x", values)))).decode("utf-8-sig")
    assert content == "name,names,year,area\r\nx,,,-170.5\r\n"


@pytest.mark.parametrize("text", [*DANGEROUS, "plain", "綾"])
def test_xlsx_keeps_text_as_text_and_numbers_as_numbers(text: str) -> None:
    response = xlsx_response(download(feature(text, ["=a", "b"])))
    sheet = load_workbook(BytesIO(body(response))).worksheets[0]
    head, row = sheet.iter_rows()
    assert [cell.value for cell in head] == list(COLUMNS)
    assert [(cell.value, cell.data_type) for cell in row] == [
        (text.replace("\r", "\n") if text == "\rx" else text, "s"),
        ("=a; b", "s"),
        (1997, "n"),
        (1133.4, "n"),
    ]


def test_xlsx_leaves_out_characters_that_excel_refuses() -> None:
    sheet = load_workbook(BytesIO(body(xlsx_response(download(feature("a\x00\x0b\x1fb")))))).worksheets[0]
    assert sheet["A2"].value == "ab"


def test_geojson_has_longitude_first_and_null_where_no_point_is_known() -> None:
    content = json.loads(body(geojson_response(download(feature("a", point=(126.55, 33.38)), feature("b")))))
    assert content["type"] == "FeatureCollection"
    assert [entry["geometry"] for entry in content["features"]] == [
        {"type": "Point", "coordinates": [126.55, 33.38]},
        None,
    ]
    assert content["features"][0]["properties"] == {"name": "a", "names": [], "year": 1997, "area": 1133.4}


def test_geojson_of_nothing_is_an_empty_collection() -> None:
    content = json.loads(body(geojson_response(download())))
    assert content == {"type": "FeatureCollection", "name": "Things & more", "features": []}


def test_kml_escapes_and_leaves_out_what_is_not_known() -> None:
    odd = feature("<a> & \x0bb", ["x"], point=(126.55, 33.38))
    tree = ElementTree.fromstring(body(kml_response(download(odd, feature("b")))))
    space = {"k": "http://www.opengis.net/kml/2.2"}
    assert [name.text for name in tree.iterfind(".//k:Placemark/k:name", space)] == ["<a> & b", "b"]
    assert [point.text for point in tree.iterfind(".//k:coordinates", space)] == ["126.55,33.38"]
    first, second = tree.iterfind(".//k:Placemark", space)
    assert [data.get("name") for data in first.iterfind(".//k:Data", space)] == ["name", "names", "year", "area"]
    assert [data.get("name") for data in second.iterfind(".//k:Data", space)] == ["name", "year", "area"]


def test_downloads_say_what_they_are() -> None:
    heads = []
    for write in (csv_response, geojson_response, kml_response, xlsx_response):
        with closing(write(download())) as answer:
            heads.append((answer["Content-Type"], answer["Content-Disposition"]))
    assert heads == [
        ("text/csv; charset=utf-8", 'attachment; filename="things.csv"'),
        ("application/geo+json", 'attachment; filename="things.geojson"'),
        ("application/vnd.google-earth.kml+xml", 'attachment; filename="things.kml"'),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 'attachment; filename="things.xlsx"'),
    ]  # fmt: skip


def test_length_is_said_before_anything_goes_out() -> None:
    for write in (csv_response, geojson_response, kml_response, xlsx_response):
        with closing(write(download(*(feature(f"Hövsgöl {number}") for number in range(1000))))) as answer:
            assert int(answer["Content-Length"]) == len(body(answer))


def test_database_that_goes_away_gives_no_part_of_a_file() -> None:
    def features():  # type: ignore[no-untyped-def]
        yield feature("one")
        raise OperationalError("server closed the connection unexpectedly")

    for write in (csv_response, geojson_response, kml_response, xlsx_response):
        answer = write(Download("things", "Things", COLUMNS, features()))
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert b"one" not in answer.content  # type: ignore[attr-defined]


def test_plain_number_drops_needless_zeros() -> None:
    shown = [plain_number(value) for value in (Decimal("196465.00"), Decimal("1133.40"), Decimal("0.00"), None)]
    assert shown == [196465, 1133.4, 0, None]
    assert isinstance(shown[0], int)
