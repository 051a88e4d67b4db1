"""What data files of events and trainings have in common: a moment known to some precision, a place, bodies, sites."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.utils import timezone
from django.utils.text import slugify

from network.importable import LANGUAGES
from record_import.book import Book
from record_import.child_rows import Rows
from record_import.fields import UNREAD, Facts
from record_import.rows import Row
from records.formats.partial_dates import Precision, start_of

from .models import ActivitySite, Involvement
from .models.activity import Activity

_CODE: Final = re.compile(r"[A-Z]{2}")
GEOPARK_PROGRAMMES: Final = frozenset({"IGGP", "Geoparks", "UNESCO Global Geoparks"})
# The fields that data files of events and of trainings fill, and the column of each.
LOADED: Final = {
    "title_en": "title", "status": "end_date", "starts_at": "start_date", "start_precision": "start_date",
    "ends_at": "end_date", "end_precision": "end_date", "timezone": "timezone", "format": "format", "venue_en": "venue",
    "other_countries": "country_codes", "programme_names": "programme", "languages": "languages",
    "participants": "participants", "summary_en": "summary_en", "url": "url", "sources": "source",
    "confidence": "confidence", "internal_note": "internal_note", "member_states": "country_codes", "programmes": "programme", "involvements": "organisers",
    "site_links": "related_reserves",
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """From when to when, as far as known: instants at the start of the first and of the last day in the zone."""

    starts_at: dt.datetime
    start_precision: str
    ends_at: dt.datetime | None
    end_precision: str

    @classmethod
    def read(cls, row: Row, start: str, end: str, zone: str) -> "Span | None":
        """A span from two texts of a row; None, with a problem at the column, when they do not make one."""
        first = row.as_partial("start_date", start) if start else None
        last = row.as_partial("end_date", end) if end else None
        if first is None or not zone:
            return None
        if last is None:
            return cls(start_of(first[0], zone), first[1], None, "")
        if last[0] < first[0]:
            row.refuse("end_date", f"{end} lies before {start}")
            return None
        return cls(start_of(first[0], zone), first[1], start_of(last[0], zone), last[1])

    def is_over(self) -> bool:
        """The last day, month or year that is known has passed."""
        precision = self.end_precision or self.start_precision
        days = {Precision.YEAR: 366, Precision.MONTH: 31}.get(Precision(precision), 1)
        return (self.ends_at or self.starts_at) + dt.timedelta(days=days) < timezone.now()


def rows_of_activity() -> tuple[Rows, Rows]:
    """The rows that belong to an event or a training: bodies taking part, and sites it is about."""
    return (
        Rows("involvements", Involvement, "activity", ("role", "partner", "name"), {"partner": "partners"}),
        Rows(
            "site_links", ActivitySite, "activity", ("reserve", "geopark", "name"),
            {"reserve": "biosphere reserves", "geopark": "geoparks"}, {"reserve": "site", "geopark": "site"},
        ),
    )  # fmt: skip


def facts_of_activity(row: Row, book: Book) -> Facts:
    """What is worked out of a row about an event or a training."""
    zone, *more = row.zones("timezone") or [""]
    if more:
        row.refuse("timezone", f"names {len(more) + 1} zones, of which one is meant")
    row.text("start_date", required=True)
    span = Span.read(row, row.text("start_date"), row.text("end_date"), zone)
    hosts = row.choices("country_codes", country_codes())
    programmes, unknown = programmes_of(row, book, span)
    return _moment(span) | {
        "timezone": zone,
        "member_states": [code for code in hosts if book.usable("member states", code)],
        "other_countries": [code for code in hosts if not book.usable("member states", code)],
        "programmes": programmes,
        "programme_names": unknown,
        "languages": row.choices("languages", LANGUAGES),
        "involvements": involvements_of(row, book),
        "site_links": sites_of(row, book),
    }


def _moment(span: Span | None) -> Facts:
    if span is None:
        return dict.fromkeys(("status", "starts_at", "start_precision", "ends_at", "end_precision"), UNREAD)
    return {
        "status": Activity.Status.HELD if span.is_over() else Activity.Status.ANNOUNCED,
        "starts_at": span.starts_at,
        "start_precision": str(span.start_precision),
        "ends_at": span.ends_at,
        "end_precision": str(span.end_precision),
    }


@cache
def country_codes() -> frozenset[str]:
    """All ISO 3166-1 codes, as the time zone database lists them."""
    lines = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


def participating(row: Row) -> Facts:
    """Countries that took part: as codes, or in words where only their number is known."""
    codes = row.listed("countries_participating")
    if any(_CODE.fullmatch(code) for code in codes):
        return {
            "participating_codes": row.choices("countries_participating", country_codes()),
            "participating_note": "",
        }
    return {"participating_codes": [], "participating_note": row.text("countries_participating")}


def programmes_of(row: Row, book: Book, span: Span | None) -> tuple[list[str], list[str]]:
    """Programmes of the portal that bear a name of the cell and ran at the time, and the names left over."""
    found: list[str] = []
    left: list[str] = []
    for name in row.listed("programme"):
        key = book.names["programmes"].find(name)
        if key and (span is None or _ran_in(book, key, span.starts_at.year, (span.ends_at or span.starts_at).year)):
            found.append(key)
        else:
            left.append(name)
    return found, left


def _ran_in(book: Book, programme: str, first: int, last: int) -> bool:
    """Whether a programme of the file ran in one of the years; one of the database only is taken at its name."""
    for row in book.tables["programmes.csv"].rows:
        if row.text("slug") == programme:
            start, end = row.year("start_year"), row.year("end_year")
            return (not start or start <= last) and (not end or first <= end)
    return True


def involvements_of(row: Row, book: Book) -> list[list[str]]:
    """Bodies with their role, as [role, partner, name as in the source], in the order in which they are shown."""
    roles = (
        ("funder", Involvement.Role.FUNDER),
        ("organisers", Involvement.Role.ORGANISER),
        ("partners", Involvement.Role.PARTNER),
    )
    return [
        [str(role), book.names["partners"].find(name), name]
        for column, role in roles
        for name in row.listed(column)
    ]  # fmt: skip


def sites_of(row: Row, book: Book) -> list[list[str]]:
    """Sites as [reserve, geopark, name as in the source]. A name that both kinds bear means the reserve, for an activity
    about geoparks the geopark, and both where it is about both."""
    programmes = set(row.listed("programme"))
    about_geoparks = bool(programmes & GEOPARK_PROGRAMMES)
    about_reserves = not about_geoparks or "MAB" in programmes
    links: list[list[str]] = []
    for name in row.listed("related_reserves"):
        reserve, geopark = book.names["biosphere reserves"].find(name), book.names["geoparks"].find(name)
        if reserve and geopark:
            links += [[reserve, "", name]] if about_reserves else []
            links += [["", geopark, name]] if about_geoparks else []
        else:
            links.append([reserve, geopark, name])
    return links


def series_slug(name: str) -> str:
    return slugify(name)[:80].strip("-")


def series_rows(book: Book, file: str) -> list[tuple[str, Row]]:
    """One entry per series named in a file, with the first row that names it."""
    found: dict[str, Row] = {}
    for row in book.tables[file].rows:
        if name := row.text("series"):
            slug = series_slug(name)
            if slug in found and found[slug].text("series") != name:
                row.refuse("series", f"“{name}” differs from “{found[slug].text('series')}” only in signs or capitals")
            found.setdefault(slug, row)
    return list(found.items())
