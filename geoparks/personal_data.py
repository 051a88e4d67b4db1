"""What geoparks hold about a human being."""

from designated_sites.personal_data import register_site_holding

from .models import GeoparkProposal, GeoparkSteward

register_site_holding("geoparks", GeoparkSteward, GeoparkProposal)
