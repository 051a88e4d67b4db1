"""The letter that invites a selected person to a training, as PDF, for an embassy or an employer.

Office, signature and further words are the officer's; without them there is no letter. Always in English. The same facts
give the same letter: it bears the day on which the seat was given.
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from activities.models.times import days
from records.papers import tongue, typeset

from ..models import Application
from .words import PAPERS, day_words

State = Application.State
TEMPLATE: Final = PAPERS / "letter.typ"
INVITED: Final = (State.SELECTED, State.CONFIRMED)


def refuse_letter(application: Application) -> None:
    """ValidationError when there is no letter for this application."""
    training = application.training
    if application.state not in INVITED:
        raise ValidationError(_("A letter is written for people who were selected or have confirmed."))
    if not training.letter_office.strip() or not training.letter_signatory.strip():
        raise ValidationError(
            _("The letter has no office or nobody who signs it yet. Both stand in the form of the training.")
        )


def has_letter(application: Application) -> bool:
    try:
        refuse_letter(application)
    except ValidationError:
        return False
    return True


def letter_of(application: Application) -> bytes:
    """ValidationError as `refuse_letter` has it."""
    refuse_letter(application)
    with override("en"):
        return typeset(TEMPLATE, _facts(application))


def _facts(application: Application) -> dict[str, object]:
    person, training, seat = application.person, application.training, application.seat_class
    given = application.steps.filter(to_state=State.SELECTED).last()
    place = ", ".join(filter(None, [training.venue, *(str(one) for one in training.member_states.all())]))
    seat_words = f"{seat}. {seat.covers}".rstrip(". ") if seat else ""
    lines = [
        ["Training", f"Sample: {training.title}" if training.is_sample else training.title],
        ["Dates", days(training)],
        ["Place", place],
        ["Seat", seat_words],
        ["What is paid and what is not", training.costs],
        ["Reference", application.reference],
    ]
    addressee = [person.position, person.organisation, str(person.member_state or "")]
    return {
        "tongue": tongue("en"),
        "office": [line for line in training.letter_office.splitlines() if line.strip()],
        "day": day_words(given.at.astimezone(training.zone).date(), None, "en") if given else "",
        "name": person.name,
        "native_name": person.native_name,
        "native_tongue": tongue(person.native_language or person.language),
        "addressee": [line for line in addressee if line],
        "lines": [line for line in lines if line[1].strip()],
        "words": [line for line in training.letter_words.splitlines() if line.strip()],
        "signatory": training.letter_signatory,
    }
