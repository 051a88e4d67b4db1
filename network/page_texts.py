"""Words of the portal's own pages that the secretariat writes itself: which there are, and what is shown where it wrote none.

The words of a template stand between `{% pagetext "about-lead" %}` and `{% endpagetext %}`; a text that the secretariat has
written takes their place. In a language that it has no words for, its English ones are shown, marked as English: they are
newer than a translation of the words they replaced.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .models import PageText

_shown_instead: ContextVar[PageText | None] = ContextVar("page_text_shown_instead", default=None)


@contextmanager
def shown_instead(text: PageText) -> Iterator[None]:
    """Shows a text as if it had been saved, to who looks before saving."""
    before = _shown_instead.set(text)
    try:
        yield
    finally:
        _shown_instead.reset(before)


def all_texts() -> dict[str, PageText]:
    """What the secretariat has written, by place. One query."""
    return {text.key: text for text in PageText.objects.all()}


def words_of(text: PageText) -> tuple[str, str]:
    """The words in the reader's language, else the English ones; and their language where it is not the reader's."""
    language = get_language() or settings.LANGUAGE_CODE
    own = getattr(text, f"text_{language.replace('-', '_')}", "")
    english = getattr(text, f"text_{settings.LANGUAGE_CODE}") or ""
    return (own, "") if own else (english, "" if language == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE)


def shown(key: str, texts: Mapping[str, PageText], *, inline: bool = False) -> SafeString | None:
    """The paragraphs of a place, or one line of text within a paragraph; None where the template's own words stay."""
    instead = _shown_instead.get()
    text = instead if instead is not None and instead.key == key else texts.get(key)
    if text is None:
        return None
    words, language = words_of(text)
    paragraphs = [" ".join(part.split()) for part in words.replace("\r\n", "\n").split("\n\n") if part.strip()]
    if not paragraphs:
        return None
    if inline:
        one = " ".join(paragraphs)
        return format_html('<span lang="{}">{}</span>', language, one) if language else format_html("{}", one)
    pattern = '<p lang="{}">{}</p>' if language else "<p>{1}</p>"
    return format_html_join("\n", pattern, ((language, one) for one in paragraphs))
