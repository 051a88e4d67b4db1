"""Names with their language, areas, coordinates and sources, for all pages.

Links that keep the query of a list are Django's own: `{% querystring page=3 %}`.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .. import printed_names
from ..formats import measures
from ..formats.addresses import republisher
from ..source_grades import best_of

register = template.Library()
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LABEL = re.compile(r"\A[a-z]+(?=: )")  # "year: ...", as the data files write what a source stands for
REL = "nofollow noreferrer external"


@register.simple_tag
def local_name(name: str, language: str = "") -> SafeString:
    """A name with the language it is written in, so that it gets the right face and the right voice.

    `{% local_name "제주도" "ko" %}` gives `<span lang="ko">제주도</span>`; without a language the bare name.
    """
    return format_html('<span lang="{}">{}</span>', language, name) if language else format_html("{}", name)


@register.filter
def font_note(field: BoundField) -> str:
    """Of a field whose value stands on papers: which of its letters they cannot show."""
    return printed_names.font_note(field.value()) if field.name in printed_names.PRINTED else ""


@register.filter
def hectares(value: Decimal | float | None, places: int = 2) -> str:
    """The bare number of hectares, thousands set apart; "not known" for None. `{{ sum|hectares:0 }}` rounds to whole ones."""
    return _("not known") if value is None or value == "" else measures.grouped(value, places)


@register.filter
def km2(value: Decimal | float | None) -> str:
    """Hectares as the bare number of square kilometres; "not known" for None."""
    return _("not known") if value is None or value == "" else measures.square_kilometres(value)


@register.filter
def number(value: Decimal | float | None) -> str:
    """Any number with its thousands set apart; empty for None."""
    return "" if value is None or value == "" else measures.grouped(value)


@register.filter
def per_cent(share: Decimal | float) -> str:
    """A share between 0 and 1 in per cent."""
    return measures.per_cent(float(share))


@register.simple_tag
def coordinates(latitude: Decimal | float | None, longitude: Decimal | float | None) -> str:
    """`{% coordinates site.latitude site.longitude %}` gives 33°23′ N, 126°33′ E; empty when the point is not known."""
    return "" if latitude is None or longitude is None else measures.coordinates(latitude, longitude)


@register.filter
def host(url: str) -> str:
    """The name of the host of an address, as the words of its link."""
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


@register.filter
def source(text: str) -> SafeString:
    """A source as given: words stay words, each address in them becomes a link that shows its host; of one that republishes
    what others have published only the host is named."""
    words = LABEL.sub(lambda label: label[0].capitalize(), str(text).strip(), count=1)
    return format_html_join("", "{}", ((piece,) for piece in _linked(words)))


@register.filter
def sourced_by(sources: list[str]) -> str:
    """Who stands behind a record: the best of its sources; said plainly where there is none."""
    grade = best_of(sources)
    return str(grade.label) if grade else _("no source on record")


def _linked(text: str) -> Iterator[str]:
    end = 0
    for found in ADDRESS.finditer(text):
        url = found[0].rstrip(".,;:!?'\"”’")
        if url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        yield text[end : found.start()]
        link = "{2}" if republisher(url) else '<a href="{0}" rel="{1}">{2}</a>'
        yield format_html(link, url, REL, host(url))
        end = found.start() + len(url)
    yield text[end:]


@register.simple_tag(takes_context=True)
def elided_pages(context: Mapping[str, object], page_obj: Any) -> list[int | str]:
    """Page numbers around the present one and at both ends, with an ellipsis between."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1))
