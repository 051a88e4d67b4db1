"""Giving and taking back the secret address of a person's own calendar."""

from django.db import transaction

from accounts.models import Person

from ..models import CalendarToken, new_token


@transaction.atomic
def renew(*, person: Person) -> CalendarToken:
    """A new address; one that the person had before leads nowhere from now on."""
    token, _made = CalendarToken.objects.update_or_create(person=person, defaults={"token": new_token()})
    return token


def revoke(*, person: Person) -> None:
    """No address any longer."""
    CalendarToken.objects.filter(person=person).delete()
