"""Which reserves a person may see and touch as steward."""

from accounts.models import Person
from accounts.scopes import register_stewardship
from accounts.sites import register_site_kind
from designated_sites.stewards import site_kind, stewarded_sites

from .models import BiosphereReserve, ReserveSteward


def reserves_of(person: Person) -> set[tuple[str, int]]:
    return {(BiosphereReserve.kind, site) for site in stewarded_sites(ReserveSteward, person)}


register_stewardship(reserves_of)
register_site_kind(site_kind(BiosphereReserve, ReserveSteward))
