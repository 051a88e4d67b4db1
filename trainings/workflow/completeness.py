"""Whether an application can be sent: every required answer is there. Asked on every path, the last time by `progress`."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..models import Application, ApplicationFile
from .question_words import words_of
from .questions import asked, lacking


def missing(application: Application) -> list[str]:
    """The questions, in the reader's language, that still need an answer."""
    held = application.files.filter(purpose=ApplicationFile.Purpose.ANSWER).values_list("code", flat=True)
    language = get_language() or "en"
    return [
        words_of(one, "label", language).text for one in lacking(asked(application.training), application.answers, held)
    ]


def refuse_incomplete(application: Application) -> None:
    """ValidationError that names everything that is missing."""
    if lacks := missing(application):
        raise ValidationError(
            _("The application is not complete. Missing: %(questions)s."),
            params={"questions": "; ".join(lacks)}, code="incomplete",
        )  # fmt: skip
