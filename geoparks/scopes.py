"""Which geoparks a person may see and touch as steward."""

from accounts.models import Person
from accounts.scopes import register_stewardship
from accounts.sites import register_site_kind
from designated_sites.stewardship.editable_site_types import (
    NAMES_PART,
    SOURCES_PART,
    TEXT_PART,
    EditableSiteType,
    designation_part,
    place_part,
    register_editable_site_type,
)
from designated_sites.stewardship.stewards import site_kind, stewarded_sites

from .models import Geopark, GeoparkName, GeoparkProposal, GeoparkSteward


def geoparks_of(person: Person) -> set[tuple[str, int]]:
    return {(Geopark.kind, site) for site in stewarded_sites(GeoparkSteward, person)}


register_stewardship(geoparks_of)
register_site_kind(site_kind(Geopark, GeoparkSteward))
register_editable_site_type(
    EditableSiteType(
        sites=Geopark,
        names=GeoparkName,
        proposals=GeoparkProposal,
        stewardships=GeoparkSteward,
        parts=(
            NAMES_PART,
            designation_part(),
            place_part("geological_theme", "overlapping_names"),
            TEXT_PART,
            SOURCES_PART,
        ),
    )
)
