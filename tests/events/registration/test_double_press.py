"""A button pressed twice: one place, one mail, and both presses are answered alike. One after the other, and at once."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from events.models import Event, Registration, RegistrationStep
from notifications.models import Mail
from tests.factories import EventFactory, MemberStateFactory
from tests.people import signed_in

from .test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/events/lakes/register/"


@pytest.fixture
def event() -> Event:
    MemberStateFactory(code="MN")
    now = timezone.now()
    return EventFactory(
        slug="lakes", title="Lakes", starts_at=now + dt.timedelta(days=30), format="online", capacity_online=5,
        registration_opens_at=now - dt.timedelta(days=1),
    )  # fmt: skip


def form() -> dict[str, Any]:
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=10), tick=False):
        drawn = signing.TimestampSigner(salt="records.guarded_forms").sign("RegisterForm")
    return {
        "drawn": drawn, "website": "", "name": "Gantömör", "whose": "me", "email": "ranger@example.org", "organisation": "Khuvsgul",
        "member_state": "MN", "audience": "site", "time_zone": "Asia/Ulaanbaatar", "agrees": "on",
    }  # fmt: skip


def pressed(clients: list[Client], *, together: bool) -> list[tuple[int, str]]:
    """The same form sent by each client: status and where it leads."""
    sent, answers = form(), []

    def press(client: Client) -> None:
        answer = client.post(ADDRESS, sent)
        answers.append((answer.status_code, answer["Location"]))

    if together:
        assert at_once([lambda client=client: press(client) for client in clients]) == []
    else:
        for client in clients:
            press(client)
    return answers


@pytest.mark.parametrize("together", [False, True])
def test_stranger_who_presses_twice_has_one_place_and_one_mail(event: Event, together: bool) -> None:
    answers = pressed([Client(), Client()], together=together)
    assert answers == [(302, ADDRESS + "sent/")] * 2
    assert Person.objects.filter(email="ranger@example.org").count() == 1
    assert Registration.objects.get().state == "held"
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("together", [False, True])
def test_who_is_signed_in_and_presses_twice_has_one_place_and_one_mail(
    event: Event, stranger: Person, together: bool
) -> None:
    answers = pressed([signed_in(stranger.user), signed_in(stranger.user)], together=together)
    assert len(set(answers)) == 1
    assert answers[0][0] == 302
    assert Registration.objects.get().state == "confirmed"
    assert [step.why for step in RegistrationStep.objects.all()] == ["Registered."]
    assert Mail.objects.filter(kind="events.place_confirmed").count() == 1


def test_who_asks_again_later_gets_the_mail_once_more(event: Event) -> None:
    pressed([Client()], together=False)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        pressed([Client()], together=False)
    assert Registration.objects.count() == 1
    assert Mail.objects.count() == 2
