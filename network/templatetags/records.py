"""Words that pages of records share: languages by their own names, kinds of file."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from records.formats.vocabulary import Language

register = template.Library()
NAMES = {"zh": "中文", **dict(Language.choices)}  # of a state, the language whatever its script
# How a state calls a language otherwise than the others who speak it.
OF_STATES = {("KP", "ko"): "조선말"}


@register.filter
def languages(codes: Iterable[str], state: str = "") -> SafeString:
    """Languages by their own names, those of a state as that state calls them, each marked as such; a code we have no name for
    stays a code."""
    named = ((code, OF_STATES.get((state, code)) or NAMES.get(code, code)) for code in codes)
    return format_html_join(", ", '<span lang="{}">{}</span>', named)


@register.filter
def file_kind(name: str) -> str:
    """The kind of a file by its name: PDF, DOCX."""
    _stem, dot, kind = str(name).rpartition(".")
    return kind.upper() if dot else ""
