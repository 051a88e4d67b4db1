"""How the list of geoparks is narrowed."""

from django.utils.translation import gettext_lazy as _

from designated_sites.filters import SiteFilterSet
from directory.filters import ArrayChoicesFilter
from directory.vocabulary import Designation


class GeoparkFilterSet(SiteFilterSet):
    designation = ArrayChoicesFilter(
        field_name="other_designations",
        label=_("Also designated as"),
        choices=[choice for choice in Designation.choices if choice[0] != Designation.GLOBAL_GEOPARK],
    )
