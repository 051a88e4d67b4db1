"""Where the page of one's own place is."""

from django import template

from ..models import Registration
from ..places import signed_links

register = template.Library()


@register.simple_tag
def place_url(registration: Registration) -> str:
    """Only for who may hold the link: it lets whoever has it confirm, correct and give up."""
    return signed_links.place_url(registration)
