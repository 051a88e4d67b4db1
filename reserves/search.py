"""What of this app the search over everything finds."""

from django.utils.translation import gettext_lazy as _

from designated_sites.listing.search_source import register_sites

from .models import BiosphereReserve

register_sites("reserve", _("Biosphere reserves"), BiosphereReserve, order=10)
