"""Several people in one form, by somebody who answers for them: all or none, under one lock, in the order of the form.

A stranger's are held or wait, as far as places and the hosts' share go, until one button in one mail answers for all of them;
the mails of each go to their own address, or else to the one of whoever sent the form.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Consent, Person
from accounts.persons import consents, mailboxes
from network.models import MemberState
from notifications import outbox
from notifications.recipients import key_of_address, of_address

from ..mails.party import PARTY, occurrence_of
from ..models import Event, Registration
from ..places import capacity
from ..places.log import step
from ..places.parties import Party
from . import registering, waiting_list
from .guest_registration import as_typed, take_over_typed

MOST: Final = 10
State = Registration.State


@dataclass(frozen=True)
class Newcomer:
    """One of them, as the form names them."""

    name: str
    audience: str
    native_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Together:
    """What holds for all of them. `email` is whose form it is; `person` is who they are to the portal, if they are signed in."""

    event: Event
    presence: str
    email: str
    organisation: str
    member_state: MemberState | None
    time_zone: str
    language: str
    host: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Forecast:
    """Who of so many would get a place now. `free` is None without a limit."""

    asked: int
    free: int | None
    queued: int

    @property
    def get(self) -> int:
        if self.queued:
            return 0
        return self.asked if self.free is None else min(self.asked, self.free)

    @property
    def wait(self) -> int:
        return self.asked - self.get


def forecast(event: Event, presence: str, asked: int) -> Forecast:
    queued = event.registrations.queue(presence).filter(held_until=None).count()
    return Forecast(asked, capacity.free(event, presence), queued)


@transaction.atomic
def register(*, who: Together, people: Sequence[Newcomer]) -> Party:
    """A place or a waiting place for each, in their order. ValidationError says why there is none for anybody."""
    event = registering.wait_for(who.event)
    party = Party(event.pk, secrets.token_urlsafe(16), key_of_address(who.email), len(people))
    _name_oneself(who, people)
    made = [_one(event, who, one, party.key) for one in people]
    if who.person is not None:
        for place in made:
            consents.give(person=place.person, what=Consent.What.NOTICE, how=Consent.How.TOLD, by=who.person.user)
    else:
        reader = of_address(who.email, language=who.language, zone=who.time_zone)
        outbox.put(kind=PARTY.name, subject=event, recipient=reader, occurrence=occurrence_of(party))
    return party


def _name_oneself(who: Together, people: Sequence[Newcomer]) -> None:
    """An account that never said a name stands first in its form, by the name that is typed there."""
    if who.person is not None and mailboxes.is_unnamed(who.person) and people and not people[0].email:
        who.person.name, who.person.native_name = people[0].name, people[0].native_name
        who.person.save(update_fields=["name", "native_name"])


def _one(event: Event, who: Together, one: Newcomer, party: str) -> Registration:
    facts = {
        "organisation": who.organisation, "member_state": who.member_state, "time_zone": who.time_zone, "language": who.language,
    }  # fmt: skip
    person = mailboxes.person_of_mailbox(
        email=one.email or who.email, name=one.name, native_name=one.native_name, facts=facts
    )
    place = registering.register(
        event=event, person=person, presence=who.presence, audience=one.audience, known=who.person is not None, host=who.host,
        typed=as_typed(person, facts, who.language), party=party,
    )  # fmt: skip
    if place.party != party and mailboxes.mailbox_of(person) == who.email:
        place.party = party  # was registered before from this mailbox: its reader may answer, and sees where it stands
        place.save(update_fields=["party"])
    return place


@transaction.atomic
def confirm(*, places: Sequence[Registration]) -> list[Registration]:
    """Whoever sent the form answers for all of them, in its order, and says that they have been told. Each gets their mail."""
    if not places:
        return []
    registering.wait_for(places[0].event)
    answered = []
    for place in places:
        if place.state == State.CANCELLED:
            answered.append(place)
            continue
        was_open = place.is_unconfirmed or place.state == State.EXPIRED
        done = registering.confirm(registration=place)
        if was_open:
            consents.give(person=done.person, what=Consent.What.NOTICE, how=Consent.How.TOLD)
            take_over_typed(place=done)
        if done.state == State.WAITING and was_open:
            registering.tell_again(done, _("On the waiting list."))
        answered.append(done)
    return answered


@transaction.atomic
def give_up(*, places: Sequence[Registration]) -> int:
    """Whoever sent the form takes back those of whom nothing is confirmed yet. How many."""
    if not places:
        return 0
    event = registering.wait_for(places[0].event)
    found = [one for one in places if one.is_unconfirmed]
    for place in found:
        place.state, place.held_until, place.held_from, place.cancelled_at = State.CANCELLED, None, "", timezone.now()
        place.save(update_fields=["state", "held_until", "held_from", "cancelled_at"])
        step(place, _("Taken back by who registered several people."))
    waiting_list.settle(event)
    return len(found)
