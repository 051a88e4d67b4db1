"""Which reserves a person may see and touch as steward."""

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

from .models import BiosphereReserve, ReserveName, ReserveProposal, ReserveSteward


def reserves_of(person: Person) -> set[tuple[str, int]]:
    return {(BiosphereReserve.kind, site) for site in stewarded_sites(ReserveSteward, person)}


register_stewardship(reserves_of)
register_site_kind(site_kind(BiosphereReserve, ReserveSteward))
register_editable_site_type(
    EditableSiteType(
        sites=BiosphereReserve,
        names=ReserveName,
        proposals=ReserveProposal,
        stewardships=ReserveSteward,
        parts=(
            NAMES_PART,
            designation_part("extension_years"),
            place_part("core_ha", "buffer_ha", "transition_ha", "ecosystem"),
            TEXT_PART,
            SOURCES_PART,
        ),
    )
)
