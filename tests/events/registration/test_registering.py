"""Places at an event: taken, held, confirmed, given back; the queue in its order; what is refused, and why."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Event, Registration
from events.places import capacity
from events.registration import registering, rescheduling, waiting_list
from notifications.models import Mail
from notifications.planning import plan
from tests.factories import EventFactory, PersonFactory, RegistrationFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
START = NOW + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def event_with(places: int | None = 2, **facts: Any) -> Event:
    defaults = {"starts_at": START, "format": "online", "registration_opens_at": NOW - dt.timedelta(days=1)}
    return EventFactory(capacity_online=places, **{**defaults, **facts})


def register(event: Event, **facts: Any) -> Registration:
    person = facts.pop("person", None) or PersonFactory()
    return registering.register(event=event, person=person, presence=facts.pop("presence", "online"), **facts)


def state(of: Registration) -> str:
    return Registration.objects.get(pk=of.pk).state


def states(event: Event) -> list[str]:
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def kinds(of: Registration) -> list[str]:
    mails = Mail.objects.filter(subject_label="events.registration", subject_id=of.pk).order_by("pk")
    return [kind.removeprefix("events.place_") for kind in mails.values_list("kind", flat=True)]


def why(of: Registration) -> list[str]:
    return list(of.steps.values_list("why", flat=True))


def test_strangers_place_is_held_for_a_day_and_confirmed_by_the_link() -> None:
    place = register(event_with())
    assert (place.state, place.held_until) == ("held", NOW + dt.timedelta(hours=24))
    registering.confirm(registration=place)
    assert state(place) == "confirmed"
    assert kinds(place) == ["to_confirm", "confirmed"]
    assert Mail.objects.filter(kind__startswith="events.reminder", state="queued").count() == 3


@pytest.mark.parametrize(
    ("left", "held"),
    [
        (dt.timedelta(days=30), dt.timedelta(hours=24)),
        (dt.timedelta(days=4), dt.timedelta(hours=24)),
        (dt.timedelta(hours=24), dt.timedelta(hours=6)),
        (dt.timedelta(hours=2), dt.timedelta(minutes=30)),
        (dt.timedelta(minutes=20), dt.timedelta(minutes=15)),
    ],
)
def test_place_is_held_for_less_near_the_start(left: dt.timedelta, held: dt.timedelta) -> None:
    assert register(event_with(starts_at=NOW + left)).held_until == NOW + held


def test_known_person_is_confirmed_at_once() -> None:
    place = register(event_with(), known=True)
    assert (place.state, place.held_until, place.confirmed_at) == ("confirmed", None, NOW)
    assert kinds(place) == ["confirmed"]


def test_who_finds_no_place_waits_in_order() -> None:
    event = event_with(places=1)
    register(event)
    queue = [register(event, known=True) for _number in range(3)]
    assert [place.state for place in queue] == ["waiting"] * 3
    assert [capacity.position_of(place) for place in queue] == [1, 2, 3]
    assert kinds(queue[0]) == ["waiting"]


def test_queue_of_unconfirmed_addresses_holds_nobody_up() -> None:
    event = event_with(places=1)
    first = register(event, known=True)
    unsure = register(event)
    registering.cancel(registration=first)
    assert (state(unsure), register(event, known=True).state) == ("waiting", "confirmed")


def test_nobody_overtakes_the_queue_though_a_place_is_free(clock: Any) -> None:
    event = event_with(places=1)
    first, queued = register(event, known=True), register(event, known=True)
    clock.move_to(START - dt.timedelta(minutes=90))
    registering.cancel(registration=first)
    assert (state(queued), register(event, known=True).state) == ("waiting", "waiting")


def test_registering_again_holds_one_place_and_sends_the_mail_again_unless_a_button_was_pressed_twice(
    clock: Any,
) -> None:
    event, person = event_with(), PersonFactory()
    place = register(event, person=person)
    assert register(event, person=person).pk == place.pk
    assert kinds(place) == ["to_confirm"]
    clock.shift(31)
    assert register(event, person=person).pk == place.pk
    assert Registration.objects.count() == 1
    assert kinds(place) == ["to_confirm", "to_confirm"]


def test_signing_in_and_registering_again_confirms_the_held_place() -> None:
    event, person = event_with(), PersonFactory()
    place = register(event, person=person)
    register(event, person=person, known=True)
    assert state(place) == "confirmed"


def test_confirming_twice_changes_nothing() -> None:
    place = register(event_with())
    for _time in range(2):
        registering.confirm(registration=place)
    assert why(place) == ["Registered.", "Confirmed."]


def test_place_that_was_not_confirmed_goes_to_the_next(clock: Any) -> None:
    event = event_with(places=1)
    held, queued = register(event), register(event, known=True)
    clock.move_to(NOW + dt.timedelta(hours=25))
    plan()
    assert (state(held), state(queued)) == ("expired", "offered")
    assert why(held)[-1] == "The place was not confirmed in time."
    assert kinds(queued) == ["waiting", "offered"]
    assert Registration.objects.get(pk=queued.pk).held_until == timezone.now() + dt.timedelta(hours=24)


def test_offer_not_answered_goes_on_to_the_next_and_is_told(clock: Any) -> None:
    event = event_with(places=1)
    first, second, third = (register(event, known=True) for _number in range(3))
    registering.cancel(registration=first)
    clock.move_to(NOW + dt.timedelta(hours=25))
    waiting_list.settle_overdue()
    assert [state(place) for place in (first, second, third)] == ["cancelled", "expired", "offered"]
    assert kinds(second) == ["waiting", "offered", "lapsed"]


def test_offer_is_taken_or_declined() -> None:
    event = event_with(places=1)
    first, second, third = (register(event, known=True) for _number in range(3))
    registering.cancel(registration=first)
    assert state(second) == "offered"
    registering.cancel(registration=second)
    assert why(second)[-1] == "Offer declined."
    assert (state(second), state(third)) == ("cancelled", "offered")
    registering.confirm(registration=third)
    assert state(third) == "confirmed"


def test_who_cancelled_is_not_offered_anything_and_queues_anew() -> None:
    event = event_with(places=1)
    place, queued = register(event, known=True), register(event, known=True)
    registering.cancel(registration=queued)
    other = register(event, known=True)
    again = register(event, person=queued.person, known=True)
    registering.cancel(registration=place)
    assert (state(queued), state(other), state(again)) == ("cancelled", "offered", "waiting")


def test_late_answer_gets_a_place_that_is_still_free_else_one_in_the_queue(clock: Any) -> None:
    event = event_with(places=2)
    first, second = register(event), register(event)
    clock.move_to(NOW + dt.timedelta(hours=25))
    registering.confirm(registration=first)
    register(event, known=True)
    registering.confirm(registration=second)
    assert (state(first), state(second)) == ("confirmed", "waiting")
    assert why(first)[-1] == "Confirmed late; a place was still free."


def test_address_on_the_list_is_confirmed_or_taken_off(clock: Any) -> None:
    event = event_with(places=1)
    register(event, known=True)
    sure, unsure = register(event), register(event)
    registering.confirm(registration=sure)
    clock.move_to(NOW + dt.timedelta(hours=25))
    waiting_list.settle_overdue()
    assert (state(sure), state(unsure)) == ("waiting", "expired")


def test_staff_see_why_somebody_was_passed_over_once() -> None:
    event = event_with(places=1)
    place = register(event, known=True)
    unsure, next_one = register(event), register(event, known=True)
    registering.cancel(registration=place)
    registering.cancel(registration=next_one)
    words = "A place was free, but the address is not confirmed yet: the next was asked."
    assert why(unsure) == ["Registered.", words]


def test_list_is_frozen_before_the_start_and_says_so(clock: Any) -> None:
    event = event_with(places=1)
    place, queued = register(event, known=True), register(event, known=True)
    clock.move_to(START - dt.timedelta(minutes=90))
    registering.cancel(registration=place)
    assert state(queued) == "waiting"
    assert why(queued)[-1] == "A place is free, but nobody is moved up in the last 2 hours before the start."


def test_more_places_are_offered_to_the_queue_at_once() -> None:
    event = event_with(places=1)
    register(event, known=True)
    queue = [register(event, known=True) for _number in range(3)]
    waiting_list.set_capacity(event=event, onsite=None, online=3)
    assert [state(place) for place in queue] == ["offered", "offered", "waiting"]
    waiting_list.set_capacity(event=event, onsite=None, online=None)
    assert [state(place) for place in queue] == ["offered", "offered", "offered"]


def test_fewer_places_than_are_taken_are_refused_with_the_number() -> None:
    event = event_with(places=3)
    for _number in range(2):
        register(event, known=True)
    with pytest.raises(ValidationError, match="2 places are taken already"):
        waiting_list.set_capacity(event=event, onsite=None, online=1)
    waiting_list.set_capacity(event=event, onsite=None, online=2)
    assert register(event).state == "waiting"


def test_hybrid_event_has_two_capacities_and_two_queues() -> None:
    event = event_with(places=1, format="hybrid", capacity_onsite=1)
    here, there = register(event, presence="onsite", known=True), register(event, presence="online", known=True)
    wants_here, wants_there = register(event, presence="onsite", known=True), register(event, known=True)
    assert [capacity.position_of(place) for place in (wants_here, wants_there)] == [1, 1]
    registering.cancel(registration=here)
    assert (state(wants_here), state(wants_there), state(there)) == ("offered", "waiting", "confirmed")


def test_cancelled_event_takes_offers_back_and_reopened_goes_on_in_the_same_order(clock: Any) -> None:
    event = event_with(places=2)
    first, held = register(event, known=True), register(event)
    second, third = register(event, known=True), register(event, known=True)
    registering.cancel(registration=first)
    assert state(second) == "offered"
    rescheduling.cancel(event=event, reason="", by=None)
    clock.move_to(NOW + dt.timedelta(days=3))
    waiting_list.settle_overdue()
    assert [state(place) for place in (held, second, third)] == ["held", "waiting", "waiting"]
    rescheduling.reopen(event=event, reason="", by=None)
    assert [state(place) for place in (held, second, third)] == ["held", "offered", "waiting"]
    assert Registration.objects.get(pk=held.pk).held_until == timezone.now() + dt.timedelta(hours=24)


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"status": "cancelled"}, "The event was cancelled: nobody can register any more."),
    ({"registration_opens_at": NOW + dt.timedelta(days=1)}, "Registration is not open yet."),
    ({"registration_closes_at": NOW - dt.timedelta(hours=1)}, "Registration is closed."),
    ({"starts_at": NOW - dt.timedelta(hours=1)}, "Registration is closed."),
    ({"status": "held"}, "Registration is closed."),
    ({"registration_opens_at": None}, "Registration is closed."),
    ({"format": "onsite"}, "This event cannot be attended in that way. Choose another one."),
]


@pytest.mark.parametrize(("facts", "words"), REFUSALS)
def test_what_is_refused_says_why_and_leaves_nothing(facts: dict[str, Any], words: str) -> None:
    event = event_with(**facts)
    with pytest.raises(ValidationError) as refused:
        register(event)
    assert refused.value.messages == [words]
    assert not Registration.objects.exists()
    assert not Mail.objects.exists()


def test_who_answers_for_others_may_register_after_the_closing_but_not_after_the_start() -> None:
    closed = event_with(registration_closes_at=NOW - dt.timedelta(hours=1))
    assert register(closed, known=True, by=UserFactory()).state == "confirmed"
    begun = event_with(starts_at=NOW - dt.timedelta(hours=1))
    with pytest.raises(ValidationError):
        register(begun, known=True, by=UserFactory())


def test_cancelled_registration_cannot_be_confirmed() -> None:
    place = register(event_with())
    for _time in range(2):
        registering.cancel(registration=place)
    assert kinds(place) == ["to_confirm", "cancelled"]
    with pytest.raises(ValidationError, match="Register again"):
        registering.confirm(registration=place)


@pytest.mark.parametrize("new_state", ["held", "confirmed", "offered"])
def test_database_itself_refuses_one_place_too_many(new_state: str) -> None:
    event = event_with(places=1)
    RegistrationFactory(event=event)
    facts = {"held_until": START} if new_state != "confirmed" else {}
    with pytest.raises(IntegrityError, match="1 places online, 2 are taken"), transaction.atomic():
        RegistrationFactory(event=event, state=new_state, **facts)
    queued = RegistrationFactory(event=event, state="waiting", queued_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=queued.pk).update(state=new_state, held_until=START)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(capacity_online=0)
    assert states(event) == ["confirmed", "waiting"]
