"""Reserves as accounts know them, and which of their facts may be proposed."""

from accounts.sites import register_site_kind
from designated_sites.cared_kinds import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    CaredKind,
    designation_part,
    place_part,
    register_cared_kind,
)
from designated_sites.stewards import site_kind

from .models import BiosphereReserve

register_site_kind(site_kind(BiosphereReserve))
register_cared_kind(
    CaredKind(
        sites=BiosphereReserve,
        parts=(
            NAMES_PART,
            designation_part("extension_years"),
            place_part("core_ha", "buffer_ha", "transition_ha", "ecosystem"),
            TEXT_PART,
            SOURCES_PART,
        ),
    )
)
