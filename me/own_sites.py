"""Sites of both kinds together, as a person has to do with them."""

from typing import Final

from accounts.models import Person
from accounts.sites import SiteFacts, facts_of
from designated_sites.models import DesignatedSite
from geoparks.models import Geopark
from records.scope import Scope
from reserves.models import BiosphereReserve

MODELS: Final[dict[str, type[BiosphereReserve] | type[Geopark]]] = {"reserve": BiosphereReserve, "geopark": Geopark}
MOST_FOUND = 25  # of each kind; more words find fewer


def sites_in_scope(scope: Scope) -> list[DesignatedSite]:
    """Those one is steward of."""
    return [site for model in MODELS.values() for site in model.objects.filter(pk__in=sorted(scope.sites))]


def linked_sites(person: Person | None) -> list[SiteFacts]:
    """Those a person has linked with the own profile, by name."""
    if person is None:
        return []
    return sorted(facts_of(person.site_links.values_list("site", flat=True)).values(), key=lambda site: site.name)


def find_sites(query: str) -> list[DesignatedSite]:
    """Published sites by any name, at most so many of each kind."""
    if not query.strip():
        return []
    return [site for model in MODELS.values() for site in model.objects.published().matching(query)[:MOST_FOUND]]
