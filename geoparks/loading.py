"""How geoparks come out of their data file."""

from designated_sites.loading import facts_of_site, fields_of_site, introduce_sites
from record_import.fields import Links, Plain
from record_import.loading import Book, Facts, Loader, Row, register

from .models import Geopark, GeoparkName


def _geopark(row: Row, book: Book) -> Facts:
    overlapping, unknown = book.matched("biosphere reserves", row.listed("overlapping_reserve"))
    square_km = row.number("area_km2", places=4)
    facts = facts_of_site(row, book, "geoparks") | {
        "status": row.choice("status", Geopark.Status.values),
        "area_ha": None if square_km is None else round(square_km * 100, 2),
        "geological_theme_en": row.text("geological_theme"),
        "overlapping_reserves": overlapping,
        "overlapping_names": unknown,
    }
    if facts["status"] == Geopark.Status.DESIGNATED and facts["designation_year"] is None:
        row.text("designation_year", required=True)
    return facts


register(
    Loader(
        source="geoparks", file="geoparks.csv", order=30, model=Geopark, facts=_geopark,
        introduce=introduce_sites("geoparks", Geopark),
        columns=(
            "slug", "name_en", "name_local", "alt_names", "country_codes", "status", "designation_year", "latitude",
            "longitude", "area_km2", "admin_region", "geological_theme", "other_designations", "overlapping_reserve",
            "summary_en", "website", "unesco_url", "source", "confidence",
        ),
        optional=("accuracy_km",),
        fields=(
            *fields_of_site(GeoparkName), Plain("area_ha", "area_km2"), Plain("geological_theme_en", "geological_theme"),
            Links("overlapping_reserves", "biosphere reserves", "overlapping_reserve"),
            Plain("overlapping_names", "overlapping_reserve"),
        ),
    )
)  # fmt: skip
