"""A human being by all the names under which records know them."""

from allauth.account.models import EmailAddress

from records.personal_data import Owner

from ..models import Person, User
from .recipients import key_of


def owner_of(*, person: Person | None, user: User | None) -> Owner:
    """Only addresses that are proven to be theirs: the person's own, and the verified ones of the account."""
    emails = {person.email} if person and person.email else set()
    keys = {key_of(person.pk)} if person else set()
    if user:
        verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        emails |= {email.lower() for email in verified}
        keys.add(f"user:{user.pk}")
    return Owner(
        person_id=person.pk if person else 0,
        user_id=user.pk if user else 0,
        emails=frozenset(emails),
        keys=frozenset(keys),
    )
