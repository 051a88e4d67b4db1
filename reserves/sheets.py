"""Biosphere reserves as a sheet."""

from django.utils.translation import gettext as _now

from designated_sites.site_sheets import FIRST, LAST, LEFT_OUT, PLACE, RULES, decided_rows
from record_import.definition import Sheet, register
from record_import.sheet_rows import SheetRow

from .models import PeriodicReview


def extended_after_designation(row: SheetRow) -> None:
    designated, first = row.effective("designation_year"), row.effective("extension_years").partition(";")[0].strip()
    if designated.isdigit() and first.isdigit() and int(first) < int(designated):
        why = _now("begin before the designation in %(year)s. Correct one of the two.")
        row.refuse("extension_years", why % {"year": designated})


register(
    Sheet(
        "biosphere reserves",
        (
            *FIRST, "extension_years", *PLACE, "ecosystem", "core_ha", "buffer_ha", "transition_ha", "joint_reserve", "reviews",
            *LAST,
        ),
        nested={"reviews": decided_rows("reviews", PeriodicReview, ("received_on",), "outcome")},
        left_out=LEFT_OUT, rules=(*RULES, extended_after_designation),
    )
)  # fmt: skip
