"""Biosphere reserves: out of their data file, and as a sheet."""

from typing import Final

from django.utils.translation import gettext as _now

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
from record_import.rows import Row, SheetRow

from .models import BiosphereReserve, PeriodicReview


def _reserve(row: Row, book: Book) -> Facts:
    _check_years(row, row.year("designation_year"), row.years("extension_years"))
    shared = row.choice("transboundary", ("true", "false"))
    if shared and (shared == "true") != (len(row.listed("country_codes")) > 1):
        row.refuse("transboundary", f"is {shared}, while country_codes is {row.text('country_codes')}")
    return facts_of_site(row, book, "biosphere reserves") | {"status": BiosphereReserve.Status.DESIGNATED}


def _check_years(row: Row, designated: int | None, extended: list[int]) -> None:
    """A reserve is designated first and extended later."""
    if designated is None:
        row.text("designation_year", required=True)
    elif extended and extended[0] < designated:
        row.refuse("extension_years", f"{extended[0]} lies before designation_year {designated}")


def extended_after_designation(row: SheetRow) -> None:
    designated, first = row.effective("designation_year"), row.effective("extension_years").partition(";")[0].strip()
    if designated.isdigit() and first.isdigit() and int(first) < int(designated):
        why = _now("begin before the designation in %(year)s. Correct one of the two.")
        row.refuse("extension_years", why % {"year": designated})


FILE: Final = DataFile(
    "biosphere_reserves.csv", order=20, facts=_reserve, introduce=introduce_sites("biosphere reserves", BiosphereReserve),
    others=("name_local", "renamed_from", "transboundary"),
    optional=("accuracy_km", "joint_reserve", "internal_note"),
    fields={
        **LOADED, "status": "designation_year", "ecosystem": "ecosystem", "area_ha": "area_total_ha", "core_ha": "area_core_ha",
        "buffer_ha": "area_buffer_ha", "transition_ha": "area_transition_ha", "extension_years": "extension_years",
        "joint_reserve": "joint_reserve",
    },
)  # fmt: skip

register(
    Records(
        "biosphere reserves", BiosphereReserve, FILE,
        (
            *FIRST, "extension_years", *PLACE, "ecosystem", "core_ha", "buffer_ha", "transition_ha", "joint_reserve", "reviews",
            *LAST,
        ),
        rows=names_and_decisions("reviews", PeriodicReview, ("received_on",), "outcome"),
        left_out=LEFT_OUT, rules=(*RULES, extended_after_designation),
    )
)  # fmt: skip
