"""Writing to some of those who are registered for an event, in the officer's own words."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings, outbox
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails.letter import LETTER, occurrence_of
from ..models import Event, Registration
from ..places.readers import reader_of


@transaction.atomic
def write(
    *, event: Event, chosen: Iterable[Registration], subject: str, text: str, language: str, by: User
) -> Mailing | None:
    """One mail to each of them, which can be called back as long as none has gone out. None: nobody was chosen."""
    event = locked(event)
    readers = list(event.registrations.filter(pk__in=[one.pk for one in chosen]).with_readers())
    if not readers:
        return None
    label = _("Letter: %(subject)s (%(event)s)") % {"subject": subject, "event": event.title}
    mailing = mailings.open_mailing(label=label, kind=LETTER.name, by_id=by.pk)
    outbox.put_many(
        kind=LETTER.name, subject=event, mailing=mailing, payload={"letter_subject": subject, "letter_text": text},
        readers=[(reader_of(one), occurrence_of(one, language=language, mailing_id=mailing.pk)) for one in readers],
    )  # fmt: skip
    return mailing
