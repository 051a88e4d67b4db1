"""Filters that reserves and geoparks share, with the member states as choices."""

from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.filters import (
    ArrayChoicesFilter,
    ChoicesFilter,
    SortFilter,
    WordsFilter,
    YearFilter,
    YearsForm,
    YesNoFilter,
    newest_first,
)
from directory.vocabulary import Designation
from network.filters import StatesMixin

from .models import DesignatedSite

ORDERS: Final[dict[str, tuple[Any, ...]]] = {
    "name": ("name", "pk"),
    "newest": newest_first("designation_year"),
    "largest": newest_first("area_ha"),
}
ORDER_LABELS: Final = [("name", _("Name")), ("newest", _("Newest first")), ("largest", _("Largest first"))]


class SiteFilterForm(YearsForm):
    """The same order of fields on every list of sites."""

    field_order = (
        "q", "kind", "state", "ecosystem", "designation", "status", "year_min", "year_max", "transboundary", "sort",
    )  # fmt: skip


class SiteFilterSet(StatesMixin):
    """By any name, state, other designation, status, year; shared by several states or not."""

    q = WordsFilter()
    designation = ArrayChoicesFilter(
        field_name="other_designations", label=_("Also designated as"), choices=Designation.choices
    )
    status = ChoicesFilter(field_name="status", label=_("Status"), choices=DesignatedSite.Status.choices)
    year_min = YearFilter(field_name="designation_year", lookup_expr="gte", label=_("Designated from"))
    year_max = YearFilter(field_name="designation_year", lookup_expr="lte", label=_("Designated until"))
    transboundary = YesNoFilter(
        condition=Q(state_codes__len__gt=1),
        label=_("Shared by several states"),
        choices=[("true", _("Shared by several states")), ("false", _("In one state"))],
    )
    sort = SortFilter(orders=ORDERS, choices=ORDER_LABELS)

    class Meta:
        form = SiteFilterForm
