"""Who stands behind the facts of a site."""

from django import template
from django.utils.functional import Promise

from designated_sites.models import DesignatedSite

from ..page import sources_by_fact

register = template.Library()


@register.filter
def carried_by(site: DesignatedSite) -> list[tuple[str | Promise, str]]:
    """Each fact that the record states, with the best of its sources."""
    return sources_by_fact.carried_by(site)
