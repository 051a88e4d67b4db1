"""Places that strangers hold without confirming: few for each network and event, short when few are left, freed in one act."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Event, Registration
from events.places import capacity
from events.registration import registering, waiting_list
from tests.factories import PersonFactory
from tests.people import signed_in

from .test_pages import answers
from .test_registering import NOW, event_with, register, state, states, why

pytestmark = pytest.mark.django_db
HOST, OTHER = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def held(event: Event) -> int:
    return event.registrations.filter(state="held").count()


def test_one_host_with_invented_addresses_never_holds_all_places() -> None:
    event = event_with(10, slug="lakes")
    for number in range(12):
        facts = answers(email=f"invented{number}@example.org", member_state="")
        assert Client().post("/events/lakes/register/", facts, REMOTE_ADDR=HOST).status_code == 302
    assert (held(event), event.registrations.filter(state="waiting").count()) == (2, 10)
    assert register(event, host=OTHER).state == "held"
    assert capacity.free(event, "online") == 7


@pytest.mark.parametrize(("places", "most"), [(1, 1), (4, 1), (10, 2), (25, 5), (300, 5), (None, 12)])
def test_how_many_one_network_may_hold(places: int | None, most: int) -> None:
    event = event_with(places)
    for _number in range(12):
        register(event, host=HOST)
    assert held(event) == most


def test_addresses_of_one_line_of_version_6_are_one_network() -> None:
    event = event_with(10)
    for number in range(6):
        register(event, host=f"2001:db8:1:2::{number}")
    assert held(event) == 2
    assert register(event, host="2001:db8:1:3::1").state == "held"


def test_network_is_another_one_for_each_event_and_is_forgotten() -> None:
    event, second = event_with(10), event_with(10)
    first, other = register(event, host=HOST), register(second, host=HOST)
    assert first.held_from
    assert first.held_from != other.held_from
    assert HOST not in first.held_from
    for done in (
        registering.confirm(registration=first), registering.cancel(registration=other),
    ):  # fmt: skip
        assert Registration.objects.get(pk=done.pk).held_from == ""
    late = register(event, host=HOST)
    with time_machine.travel(NOW + dt.timedelta(days=2), tick=False):
        waiting_list.settle(event)
    late.refresh_from_db()
    assert (late.state, late.held_from) == ("expired", "")


def test_colleagues_behind_one_address_get_their_places_by_confirming() -> None:
    event = event_with(10)
    everybody = [register(event, host=HOST) for _number in range(8)]
    for one in everybody:
        registering.confirm(registration=one)
    assert states(event) == ["confirmed"] * 8
    assert "Address confirmed; a place was free." in why(everybody[-1])


def test_whoever_is_known_or_answered_for_is_not_limited() -> None:
    event = event_with(10)
    assert {register(event, known=True, host=HOST).state for _number in range(8)} == {"confirmed"}


def test_who_confirms_does_not_overtake_those_who_wait() -> None:
    event = event_with(5)
    register(event, host=HOST)
    unconfirmed = register(event, host=HOST)
    for _number in range(4):
        register(event, known=True)
    waits = register(event, known=True)
    assert (unconfirmed.state, waits.state) == ("waiting", "waiting")
    registering.confirm(registration=unconfirmed)
    assert state(unconfirmed) == "waiting"


def test_place_is_held_shortly_when_few_are_left() -> None:
    event = event_with(8)
    times = [register(event, host=f"192.0.2.{number}").held_until for number in range(8)]
    hours = [(one - NOW) / dt.timedelta(hours=1) for one in times if one]
    assert hours == [24.0] * 7 + [2.0]


def test_officer_frees_what_nobody_confirmed_in_one_act(officer_client: Client) -> None:
    event = event_with(2)
    strangers = [register(event, host=HOST), register(event, host=OTHER)]
    waits = register(event, known=True, person=PersonFactory())
    page = officer_client.post(
        "/admin/events/event/", {"action": "free_unconfirmed", "_selected_action": [event.pk]}, follow=True
    )
    assert "2 places were freed" in page.content.decode()
    assert [state(one) for one in strangers] == ["expired", "expired"]
    assert state(waits) == "offered"
    assert why(strangers[0])[-1] == "Not confirmed: the secretariat gave the place free."
    registering.confirm(registration=strangers[0])
    assert state(strangers[0]) == "confirmed"  # one was left
    page = officer_client.get("/admin/events/registration/?state__exact=held")
    assert page.status_code == 200


def test_who_may_not_change_events_frees_nothing(stranger: Any) -> None:
    event = event_with(2)
    register(event)
    signed_in(stranger.user).post(
        "/admin/events/event/", {"action": "free_unconfirmed", "_selected_action": [event.pk]}
    )
    assert held(event) == 1
