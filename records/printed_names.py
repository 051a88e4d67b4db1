"""What a form says about letters that papers cannot show: beside the field, and once when it is kept. Nothing is refused."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .letters import MOST_TOLD, SUBSTITUTE, without_font

PRINTED: Final = (
    "name",
    "native_name",
    "organisation",
    "position",
)  # facts of a person that certificates and letters name


def font_note(value: object) -> str:
    """The sentence about a text; empty when papers show all of it."""
    lacking = without_font(value) if isinstance(value, str) else []
    if not lacking:
        return ""
    shown = " ".join(lacking[:MOST_TOLD])
    return _("Certificates and letters cannot show %(letters)s: %(sign)s stands there instead.") % {
        "letters": shown,
        "sign": SUBSTITUTE,
    }


def tell_of_missing_letters(request: HttpRequest, facts: Mapping[str, object]) -> None:
    """A message for each printed fact, after a form was kept."""
    for name in PRINTED:
        if note := font_note(facts.get(name)):
            messages.warning(request, note)
