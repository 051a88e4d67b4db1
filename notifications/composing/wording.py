"""One language for a whole mail: a catalogue that lacks a word a mail needs leaves the mail in English."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real


class _Watched:
    """A language's catalogue that remembers what was asked of it in vain. All else is the catalogue's own."""

    def __init__(self, catalogue: Any, lacking: set[str]) -> None:
        self._catalogue, self._lacking = catalogue, lacking

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalogue, name)

    def gettext(self, message: str) -> str:
        if self._catalogue._catalog.get(message) is None:
            self._lacking.add(message)
        return str(self._catalogue.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        try:
            self._catalogue._catalog.plural(singular, number)
        except KeyError:
            self._lacking.add(singular)
        return str(self._catalogue.ngettext(singular, plural, number))


@contextmanager
def watched(language: str) -> Iterator[set[str]]:
    """Everything inside is said in a language; gives the set of words that it lacks, filled as they are asked for.

    English is the source and lacks nothing. Django has no public way to watch a catalogue: its active one is replaced.
    """
    lacking: set[str] = set()
    with translation.override(language):
        if language != settings.LANGUAGE_CODE:
            trans_real._active.value = _Watched(trans_real.translation(language), lacking)  # type: ignore[attr-defined]
        yield lacking
