"""Whose entry in a calendar it is."""

from accounts.models import Person

from .entries import Guest


def guest_of(person: Person) -> Guest | None:
    """Whoever shares a mailbox has an entry of their own in its calendar, with their name. None without any address."""
    if person.email:
        return Guest(person.email, person.name)
    mailbox = person.care_of.email if person.care_of else ""
    return Guest(mailbox, person.name, str(person.pk)) if mailbox else None
