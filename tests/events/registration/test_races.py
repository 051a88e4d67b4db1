"""Many at once: real connections, real row locks."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events.models import Event, Registration
from events.places import capacity
from events.registration import registering
from tests.factories import EventFactory, PersonFactory, RegistrationFactory
from tests.waiting import HANGING, wait_for
from typed_records.locks import locked

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE = 5, 24


def at_once(acts: list[Callable[[], Any]]) -> list[Exception]:
    """Each act in a thread and connection of its own, all let go together. What went wrong."""
    faults: list[Exception] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(HANGING)
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return faults


def open_event(places: int) -> Event:
    now = timezone.now()
    return EventFactory(
        starts_at=now + dt.timedelta(days=30), format="online", capacity_online=places,
        registration_opens_at=now - dt.timedelta(days=1),
    )  # fmt: skip


def test_last_places_go_to_as_many_and_the_others_queue_without_gap() -> None:
    event, people = open_event(SEATS), [PersonFactory() for _number in range(PEOPLE)]
    acts = [lambda one=one: registering.register(event=event, person=one, presence="online") for one in people]
    assert at_once(acts) == []
    states = list(event.registrations.values_list("state", flat=True))
    assert (states.count("held"), states.count("waiting")) == (SEATS, PEOPLE - SEATS)
    queue = list(event.registrations.queue("online"))
    assert [capacity.position_of(one) for one in queue] == list(range(1, PEOPLE - SEATS + 1))
    assert [one.pk for one in queue] == sorted(one.pk for one in queue)  # in the order of the lock


def test_queue_before_the_row_is_no_reason_to_give_up() -> None:
    """Whoever registers waits longer for the event's row than a page waits for a lock."""
    event, person = open_event(SEATS), PersonFactory()

    def register() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        registering.register(event=event, person=person, presence="online")

    faults: list[Exception] = []
    waiting = threading.Thread(target=lambda: faults.extend(at_once([register])))
    with transaction.atomic():
        locked(event)
        waiting.start()
        with connection.cursor() as cursor:
            wait_for("somebody waits", lambda: _waits(cursor))
        time.sleep(0.5)
    waiting.join(HANGING)
    assert faults == []
    assert event.registrations.count() == 1


def _waits(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
    return bool(cursor.fetchone()[0])


def test_same_person_twice_at_once_has_one_place() -> None:
    event, person = open_event(SEATS), PersonFactory()
    acts = [lambda: registering.register(event=event, person=person, presence="online") for _number in range(6)]
    assert at_once(acts) == []
    assert Registration.objects.count() == 1


def test_places_given_back_at_once_are_offered_once_each() -> None:
    event = open_event(SEATS)
    now = timezone.now()
    places = [RegistrationFactory(event=event) for _number in range(SEATS)]
    for number in range(8):
        RegistrationFactory(event=event, state="waiting", queued_at=now + dt.timedelta(seconds=number))
    acts = [lambda place=place: registering.cancel(registration=place) for place in places]
    assert at_once(acts) == []
    offered = event.registrations.filter(state="offered").order_by("queued_at")
    assert offered.count() == SEATS
    assert [one.pk for one in offered] == [one.pk for one in event.registrations.filter(
        state__in=["offered", "waiting"]).order_by("queued_at")[:SEATS]]  # fmt: skip


def test_offer_taken_while_it_is_declined_ends_in_one_state() -> None:
    event = open_event(1)
    offer = RegistrationFactory(event=event, state="offered", held_until=timezone.now() + dt.timedelta(hours=1))
    faults = at_once(
        [
            lambda: registering.confirm(registration=offer),
            lambda: registering.cancel(registration=offer),
        ]
    )
    assert len(faults) <= 1  # whoever confirms after the decline is told so
    assert Registration.objects.get().state == "cancelled"
