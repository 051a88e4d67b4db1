"""Which facts of a geopark may be proposed by those who look after it."""

from designated_sites.stewardship.editable_site_types import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    EditableSiteType,
    designation_part,
    place_part,
    register_editable_site_type,
)

from .models import Geopark

register_editable_site_type(
    EditableSiteType(
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
