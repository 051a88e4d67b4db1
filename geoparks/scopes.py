"""Which geoparks a person may see and touch as steward."""

from accounts.models import Person
from accounts.scopes import register_stewardship
from designated_sites.stewards import stewarded_sites

from .models import Geopark, GeoparkSteward


def geoparks_of(person: Person) -> set[tuple[str, int]]:
    return {(Geopark.kind, site) for site in stewarded_sites(GeoparkSteward, person)}


register_stewardship(geoparks_of)
