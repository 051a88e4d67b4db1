"""Which facts of a reserve may be proposed by those who look after it."""

from designated_sites.cared_kinds import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    CaredKind,
    designation_part,
    place_part,
    register_cared_kind,
)

from .models import BiosphereReserve

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
