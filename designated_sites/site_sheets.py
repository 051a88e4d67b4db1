"""What the sheets of all kinds of site have in common."""

from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from record_import.fields import Children
from record_import.sheet_rows import SheetRow

from .models import DesignatedSite
from .models.coordinate_check import fault

FIRST: Final = ("name", "status", "designation_year", "other_designations", "names")
PLACE: Final = ("member_states", "admin_region", "latitude", "longitude", "accuracy_km", "area_ha")
LAST: Final = ("summary", "website", "unesco_url", "confidence", "published", "sources")
LEFT_OUT: Final = {
    "stewards": _("Persons are in no sheet. Stewards are named in the form of the site."),
    "photos": _("Photos are put up in the form of the site."),
    "confirmed_at": _("Facts are confirmed in the list of the sites."),
    "confirmed_by": _("Facts are confirmed in the list of the sites."),
}


def decided_rows(name: str, model: type, dates: tuple[str, ...], outcome: str) -> Children:
    """Periodic reviews or revalidations under their name: `dates` besides that of the decision, and the column of the outcome."""
    columns = (
        "year", outcome, *dates, "decided_on", "due_override", "override_reason", "public_source", "document", "note",
    )  # fmt: skip
    return Children(name, model, "site", columns, {"document": "documents"})


def plausible_point(row: SheetRow) -> None:
    """Latitude and longitude together, where a site of these states may lie, and not swapped since."""
    latitude, longitude = _number(row, "latitude"), _number(row, "longitude")
    if (latitude is None) != (longitude is None):
        row.refuse(
            "longitude" if longitude is None else "latitude", _now("is empty, while the other of the two is given.")
        )
    if latitude is None or longitude is None:
        return
    states = [state.strip() for state in row.effective("member_states").split(";") if state.strip()]
    was = _number(row, "latitude", held=True), _number(row, "longitude", held=True)
    if why := fault(states, float(latitude), float(longitude)):
        row.refuse("latitude", why)
    elif latitude != longitude and was == (longitude, latitude):
        row.refuse("latitude", _now("and longitude are swapped: the record has them the other way round."))


def _number(row: SheetRow, column: str, *, held: bool = False) -> Decimal | None:
    try:
        return Decimal(row.held.get(column, "") if held else row.effective(column))
    except InvalidOperation:
        return None


def designated_with_year(row: SheetRow) -> None:
    status = row.effective("status") or DesignatedSite.Status.DESIGNATED
    if status == DesignatedSite.Status.DESIGNATED and not row.effective("designation_year"):
        row.refuse("designation_year", _now("is empty, while the site is designated. Fill in the year."))


RULES: Final = (plausible_point, designated_with_year)
