"""How biosphere reserves come out of their data file."""

from designated_sites.loading import facts_of_site, fields_of_site, introduce_sites
from record_import.fields import Link, Plain
from record_import.loading import Book, Facts, Loader, Row, register

from .models import BiosphereReserve, ReserveName


def _reserve(row: Row, book: Book) -> Facts:
    facts = facts_of_site(row, book, "biosphere reserves") | {
        "status": BiosphereReserve.Status.DESIGNATED,
        "ecosystem": row.choice("ecosystem", BiosphereReserve.Ecosystem.values),
        "area_ha": row.number("area_total_ha"),
        "core_ha": row.number("area_core_ha"),
        "buffer_ha": row.number("area_buffer_ha"),
        "transition_ha": row.number("area_transition_ha"),
        "extension_years": row.years("extension_years"),
    }
    _check_years(row, facts)
    shared = row.choice("transboundary", ("true", "false"))
    if shared and (shared == "true") != (len(row.listed("country_codes")) > 1):
        row.refuse("transboundary", f"is {shared}, while country_codes is {row.text('country_codes')}")
    if row.has("joint_reserve"):
        facts["joint_reserve"] = book.ancestor(row, "joint_reserve", "biosphere reserves")
    return facts


def _check_years(row: Row, facts: Facts) -> None:
    """A reserve is designated first and extended later."""
    designated = facts["designation_year"]
    if designated is None:
        row.text("designation_year", required=True)
    elif facts["extension_years"] and facts["extension_years"][0] < designated:
        row.refuse("extension_years", f"{facts['extension_years'][0]} lies before designation_year {designated}")


register(
    Loader(
        source="biosphere reserves", file="biosphere_reserves.csv", order=20, model=BiosphereReserve, facts=_reserve,
        introduce=introduce_sites("biosphere reserves", BiosphereReserve),
        columns=(
            "slug", "name_en", "name_local", "alt_names", "country_codes", "designation_year", "extension_years",
            "renamed_from", "latitude", "longitude", "admin_region", "area_total_ha", "area_core_ha", "area_buffer_ha",
            "area_transition_ha", "ecosystem", "transboundary", "other_designations", "summary_en", "website", "unesco_url",
            "source", "confidence",
        ),
        optional=("accuracy_km", "joint_reserve"),
        fields=(
            *fields_of_site(ReserveName), Plain("ecosystem"), Plain("area_ha", "area_total_ha"),
            Plain("core_ha", "area_core_ha"), Plain("buffer_ha", "area_buffer_ha"),
            Plain("transition_ha", "area_transition_ha"), Plain("extension_years"),
            Link("joint_reserve", "biosphere reserves"),
        ),
    )
)  # fmt: skip
