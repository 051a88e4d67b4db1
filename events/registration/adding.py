"""People whom officers put on the list of an event: one by one, from a sheet, or because they came without registering."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.persons.writing_down import write_down
from activities.attendance import recording
from activities.models import Session
from network.models import MemberState
from typed_records.locks import locked, wait_for_locks

from ..models import Event, Registration
from ..places import capacity
from ..places.log import step
from . import registering, undoable
from .registering import QUEUE_SECONDS

State = Registration.State
FROM_SHEET: Final = 500  # people at once


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is to be on the list, as the officer or a sheet names them."""

    name: str
    presence: str
    email: str = ""
    native_name: str = ""
    organisation: str = ""
    member_state: MemberState | None = None
    audience: str = ""
    language: str = "en"


@transaction.atomic
def add(*, event: Event, who: Newcomer, by: User) -> Registration:
    """A confirmed place for somebody, or one on the waiting list. ValidationError says why there is none."""
    event = _held(event)
    person = person_of(who, by)
    if event.registrations.active().filter(person=person).exists():
        raise ValidationError(_("%(name)s is registered for this event already.") % {"name": person}, code="twice")
    return registering.register(
        event=event, person=person, presence=who.presence, audience=who.audience, known=True, by=by
    )


@transaction.atomic
def add_all(*, event: Event, people: Iterable[Newcomer], by: User) -> undoable.Done:
    """Everybody of a sheet; whoever is on the list already, or cannot be added, leaves the others alone."""
    done = undoable.Done()
    label = _("People added: %(event)s") % {"event": event.title}
    with undoable.as_one_act(event=event, label=label, words=_("People added"), by=by, done=done) as current:
        for who in people:
            try:
                with transaction.atomic():
                    done.changed.append(add(event=current, who=who, by=by))
            except ValidationError as refused:
                nobody = Registration(event=current, person=Person(name=who.name, email=who.email))
                done.refused.append((nobody, " ".join(refused.messages)))
    return done


@transaction.atomic
def walk_in(*, event: Event, who: Newcomer, sessions: Iterable[Session], by: User) -> Registration:
    """Somebody who came without a place is on the list from now on, as present in some sessions. Nobody is written to."""
    event = _held(event)
    person = person_of(who, by)
    place = event.registrations.active().filter(person=person).first()
    if place is None:
        place = Registration(event=event, person=person, presence=who.presence, audience=who.audience, registered_by=by)
        place.state = State.WAITING
        place.queued_at = timezone.now()
        place.save()
    return note_present(registration=place, sessions=sessions, by=by)


@transaction.atomic
def note_present(*, registration: Registration, sessions: Iterable[Session], by: User) -> Registration:
    """Somebody was there, in these sessions from beginning to end: minutes that no list overrules. Whoever had no confirmed
    place has one now, since reports count who came; if all were taken, there was one more. ValidationError before it begins.
    """
    event = _held(registration.event)
    recording.refuse_early(activity=event)
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    registration.event = event
    chosen = list(sessions)
    if not chosen:
        raise ValidationError(_("The event has no session yet. Add one, with its start and end: minutes belong to it."))
    if registration.state != State.CONFIRMED:
        _make_room(event, registration)
        registration.state, registration.confirmed_at = State.CONFIRMED, timezone.now()
        registration.held_until, registration.queued_at, registration.cancelled_at = None, None, None
        registration.held_from = ""
        registration.save()
        step(registration, _("Came, and was noted as present."), by)
    for session in chosen:
        recording.refuse_early(activity=event, session=session)
        whole = round((session.ends_at - session.starts_at).total_seconds() / 60)
        recording.correct(
            session=session, person=registration.person, minutes=whole, reason=_("Noted as present."), by=by
        )
    return registration


def _make_room(event: Event, registration: Registration) -> None:
    """There was one more place than was known, when somebody more came than there were places."""
    if registration.state in Registration.HOLDING or capacity.free(event, registration.presence) != 0:
        return
    field = f"capacity_{registration.presence}"
    setattr(event, field, capacity.taken(event, registration.presence) + 1)
    event.save(update_fields=[field])


def person_of(who: Newcomer, by: User) -> Person:
    """The person of that address, as the records have them; else one of that name without an address who is of the same
    state; else a new one, who was told by the officer how the portal treats what it holds."""
    email = who.email.strip().lower()
    if email and (known := Person.objects.known().filter(email=email).first()):
        return known
    if not email:
        same = Person.objects.known().filter(name=who.name, email="", member_state=who.member_state, user=None)
        if known := same.order_by("pk").first():
            return known
    zones = who.member_state.time_zones if who.member_state else []
    person = Person(
        name=who.name, native_name=who.native_name, email=email, organisation=who.organisation,
        member_state=who.member_state, language=who.language, time_zone=zones[0] if len(zones) == 1 else "UTC",
    )  # fmt: skip
    return write_down(person=person, by=by)


def _held(event: Event) -> Event:
    wait_for_locks(QUEUE_SECONDS)
    return locked(event)
