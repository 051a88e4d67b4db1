"""Geoparks: out of their data file, and as a sheet."""

from typing import Final

from designated_sites.importable import (
    FIRST,
    LAST,
    LEFT_OUT,
    LOADED,
    PLACE,
    RULES,
    facts_of_site,
    introduce_sites,
    names_and_decisions,
)
from record_import.book import Book
from record_import.fields import Facts
from record_import.registry import DataFile, Records, register
from record_import.rows import Row

from .models import Geopark, Revalidation


def _geopark(row: Row, book: Book) -> Facts:
    overlapping, unknown = book.matched("biosphere reserves", row.listed("overlapping_reserve"))
    square_km = row.number("area_km2", places=4)
    if row.text("status") == Geopark.Status.DESIGNATED:
        row.text("designation_year", required=True)
    return facts_of_site(row, book, "geoparks") | {
        "area_ha": None if square_km is None else round(square_km * 100, 2),
        "overlapping_reserves": overlapping,
        "overlapping_names": unknown,
    }


FILE: Final = DataFile(
    "geoparks.csv", order=30, facts=_geopark, introduce=introduce_sites("geoparks", Geopark),
    others=("name_local",),
    optional=("accuracy_km", "internal_note"),
    fields={
        **LOADED, "area_ha": "area_km2", "geological_theme_en": "geological_theme",
        "overlapping_reserves": "overlapping_reserve", "overlapping_names": "overlapping_reserve",
    },
)  # fmt: skip

register(
    Records(
        "geoparks", Geopark, FILE,
        (*FIRST, *PLACE, "geological_theme", "overlapping_reserves", "overlapping_names", "revalidations", *LAST),
        rows=names_and_decisions("revalidations", Revalidation, ("summary_received_on", "mission_on"), "card"),
        left_out=LEFT_OUT, rules=RULES,
    )
)  # fmt: skip
