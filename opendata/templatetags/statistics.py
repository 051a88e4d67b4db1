"""Figures of the statistics: `{% counted number reserve_list state="JP" %}`, a number as the link to the list it was counted
from, and `{% participants line.events %}`."""

from urllib.parse import quote_plus

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from records.formats.measures import grouped

from ..statistics.activities import Tally

register = template.Library()


@register.simple_tag
def counted(number: int, address: str, **query: object) -> SafeString:
    """`address` of the list. Nothing has no list to lead to; a filter of None is left out."""
    shown = escape(grouped(number))
    if not number:
        return shown
    # There are hundreds on the page. The names are our own; a value is quoted, so that it has nothing to escape.
    asked = "&amp;".join(f"{name}={quote_plus(str(value))}" for name, value in query.items() if value is not None)
    return mark_safe(f'<a href="{escape(address)}?{asked}">{shown}</a>')


@register.simple_tag
def participants(tally: Tally) -> SafeString:
    """Two cells: participants as far as is known, and for how many that took place no number is known."""
    number = SafeString("0")
    if tally.participants:
        number = format_html("{}", grouped(tally.participants))
    elif tally.unknown:
        number = format_html('<span class="soft">{}</span>', _("not known"))
    return format_html('<td class="num">{}</td><td class="num">{}</td>', number, tally.unknown)
