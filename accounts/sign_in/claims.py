"""A verified sign-up claims the person whom records already know by that address."""

from django.db import transaction

from records.language_of_address import language_of_reader

from ..models import Person, User
from ..persons import mailboxes
from ..roles import withdrawals


@transaction.atomic
def claim_person(*, user: User, email: str) -> Person:
    """Joins a user, whose address has just been verified, with the person of that address; makes one if none is known, who
    reads in the language of the address at which they signed up.

    A user who is joined with a person already keeps that one. A role comes along only if it was given to this very address:
    one that was given before somebody changed the address ends, and an officer gives it anew to whom it belongs.
    """
    known = Person.objects.select_for_update().filter(user=user).first()
    if known:
        return known
    address = email.lower()
    person, _created = Person.objects.select_for_update().get_or_create(
        email=address,
        defaults={"name": address.partition("@")[0], "user": user, "language": language_of_reader()},
    )
    if person.user is None:
        person.user = user
        person.save(update_fields=["user"])
        withdrawals.end_of_former_address(person=person)
    return person


@transaction.atomic
def follow_address(*, user: User, email: str) -> bool:
    """The person is written to where the account now has its address; not if records know somebody else by it. Others who are
    reached at the old one still are."""
    address = email.lower()
    if Person.objects.filter(email=address).exclude(user=user).exists():
        return False
    person = Person.objects.select_for_update(of=("self",)).filter(user=user).first()
    if person is None:
        return False
    if person.email != address:
        mailboxes.leave_mailbox(person=person)
    return bool(Person.objects.filter(user=user).update(email=address, care_of=None))
