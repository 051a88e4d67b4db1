"""Registrations of people of one state: role, record, act, own or another's, by screen and by a POST no screen has offered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from events.models import Event, Registration
from events.places.signed_links import token_of
from tests.factories import EventFactory, RegistrationFactory
from tests.me.conftest import WHO, State

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
OF_MONGOLIA = ("officer", "focal_point")
OF_RUSSIA = ("officer", "other_focal_point")


@dataclass
class Places:
    """An event that takes registrations, and the places of a person of Mongolia and one of Russia at another."""

    event: Event
    mongolian: Registration
    russian: Registration


@pytest.fixture
def places(mongolia: State, russia: State) -> Places:
    now = timezone.now()
    open_now = {"starts_at": now + dt.timedelta(days=9), "registration_opens_at": now - dt.timedelta(days=1)}
    other = EventFactory(**open_now, format="online")
    return Places(
        event=EventFactory(**open_now, format="online"),
        mongolian=RegistrationFactory(event=other, person=mongolia.person),
        russian=RegistrationFactory(event=other, person=russia.person),
    )


def cancelled(place: Registration) -> bool:
    return Registration.objects.get(pk=place.pk).state == "cancelled"


def registered(event: Event, person: Person) -> bool:
    return event.registrations.filter(person=person).exists()


def person_page(place: Registration, tail: str) -> str:
    return f"/me/people/{place.person_id}/{tail}"


ADMIN = "/admin/events/registration/"
BY_OFFICER = ("officer",)
# What is asked, what is sent, how it is seen to be done, and who may.
ACTS: dict[str, tuple[Callable[[Places], str], Callable[[Places], dict], Callable[[Places], bool], tuple[str, ...]]] = {
    "register a Mongolian": (
        lambda at: person_page(at.mongolian, "register/"),
        lambda at: {"event": at.event.pk, "presence": "online", "audience": "site"},
        lambda at: registered(at.event, at.mongolian.person), OF_MONGOLIA,
    ),
    "register a Russian": (
        lambda at: person_page(at.russian, "register/"),
        lambda at: {"event": at.event.pk, "presence": "online", "audience": "site"},
        lambda at: registered(at.event, at.russian.person), OF_RUSSIA,
    ),
    "give back the place of a Mongolian": (
        lambda at: person_page(at.mongolian, f"places/{at.mongolian.pk}/give-back/"), lambda at: {},
        lambda at: cancelled(at.mongolian), OF_MONGOLIA,
    ),
    "give back the place of a Russian": (
        lambda at: person_page(at.russian, f"places/{at.russian.pk}/give-back/"), lambda at: {},
        lambda at: cancelled(at.russian), OF_RUSSIA,
    ),
    "give back another's place by one's own person": (
        lambda at: person_page(at.mongolian, f"places/{at.russian.pk}/give-back/"), lambda at: {},
        lambda at: cancelled(at.russian) or cancelled(at.mongolian), (),
    ),
    "cancel in the admin": (
        lambda at: ADMIN, lambda at: {"action": "cancel", "_selected_action": [at.mongolian.pk]},
        lambda at: cancelled(at.mongolian), BY_OFFICER,
    ),
    "write in the admin": (
        lambda at: f"{ADMIN}{at.mongolian.pk}/change/", lambda at: {"state": "cancelled"},
        lambda at: cancelled(at.mongolian), (),
    ),
    "cancel by a guessed link": (
        lambda at: f"/events/{at.mongolian.event.slug}/register/{at.mongolian.pk}/", lambda at: {"act": "cancel"},
        lambda at: cancelled(at.mongolian), (),
    ),
    "cancel by the link in the mail": (
        lambda at: f"/events/{at.mongolian.event.slug}/register/{token_of(at.mongolian)}/", lambda at: {"act": "cancel"},
        lambda at: cancelled(at.mongolian), WHO,  # whoever holds the link reads the mail: nobody signs in for it
    ),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", ACTS)
def test_act_is_done_by_those_who_may_and_by_nobody_else(
    act: str, who: str, clients: dict[str, Client], places: Places
) -> None:
    address, data, done, allowed = ACTS[act]
    before = Registration.objects.count()
    answer = clients[who].post(address(places), data(places))
    assert done(places) is (who in allowed)
    if who in allowed:
        assert answer.status_code == 302
    else:
        assert answer.status_code in (302, 403, 404)
        assert Registration.objects.count() == before
        if answer.status_code == 302:  # to the sign-in, or from the door of the admin
            assert answer["Location"].startswith(("/accounts/login/", "/admin/login/"))
        elif not address(places).startswith("/admin/"):
            assert answer.status_code == 404


SCREENS: dict[str, tuple[Callable[[Places], str], tuple[int, ...]]] = {
    "form for a Mongolian": (lambda at: person_page(at.mongolian, "register/"), (200, 200, 404, 404, 404, 404, 302)),
    "form for a Russian": (lambda at: person_page(at.russian, "register/"), (200, 404, 200, 404, 404, 404, 302)),
    "list in the admin": (lambda at: ADMIN, (200, 302, 302, 302, 302, 302, 302)),
    "one in the admin": (lambda at: f"{ADMIN}{at.mongolian.pk}/change/", (200, 302, 302, 302, 302, 302, 302)),
    "public form": (lambda at: f"/events/{at.event.slug}/register/", (200,) * 7),
    "guessed link": (lambda at: f"/events/{at.mongolian.event.slug}/register/{at.mongolian.pk}/", (404,) * 7),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_is_shown_to_those_it_is_for(screen: str, clients: dict[str, Client], places: Places) -> None:
    address, expected = SCREENS[screen]
    got = {who: clients[who].get(address(places)).status_code for who in WHO}
    assert got == dict(zip(WHO, expected, strict=True))


def test_focal_point_reads_registrations_of_the_own_state_only(clients: dict[str, Client], places: Places) -> None:
    seen = {who: clients[who].get("/me/people/registrations/").content.decode() for who in WHO[:3]}
    shown = {who: ("Person MN" in text, "Person RU" in text) for who, text in seen.items()}
    assert shown == {"officer": (True, True), "focal_point": (True, False), "other_focal_point": (False, True)}
