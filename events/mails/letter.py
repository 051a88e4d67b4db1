"""A mail in the officer's own words to some of those who are registered."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext_lazy as _

from notifications.mail_types import Drop, Facts, MailType, register

from ..models import Event, Registration
from .facts import GONE, facts_of

REMOVED: Final = Drop(_("The registration is no longer there."))


def _letter(subject_id: int, recipient_key: str, occurrence: str) -> Facts | Drop:
    """The words stand in the mail itself, in one language. They go to the registration they were written to, also to one that
    has ended."""
    if not Event.objects.filter(pk=subject_id).exists():
        return GONE
    number, language, _mailing = occurrence.split(".")
    found = Registration.objects.select_related("event", "person__care_of").filter(event=subject_id)
    registration = found.filter(pk=int(number)).first()
    return Facts(facts_of(registration), languages=frozenset({language})) if registration else REMOVED


def occurrence_of(registration: Registration, *, language: str, mailing_id: int) -> str:
    """Each letter once to each registration; it tells in which language the words are."""
    return f"{registration.pk}.{language}.m{mailing_id}"


LETTER: Final = register(
    MailType(
        name="events.letter", label=_("Letter about an event"), topic="events", facts=_letter, template="events/letter",
        service=True, lifetime=dt.timedelta(days=14),
    )
)  # fmt: skip
