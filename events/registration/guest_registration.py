"""From what somebody typed to a registration: the person is found or made, and never changed by a stranger."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import Consent, Person
from accounts.persons import consents

from ..models import Event, Registration
from . import registering


@transaction.atomic
def register_guest(
    *, event: Event, presence: str, facts: Mapping[str, Any], language: str, host: str = ""
) -> Registration:
    """Somebody who is not signed in, from a host. A person of that address keeps what the records say: anybody could type an address."""
    person, _new = Person.objects.get_or_create(
        email=facts["email"].lower(),
        defaults={
            "name": facts["name"],
            "organisation": facts["organisation"],
            "member_state": facts["member_state"],
            "time_zone": facts["time_zone"],
            "language": language,
        },
    )
    place = registering.register(event=event, person=person, presence=presence, audience=facts["audience"], host=host)
    if facts.get("transfer") and place.held_until:
        place.agrees_to_transfer = True
        place.save(update_fields=["agrees_to_transfer"])
    return place


@transaction.atomic
def register_known(*, event: Event, person: Person, presence: str, facts: Mapping[str, Any]) -> Registration:
    """Somebody signed in: the place is confirmed at once, and the profile takes what they typed."""
    for name in ("name", "organisation", "member_state", "time_zone"):
        setattr(person, name, facts[name])
    person.save(update_fields=["name", "organisation", "member_state", "time_zone"])
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.FORM, by=person.user)
    if facts.get("transfer"):
        consents.give(person=person, what=Consent.What.TRANSFER, how=Consent.How.FORM, by=person.user)
    return registering.register(event=event, person=person, presence=presence, audience=facts["audience"], known=True)


@transaction.atomic
def confirm(*, place: Registration) -> Registration:
    """The reader of the mail confirms. Only now is it known that who ticked the boxes of the form reads this mailbox."""
    confirmed = registering.confirm(registration=place)
    consents.give(person=confirmed.person, what=Consent.What.NOTICE, how=Consent.How.FORM)
    if confirmed.agrees_to_transfer:
        allow_transfer(place=confirmed)
    return confirmed


@transaction.atomic
def allow_transfer(*, place: Registration) -> None:
    """The reader of the mail agrees that name and contact are passed on."""
    consents.give(person=place.person, what=Consent.What.TRANSFER, how=Consent.How.FORM)
    _forget_tick(place)


@transaction.atomic
def refuse_transfer(*, place: Registration) -> None:
    """Taken back as easily as it was given: by the link in the mail."""
    consents.withdraw(person=place.person, what=Consent.What.TRANSFER)
    _forget_tick(place)


def _forget_tick(place: Registration) -> None:
    """What was ticked has become a consent, or holds no longer."""
    place.agrees_to_transfer = False
    place.save(update_fields=["agrees_to_transfer"])
