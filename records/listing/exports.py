"""Downloads of a filtered set: CSV for Excel, XLSX, GeoJSON, KML. Rows are written as they come from the database."""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Value = str | int | float | list[str] | list[int] | None
# A cell that begins with one of these is a formula to Excel and its like; Japanese Excel takes the full-width ones too.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML, so neither in XLSX
_ROWS_AT_ONCE: Final = 100


class Feature(NamedTuple):
    """One record to be written: plain values by column, and a point (longitude, latitude) when one is known."""

    id: str
    name: str
    values: Mapping[str, Value]
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Download:
    """A set of records under one title. `stem` is the file's name without its ending; `geojson` the same features as
    GeoJSON, where the database writes them itself."""

    stem: str
    title: str
    columns: tuple[str, ...]
    features: Iterable[Feature] = field(repr=False)
    geojson: Iterable[str] | None = field(default=None, repr=False)


def plain_number(value: Decimal | None) -> int | float | None:
    """A number without needless zeros: 196465, not 196465.00."""
    if value is None:
        return None
    whole = int(value)
    return whole if whole == value else float(value)


def guarded(cell: str) -> str:
    """Text that no spreadsheet takes for a formula. What looks guarded already is guarded once more, so that `unguarded`
    gives back every text unharmed."""
    return f"'{cell}" if cell.startswith(_FORMULA) or _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_response(download: Download) -> HttpResponseBase:
    """UTF-8 with a byte order mark, without which Excel reads names in other scripts wrongly."""
    writer = csv.writer(_Echo())
    lines = ([_csv_cell(feature.values.get(name)) for name in download.columns] for feature in download.features)
    text = (writer.writerow(line) for line in chain([download.columns], lines))
    return _streamed(download, "csv", "text/csv; charset=utf-8", chain(["\ufeff"], text))


def geojson_response(download: Download) -> HttpResponseBase:
    """RFC 7946: longitude before latitude; a record without a point has the geometry null."""
    head = '{"type":"FeatureCollection","name":' + _json(download.title) + ',"features":[\n'
    features = download.geojson if download.geojson is not None else map(_geojson, download.features)
    separated = (part for number, text in enumerate(features) for part in ((",\n" if number else ""), text))
    return _streamed(download, "geojson", "application/geo+json", chain([head], separated, ["\n]}\n"]))


def kml_response(download: Download) -> HttpResponseBase:
    """KML 2.2; the facts stand as extended data. A record without a point is a placemark without one."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{_xml(download.title)}</name>\n"
    )
    placemarks = (_placemark(feature) for feature in download.features)
    return _streamed(
        download, "kml", "application/vnd.google-earth.kml+xml", chain([head], placemarks, ["</Document></kml>\n"])
    )


def xlsx_response(download: Download) -> HttpResponseBase:
    lines = ([feature.values.get(name) for name in download.columns] for feature in download.features)
    return workbook_response(download.stem, [Sheet(download.title, download.columns, lines)])


class Sheet(NamedTuple):
    """One sheet of a workbook: the names of its columns stay in view above the lines."""

    title: str
    columns: Iterable[str]
    lines: Iterable[Iterable[Value]]


def workbook_response(stem: str, sheets: Iterable[Sheet]) -> HttpResponseBase:
    """Text stays text, also where it looks like a formula; numbers are numbers."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(_UNPRINTABLE.sub("", one.title)[:31])
        sheet.freeze_panes = "A2"
        heads = [_xlsx_cell(sheet, name) for name in one.columns]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        for line in one.lines:
            sheet.append([_xlsx_cell(sheet, value) for value in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, as_attachment=True, filename=f"{stem}.xlsx", content_type=kind)


WRITERS: Final[dict[str, Callable[[Download], HttpResponseBase]]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
    "geojson": geojson_response,
    "kml": kml_response,
}


class _Echo:
    """What csv.writer writes to; it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _streamed(download: Download, ending: str, kind: str, parts: Iterable[str]) -> HttpResponseBase:
    response = StreamingHttpResponse(_in_blocks(parts), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{download.stem}.{ending}"'
    return response


def _in_blocks(parts: Iterable[str]) -> Iterator[str]:
    """Many small parts cost more on their way through the server than a few large ones."""
    rest = iter(parts)
    while block := list(islice(rest, _ROWS_AT_ONCE)):
        yield "".join(block)


def _joined(value: Value) -> str | int | float | None:
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _csv_cell(value: Value) -> str | int | float | None:
    cell = _joined(value)
    return guarded(cell) if isinstance(cell, str) else cell


def _xlsx_cell(sheet: object, value: Value) -> Any:
    cell = _joined(value)
    if not isinstance(cell, str):
        return cell
    written = WriteOnlyCell(sheet, value=_UNPRINTABLE.sub("", cell))
    written.data_type = "s"
    return written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _geojson(feature: Feature) -> str:
    geometry = {"type": "Point", "coordinates": feature.point} if feature.point else None
    return _json({"type": "Feature", "id": feature.id, "geometry": geometry, "properties": feature.values})


def _xml(value: object) -> str:
    return escape(_UNPRINTABLE.sub("", str(value)))


def _placemark(feature: Feature) -> str:
    facts = "".join(
        f"<Data name={quoteattr(name)}><value>{_xml(_joined(value))}</value></Data>"
        for name, value in feature.values.items()
        if value not in (None, "", [])
    )
    point = "<Point><coordinates>{},{}</coordinates></Point>".format(*feature.point) if feature.point else ""
    return f"<Placemark><name>{_xml(feature.name)}</name><ExtendedData>{facts}</ExtendedData>{point}</Placemark>\n"
