"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.search_source import register_sites

from .models import Geopark

register_sites("geopark", _("Geoparks"), Geopark, order=11)
