"""From what somebody typed to a registration: the person is found or made, and never changed by a stranger."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from accounts.models import Consent, Person
from accounts.persons import consents, mailboxes
from accounts.persons.roles_held import holds_a_role

from ..models import Event, Registration
from . import registering

PROFILE: Final = ["name", "organisation", "member_state", "time_zone"]
TYPED_COLUMNS: Final = {"organisation": "organisation", "member_state": "member_state_id"}


@transaction.atomic
def register_guest(
    *, event: Event, presence: str, facts: Mapping[str, Any], language: str, host: str = ""
) -> Registration:
    """Somebody who is not signed in, from a host: who is called so and is reached through that mailbox.

    A person whom the records know keeps what they say, since anybody could type an address; what was typed otherwise holds
    for this place, and is said on its page.
    """
    event = registering.wait_for(event)
    person = mailboxes.person_of_mailbox(
        email=facts["email"], name=facts["name"], facts={**facts, "language": language}
    )
    place = registering.register(
        event=event, person=person, presence=presence, audience=facts["audience"], host=host,
        typed=as_typed(person, facts, language),
    )  # fmt: skip
    if facts.get("transfer") and place.held_until:
        place.agrees_to_transfer = True
        place.save(update_fields=["agrees_to_transfer"])
    return place


@transaction.atomic
def register_known(
    *, event: Event, person: Person, presence: str, facts: Mapping[str, Any], language: str = ""
) -> Registration:
    """Somebody signed in: the place is confirmed at once, and the profile takes what they typed. `colleague` among the facts:
    it is somebody else who is reached through the same mailbox."""
    if facts.get("colleague"):
        known = {**facts, "language": language or person.language}
        one = mailboxes.colleague_of(owner=person, name=facts["name"], facts=known)
    else:
        one = person
        for name in PROFILE:
            setattr(person, name, facts[name])
        person.save(update_fields=PROFILE)
    consents.give(person=one, what=Consent.What.NOTICE, how=Consent.How.FORM, by=person.user)
    if facts.get("transfer"):
        consents.give(person=one, what=Consent.What.TRANSFER, how=Consent.How.FORM, by=person.user)
    return registering.register(
        event=event, person=one, presence=presence, audience=facts["audience"], known=True,
        typed=as_typed(one, facts, language if facts.get("colleague") else ""),
    )  # fmt: skip


def as_typed(person: Person, facts: Mapping[str, Any], language: str) -> registering.AsTyped:
    """What holds for one place only, since the records have it otherwise."""
    zone, state = str(facts["time_zone"]), facts["member_state"]
    other = {}
    if facts["organisation"] != person.organisation:
        other["organisation"] = facts["organisation"]
    if (state.pk if state else None) != person.member_state_id:
        other["member_state"] = state.pk if state else ""
    return registering.AsTyped(
        language=language if language != person.language else "", time_zone=zone if zone != person.time_zone else "", other=other
    )  # fmt: skip


@transaction.atomic
def confirm(*, place: Registration) -> Registration:
    """The reader of the mail confirms. Only now is it known that who ticked the boxes of the form reads this mailbox."""
    confirmed = registering.confirm(registration=place)
    take_over_typed(place=confirmed)
    consents.give(person=confirmed.person, what=Consent.What.NOTICE, how=Consent.How.FORM)
    if confirmed.agrees_to_transfer:
        allow_transfer(place=confirmed)
    return confirmed


@transaction.atomic
def take_over_typed(*, place: Registration) -> None:
    """What the reader of the mailbox typed otherwise than the records know is right now: it is written down with the person.
    Who has an account, or a role, writes it in the own profile; the page of the place says so."""
    person = place.person
    if not place.typed or person.user_id is not None or holds_a_role(person):
        return
    for name, value in place.typed.items():
        setattr(person, TYPED_COLUMNS[name], value or None if name == "member_state" else value)
    person.save(update_fields=[TYPED_COLUMNS[name] for name in place.typed])
    place.typed = {}
    place.save(update_fields=["typed"])


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
