"""How the list of geoparks is narrowed."""

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.filters import Choices, SiteFilterForm, others_than
from designated_sites.listing.site_table import Kind
from records.formats.vocabulary import Designation

from .models import Geopark

GEOPARKS = Kind(Geopark)


class GeoparkFilterForm(SiteFilterForm):
    designation = Choices(_("Also designated as"), others_than(Designation.GLOBAL_GEOPARK))
