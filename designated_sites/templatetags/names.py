"""How headings show the name of a site."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from designated_sites.models import DesignatedSite

register = template.Library()


@register.filter
def place_and_title(site: DesignatedSite) -> SafeString:
    """The whole name; the title that ends it ("UNESCO Global Geopark") is marked, so that the place is read first."""
    place = site.name.removesuffix(f" {site.title_in_name}")
    if place == site.name:
        return format_html("{}", site.name)
    return format_html('{} <span class="name-label">{}</span>', place, site.title_in_name)
