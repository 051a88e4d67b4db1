"""How the list of biosphere reserves is narrowed."""

from django.utils.translation import gettext_lazy as _

from designated_sites.filters import SiteFilterSet
from directory.filters import ArrayChoicesFilter, ChoicesFilter
from directory.vocabulary import Designation

from .models import BiosphereReserve


class ReserveFilterSet(SiteFilterSet):
    ecosystem = ChoicesFilter(field_name="ecosystem", label=_("Ecosystem"), choices=BiosphereReserve.Ecosystem.choices)
    designation = ArrayChoicesFilter(
        field_name="other_designations",
        label=_("Also designated as"),
        choices=[choice for choice in Designation.choices if choice[0] != Designation.BIOSPHERE_RESERVE],
    )
