"""Which facts of a reserve may be proposed by those who look after it."""

from designated_sites.stewardship.editable_site_types import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    EditableSiteType,
    designation_part,
    place_part,
    register_editable_site_type,
)

from .models import BiosphereReserve

register_editable_site_type(
    EditableSiteType(
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
