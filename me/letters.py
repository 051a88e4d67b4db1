"""Mails to people who have no mailbox, as letters on paper: whoever gets their mail prints and hands them over."""

from pathlib import Path
from typing import Final

from django.db.models import QuerySet

from accounts.models import Person
from accounts.persons.recipients import key_of
from notifications.composing.letters import Letter, looked_at
from notifications.models import Mail
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision
from records.papers import tongue, typeset

TEMPLATE: Final = Path(__file__).parent / "typst" / "mail.typ"
MOST_SHOWN: Final = 50
WRITTEN: Final = (Mail.State.SENT, Mail.State.SENDING)


def mails_of(person: Person) -> "QuerySet[Mail]":
    """What has gone out about the person, the latest first."""
    return Mail.objects.filter(recipient_key=key_of(person.pk), state__in=WRITTEN).order_by("-due", "-pk")


def as_paper(mail: Mail, person: Person) -> bytes | str:
    """The PDF; or why there is none: what a mail told may be over by now."""
    letter = looked_at(mail)
    if not isinstance(letter, Letter):
        return str(letter.reason)
    return typeset(TEMPLATE, _facts(letter, mail, person))


def _facts(letter: Letter, mail: Mail, person: Person) -> dict[str, object]:
    paragraphs = [part.splitlines() for part in letter.text.strip().split("\n\n")]
    return {
        "tongue": tongue(letter.language), "subject": letter.subject, "name": person.name, "native_name": person.native_name,
        "native_tongue": tongue(person.native_language or person.language),
        "addressee": [line for line in (person.position, person.organisation, str(person.member_state or "")) if line],
        "day": moment_words(mail.due, person.time_zone, Precision.DAY),
        "paragraphs": [[line for line in lines if line.strip()] for lines in paragraphs],
    }  # fmt: skip
