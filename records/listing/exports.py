"""Downloads of a filtered set: CSV for Excel, XLSX, GeoJSON, KML.

A file is written whole before anything of it goes out: its length is said first, all its rows are of one moment, and a
database that goes away meanwhile gives an error in place of a part that looks like all.
"""

import csv
import json
import logging
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import IO, Any, Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from django.db import InterfaceError, OperationalError
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from ..one_snapshot import one_snapshot
from ..spooled import IN_MEMORY, from_its_start

logger = logging.getLogger(__name__)
Value = str | int | float | list[str] | list[int] | None
# A cell that begins with one of these is a formula to Excel and its like; Japanese Excel takes the full-width ones too.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # not allowed in XML, so neither in XLSX


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
    return _text_file(download, "csv", "text/csv; charset=utf-8", chain(["\ufeff"], text))


def geojson_response(download: Download) -> HttpResponseBase:
    """RFC 7946: longitude before latitude; a record without a point has the geometry null."""
    head = '{"type":"FeatureCollection","name":' + _json(download.title) + ',"features":[\n'
    features = download.geojson if download.geojson is not None else map(_geojson, download.features)
    separated = (part for number, text in enumerate(features) for part in ((",\n" if number else ""), text))
    return _text_file(download, "geojson", "application/geo+json", chain([head], separated, ["\n]}\n"]))


def kml_response(download: Download) -> HttpResponseBase:
    """KML 2.2; the facts stand as extended data. A record without a point is a placemark without one."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{_xml(download.title)}</name>\n"
    )
    placemarks = (_placemark(feature) for feature in download.features)
    return _text_file(
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
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(f"{stem}.xlsx", kind, lambda file: _write_workbook(file, sheets))


def _write_workbook(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    # Everything is read first: a workbook that breaks off cannot be closed.
    for one, lines in [(one, list(one.lines)) for one in sheets]:
        sheet = book.create_sheet(_UNPRINTABLE.sub("", one.title)[:31])
        sheet.freeze_panes = "A2"
        heads = [_xlsx_cell(sheet, name) for name in one.columns]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        for line in lines:
            sheet.append([_xlsx_cell(sheet, value) for value in line])
    book.save(file)


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


def _file(name: str, kind: str, write: Callable[[IO[bytes]], None]) -> HttpResponseBase:
    """What `write` writes, as a file to keep. A large one waits on the disk, never in memory."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the response closes it)
    try:
        with one_snapshot():
            write(file)
    except (OperationalError, InterfaceError):
        file.close()
        logger.exception("The file %s could not be made", name)
        return HttpResponse(
            _("The file could not be made just now. Please try again in a moment."),
            status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "5", "Cache-Control": "no-store"},
        )  # fmt: skip
    except BaseException:
        file.close()
        raise
    return FileResponse(from_its_start(file), as_attachment=True, filename=name, content_type=kind)


def _text_file(download: Download, ending: str, kind: str, parts: Iterable[str]) -> HttpResponseBase:
    def write(file: IO[bytes]) -> None:
        file.writelines(part.encode() for part in parts)

    return _file(f"{download.stem}.{ending}", kind, write)


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
