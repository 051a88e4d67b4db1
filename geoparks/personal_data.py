"""What geoparks hold about a human being."""

from designated_sites.personal_data import register_site_holding

from .models import Geopark

register_site_holding("geoparks", Geopark.TYPE)
