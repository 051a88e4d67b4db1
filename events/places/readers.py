"""Who reads the mails about a place: the person, in the language and on the clocks that were chosen for this place."""

from dataclasses import replace

from accounts.persons.recipients import recipient_of
from notifications.recipients import Recipient

from ..models import Registration


def reader_of(registration: Registration) -> Recipient:
    """Asks the database for the person and `care_of`, unless they were fetched with the registration."""
    return replace(
        recipient_of(registration.person), language=registration.reader_language, zone=registration.reader_zone
    )
