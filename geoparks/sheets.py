"""Geoparks as a sheet."""

from designated_sites.site_sheets import FIRST, LAST, LEFT_OUT, PLACE, RULES, decided_rows
from record_import.definition import Sheet, register

from .models import Revalidation

DATES = ("summary_received_on", "mission_on")
register(
    Sheet(
        "geoparks",
        (*FIRST, *PLACE, "geological_theme", "overlapping_reserves", "overlapping_names", "revalidations", *LAST),
        nested={"revalidations": decided_rows("revalidations", Revalidation, DATES, "card")},
        left_out=LEFT_OUT, rules=RULES,
    )
)  # fmt: skip
