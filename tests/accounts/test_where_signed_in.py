"""The page that tells where one is signed in, and ends it."""

import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import Person
from accounts.sign_in import sessions
from tests.factories import PASSWORD
from tests.people import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"


def at(user: Person, agent: str) -> Client:
    browser = signed_in(user.user)
    browser.defaults["HTTP_USER_AGENT"] = agent
    assert browser.get("/me/").status_code == 200
    return browser


def test_single_session_is_ended(stranger: Person) -> None:
    here, lost, tablet = (at(stranger, agent) for agent in ("Laptop", "Lost phone", "Tablet"))
    page = here.get(PAGE).content.decode()
    assert [name in page for name in ("Laptop", "Lost phone", "Tablet")] == [True] * 3
    there = UserSession.objects.get(user_agent="Lost phone")
    assert here.post(PAGE, {"end": str(there.pk)}).status_code == 302
    assert [one.get("/me/").status_code for one in (here, lost, tablet)] == [200, 302, 200]
    assert "Lost phone" not in here.get(PAGE).content.decode()


def test_all_others_are_ended(stranger: Person) -> None:
    here, lost, tablet = (at(stranger, agent) for agent in ("Laptop", "Lost phone", "Tablet"))
    here.post(PAGE, {"end": "others"})
    assert [one.get("/me/").status_code for one in (here, lost, tablet)] == [200, 302, 302]
    assert [one.user_agent for one in UserSession.objects.filter(user=stranger.user)] == ["Laptop"]


@pytest.mark.parametrize("end", ["", "x", "99999999", "9" * 40, "٣"])
def test_nonsense_ends_nothing(end: str, stranger: Person) -> None:
    here = at(stranger, "Laptop")
    assert here.post(PAGE, {"end": end}).status_code == 302
    assert here.get("/me/").status_code == 200


def test_session_of_somebody_else_is_not_mine_to_end(stranger: Person, focal_point: Person) -> None:
    here, theirs = at(stranger, "Mine"), at(focal_point, "Theirs")
    here.post(PAGE, {"end": str(UserSession.objects.get(user_agent="Theirs").pk)})
    assert theirs.get("/me/").status_code == 200


def test_use_is_written_down_every_five_minutes(stranger: Person) -> None:
    with time_machine.travel("2026-11-30T08:00:00Z", tick=False) as traveller:
        here = at(stranger, "Laptop")
        first = UserSession.objects.get().last_seen_at
        traveller.shift(240)
        here.get("/me/")
        assert UserSession.objects.get().last_seen_at == first
        traveller.shift(120)
        here.get("/me/")
        assert (UserSession.objects.get().last_seen_at - first).total_seconds() == 360


def test_row_of_an_ended_session_is_erased(stranger: Person) -> None:
    at(stranger, "Laptop")
    Session.objects.all().delete()
    assert sessions.purge() == 1
    assert not UserSession.objects.exists()


def test_other_password_ends_the_other_sessions(stranger: Person) -> None:
    here, there = at(stranger, "Laptop"), at(stranger, "Phone")
    changed = {"oldpassword": PASSWORD, "password1": "quite-another-9-words", "password2": "quite-another-9-words"}
    assert here.post("/accounts/password/change/", changed).status_code == 302
    assert [one.get("/me/").status_code for one in (here, there)] == [200, 302]


def test_account_switched_off_is_out_at_the_next_request(stranger: Person) -> None:
    here = at(stranger, "Laptop")
    stranger.user.is_active = False
    stranger.user.save()
    assert here.get("/me/").status_code == 302


def test_sessions_end_at_once_wherever_they_are_kept(stranger: Person) -> None:
    """Also one that no row tells of."""
    here = at(stranger, "Laptop")
    UserSession.objects.all().delete()
    time.sleep(0.001)
    sessions.end_all(user=stranger.user)
    assert here.get("/me/").status_code == 302
