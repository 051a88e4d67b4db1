"""The language somebody reads at is that of the address, also while its catalogue is not complete and the words are English.

Within `addresses_in` every address of a page is made with the prefix of a language, though the words stay those of the active
one: no link, form or redirect leads out of it. What the addresses of a language are, the roof of the house says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.urls import get_urlconf, set_urlconf
from django.utils.module_loading import import_string
from django.utils.translation import get_language, override

_waiting: ContextVar[str] = ContextVar("waiting_language", default="")


def waits(code: str) -> bool:
    """A language of ours whose catalogue is not complete: its pages are shown in English."""
    return code in dict(settings.LANGUAGES) and code not in settings.COMPLETE_LANGUAGES


def waiting_language() -> str:
    """The language of the address, where its pages are shown in English for now; else nothing."""
    return _waiting.get()


def language_of_reader() -> str:
    """The language somebody has chosen by the address they read at: mails to them are written in it."""
    return _waiting.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def addresses_without_language() -> Iterator[None]:
    """The English words and addresses: what is printed or cited leads every reader to the same page."""
    before, token = get_urlconf(), _waiting.set("")
    set_urlconf(None)
    try:
        with override(settings.LANGUAGE_CODE):
            yield
    finally:
        set_urlconf(before)
        _waiting.reset(token)


@contextmanager
def addresses_in(code: str) -> Iterator[object]:
    """English words at the addresses of a language that waits; gives the url conf."""
    before, conf = get_urlconf(), import_string(settings.ADDRESSES_OF_LANGUAGE)(code)
    token = _waiting.set(code)
    set_urlconf(conf)
    try:
        yield conf
    finally:
        set_urlconf(before)
        _waiting.reset(token)
