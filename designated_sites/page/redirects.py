"""Where a site stands today whose old address is asked for."""

from typing import Any

from ..models import SiteQuerySet, SiteRedirect


def moved_to(sites: SiteQuerySet, old_slug: str) -> Any | None:
    """Follows old addresses from one to the next until a site answers; None where none does, or where they turn in a
    circle."""
    leads_to = dict(SiteRedirect.objects.filter(kind=sites.model.kind).values_list("old_slug", "new_slug"))
    slug, seen = leads_to.get(old_slug), {old_slug}
    while slug and slug not in seen:
        if site := sites.filter(slug=slug).first():
            return site
        seen.add(slug)
        slug = leads_to.get(slug)
    return None
