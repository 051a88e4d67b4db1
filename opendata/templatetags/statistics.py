"""`{% counted number "reserve-list" state="JP" %}`: a number as the link to the list it was counted from."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.formats.measures import grouped

register = template.Library()


@register.simple_tag
def counted(number: int, page: str, **query: object) -> SafeString:
    """Nothing has no list to lead to; a filter of None is left out."""
    shown = grouped(number)
    if not number:
        return format_html("{}", shown)
    asked = urlencode({name: value for name, value in query.items() if value is not None})
    return format_html('<a href="{}?{}">{}</a>', reverse(page), asked, shown)
