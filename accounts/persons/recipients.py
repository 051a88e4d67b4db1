"""Persons as readers of mails: who they are, and where their mail goes."""

from notifications.recipients import Recipient

from ..models import Person


def key_of(person_id: int) -> str:
    return f"person:{person_id}"


def person_id_of(key: str) -> int:
    """The person a recipient key names; 0, who does not exist, for a key of another kind."""
    kind, _colon, number = key.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else 0


def recipient_of(person: Person) -> Recipient:
    """A person, written to at the own address or in care of the focal point who receives their mail.

    Language and zone are the person's own: the focal point passes the mail on. Asks the database for `care_of`, unless
    it was fetched with the person.
    """
    email = person.email or (person.care_of.email if person.care_of else "")
    return Recipient(key_of(person.pk), email, person.language, person.time_zone)
