"""Which facts of a geopark may be proposed by those who look after it."""

from designated_sites.cared_kinds import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    CaredKind,
    designation_part,
    place_part,
    register_cared_kind,
)

from .models import Geopark

register_cared_kind(
    CaredKind(
        sites=Geopark,
        parts=(
            NAMES_PART,
            designation_part(),
            place_part("geological_theme", "overlapping_names"),
            TEXT_PART,
            SOURCES_PART,
        ),
    )
)
