"""What biosphere reserves hold about a human being."""

from designated_sites.personal_data import register_site_holding

from .models import BiosphereReserve

register_site_holding("reserves", BiosphereReserve.TYPE)
