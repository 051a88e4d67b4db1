"""Which reserves a person may see and touch as steward."""

from accounts.models import Person
from accounts.scopes import register_stewardship
from designated_sites.stewards import stewarded_sites

from .models import BiosphereReserve, ReserveSteward


def reserves_of(person: Person) -> set[tuple[str, int]]:
    return {(BiosphereReserve.kind, site) for site in stewarded_sites(ReserveSteward, person)}


register_stewardship(reserves_of)
