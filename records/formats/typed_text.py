"""Names and addresses as people type and paste them: what nobody sees is taken out, what deceives is refused.

One rule for every form, sheet, list and command that takes one. Signs without a shape that join letters in scripts of the
region stay; spaces without width and marks of direction go; signs that turn the order of letters are refused, since what is
read is then not what is kept. A name is at least one letter, figure or picture that can be seen.
"""

import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"))
TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and signs that show nothing: fillers of Hangul, the blank of Braille
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u180e")
_STOPS: Final = str.maketrans({"。": ".", "｡": "."})


def tidy_name(text: str) -> str:
    """A name without what nobody sees, single spaces between its words."""
    return " ".join(text.translate(_UNSEEN).split())


def tidy_address(text: str) -> str:
    """An e-mail address as it is meant: qi＠example.org, typed with letters of full width, is qi@example.org."""
    return unicodedata.normalize("NFKC", text).translate(_UNSEEN).translate(_STOPS).strip()


def validate_name(text: str) -> None:
    """Refuses what is no name: nothing that can be seen, or signs that turn the order of letters."""
    if turning := next((one for one in text if one in TURNING), ""):
        raise ValidationError(
            _(
                "This holds a hidden sign (%(code)s) that turns the order of the letters. Delete it all and type it anew."
            )
            % {"code": f"U+{ord(turning):04X}"},
            code="turning",
        )
    if text and not any(map(_is_seen, text)):
        raise ValidationError(_("Nothing of this can be seen. Type it anew."), code="unseen")


def validate_latin(text: str) -> None:
    """Refuses a name in Latin letters that is written in others: certificates and lists of participants print it. Signs that are
    no letters may stay."""
    other = [one for one in text if unicodedata.category(one)[0] == "L" and not _is_latin(one)]
    if other:
        raise ValidationError(
            _("“%(letters)s” is not written in Latin letters. Write this name as a passport does.")
            % {"letters": "".join(dict.fromkeys(other))[:8]},
            code="not latin",
        )


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER LETTER"))


def address(text: str) -> str:
    """An address, tidy and in small letters; ValidationError when it is none."""
    tidy = tidy_address(text).lower()
    validate_email(tidy)
    return tidy


def _is_seen(letter: str) -> bool:
    return letter not in _BLANK and unicodedata.category(letter)[0] not in "CZM"
