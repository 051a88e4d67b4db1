"""Questions that people send before an event."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from activities.models import AdvanceQuestion, Session
from records.rate_limits import spend

from ..models import Event, Registration
from .joining import shuts_at

MOST: Final = 5  # of one person for one event
DAYS: Final = 60 * 24 * 3600


def takes_questions(registration: Registration) -> bool:
    """Whether somebody may send one now: with a place, and until the event is over."""
    event = registration.event
    return (
        registration.state == Registration.State.CONFIRMED
        and event.status in (Event.Status.DRAFT, Event.Status.ANNOUNCED)
        and timezone.now() < shuts_at(event)
    )


@transaction.atomic
def ask(
    *, registration: Registration, text: str, session: Session | None, language: str, named: bool
) -> AdvanceQuestion:
    """Sends a question. Without a name no record says whose it is. ValidationError when it cannot be taken."""
    registration = Registration.objects.select_for_update(of=("self",)).select_related("event").get(pk=registration.pk)
    if not takes_questions(registration):
        raise ValidationError(_("Questions are taken from people with a confirmed place, until the event is over."))
    asked = registration.event.advance_questions.filter(person=registration.person_id).count()
    if asked >= MOST or not spend("advance question", str(registration.pk), most=MOST, seconds=DAYS):
        raise ValidationError(
            _("You have sent %(most)d questions, which is as many as one person can send.") % {"most": MOST}
        )
    person = registration.person if named else None
    return AdvanceQuestion.objects.create(
        activity=registration.event, session=session, person=person, text=text.strip(), language=language
    )


@transaction.atomic
def take_name_away(*, question: AdvanceQuestion, person: Person | None = None) -> bool:
    """The question stays, nobody can tell any more who asked it. With a person only if it is theirs."""
    theirs = AdvanceQuestion.objects.filter(pk=question.pk).exclude(person=None)
    if person is not None:
        theirs = theirs.filter(person=person)
    return bool(theirs.update(person=None))
