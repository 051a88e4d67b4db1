"""Where a site stands today whose old address is asked for."""

from ..models import DesignatedSite, SiteQuerySet, SiteRedirect


def moved_to(sites: SiteQuerySet, old_slug: str) -> DesignatedSite | None:
    """The one of these sites, all of one type, that once had an address; None where none had."""
    old = SiteRedirect.objects.filter(kind=sites.model.TYPE, old_slug=old_slug)
    return sites.filter(pk__in=old.values("site")).first()
