"""Words that pages of records share: languages by their own names, kinds of file."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from records.formats.vocabulary import Language

register = template.Library()
NAMES = {"zh": "中文", **dict(Language.choices)}  # of a state, the language whatever its script


@register.filter
def languages(codes: Iterable[str]) -> SafeString:
    """Languages by their own names, each marked as such; a code we have no name for stays a code."""
    return format_html_join(", ", '<span lang="{}">{}</span>', ((code, NAMES.get(code, code)) for code in codes))


@register.filter
def file_kind(name: str) -> str:
    """The kind of a file by its name: PDF, DOCX."""
    _stem, dot, kind = str(name).rpartition(".")
    return kind.upper() if dot else ""
