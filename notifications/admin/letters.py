"""Letters as staff look at them: the words, or why there are none; and the page as a mail program would show it."""

from dataclasses import dataclass
from typing import Final, Self

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from ..composing.letters import Letter, Unwritable
from ..mail_types import Drop

# A letter brings its own styles and no script; it may load nothing, and its links lead nowhere while it is in a frame.
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none';"
    " frame-ancestors 'self'; sandbox"
)


@dataclass(frozen=True)
class Shown:
    """One letter, or the reason why there is none."""

    code: str  # of the language that was asked for
    letter: Letter | None
    why_not: str = ""

    @classmethod
    def of(cls, code: str, letter: Letter | Drop) -> Self:
        if isinstance(letter, Letter):
            return cls(code, letter)
        words = (
            _("It cannot be written: %(why)s")
            if isinstance(letter, Unwritable)
            else _("It would not be sent now: %(why)s")
        )
        return cls(code, None, words % {"why": letter.reason})

    @property
    def lacking(self) -> list[str]:
        """Words for which the language that was asked for has none: the letter is in English then."""
        return sorted(self.letter.lacking) if self.letter else []

    @property
    def calendar(self) -> str:
        """The entry for the reader's calendar, as text."""
        return self.letter.calendar.content.decode() if self.letter and self.letter.calendar else ""


def language_wanted(wish: str | None, fallback: str) -> str:
    """A language that is asked for in an address, if there is one of that name."""
    return wish if wish in dict(settings.LANGUAGES) else fallback


def as_page(letter: Letter) -> HttpResponse:
    """The HTML of a letter, for a frame of our own or a window of its own: nothing in it can act or load."""
    response = HttpResponse(letter.html)
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
