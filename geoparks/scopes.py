"""Which geoparks a person may see and touch as steward."""

from accounts.models import Person
from accounts.scopes import register_stewardship
from accounts.sites import register_site_kind
from designated_sites.stewards import site_kind, stewarded_sites

from .models import Geopark, GeoparkSteward


def geoparks_of(person: Person) -> set[tuple[str, int]]:
    return {(Geopark.kind, site) for site in stewarded_sites(GeoparkSteward, person)}


register_stewardship(geoparks_of)
register_site_kind(site_kind(Geopark, GeoparkSteward))
