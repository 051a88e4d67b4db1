"""A sheet of nominees: every row a person of an own state, with a draft of an application for one training.

Looked at first; then all sound rows at once. Who is known stays as the records have them. The drafts are finished and sent one
by one, since each answers the questions of the call.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Consent, Person, User
from accounts.persons import consents, mailboxes, writing_down
from accounts.scopes import scope_of
from events.hub import people_sheet
from events.hub.people_sheet import People, Row
from events.models import Registration
from events.registration.adding import Newcomer
from network.models import MemberState
from records.rate_limits import spend
from trainings.applications import applying
from trainings.models import Application, Training

HOUR = 3600
MOST_ADDED = 100  # an hour, as by hand: no way to try addresses


@dataclass
class Done:
    begun: list[Application] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def read(content: bytes, by: User) -> People:
    """As any sheet of people; each row is of a state for which the reader answers."""
    found = people_sheet.read_people(content, [Registration.Presence.ONSITE])
    states = list(MemberState.objects.filter(code__in=scope_of(by).states))
    return People([_of_own_state(row, states) for row in found.rows])


def _of_own_state(row: Row, states: list[MemberState]) -> Row:
    who = row.who
    if who is None:
        return row
    state = who.member_state or (states[0] if len(states) == 1 else None)
    if state is None:
        return replace(row, who=None, problems=(_("state: say of which member state the person is."),))
    if state not in states:
        return replace(row, who=None, problems=(_("state: you answer for another member state."),))
    hints = () if who.email else (_("No address: the mail comes to you."),)
    return replace(row, who=replace(who, member_state=state), problems=hints)


@transaction.atomic
def take(*, training: Training, people: Iterable[Newcomer], owner: Person, by: User, at: dt.datetime) -> Done:
    """A draft for each; who has applied already, or cannot be written down, leaves the others alone. `owner` gets the mail of
    those without an address."""
    done = Done()
    for who in people:
        try:
            with transaction.atomic():
                done.begun.append(_begin(training, who, owner, by, at))
        except ValidationError as refused:
            done.refused.append((who.name, " ".join(refused.messages)))
    return done


def _begin(training: Training, who: Newcomer, owner: Person, by: User, at: dt.datetime) -> Application:
    if not spend("person written down", str(by.pk), most=MOST_ADDED, seconds=HOUR):
        raise ValidationError(_("Many people were written down in this hour. Please go on in an hour."))
    person = _person(who, owner, by)
    state = who.member_state.pk if who.member_state else ""
    consents.give(person=person, what=Consent.What.NOTICE, how=Consent.How.TOLD, by=by)
    return applying.begin(training=training, person=person, by=by, member_state_id=state, nominated_by=owner, at=at)


def _person(who: Newcomer, owner: Person, by: User) -> Person:
    zones = who.member_state.time_zones if who.member_state else []
    facts = {
        "organisation": who.organisation, "member_state": who.member_state, "language": who.language,
        "time_zone": zones[0] if len(zones) == 1 else owner.time_zone,
    }  # fmt: skip
    if not who.email:
        return mailboxes.colleague_of(owner=owner, name=who.name, native_name=who.native_name, facts=facts)
    known = Person.objects.filter(email=who.email).first()
    if known is None:
        made = Person(name=who.name, native_name=who.native_name, email=who.email, **facts)
        return writing_down.write_down(person=made, by=by)
    if known.member_state_id not in scope_of(by).states:
        raise ValidationError(_("This address cannot be used here. Ask the secretariat if it is theirs."))
    return mailboxes.colleague_of(owner=known, name=who.name, native_name=who.native_name, facts=facts)
