"""The personal address: when it opens, for whom, and what it shows."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Event, Registration
from tests.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, 0, tzinfo=dt.UTC)
LINK = "https://zoom.example/j/123"


@pytest.fixture
def registration() -> Registration:
    event = EventFactory(starts_at=START, timezone="Asia/Ulaanbaatar", title="Lakes", format="online")
    event.join_links.create(provider="zoom", url=LINK, meeting_number="123 456", passcode="lake")
    return RegistrationFactory(event=event, person__time_zone="Asia/Tokyo")


def page(registration: Registration, minutes: int, client: Client) -> Any:
    """The page so many minutes after the start."""
    with time_machine.travel(START + dt.timedelta(minutes=minutes), tick=False):
        return client.get(f"/join/{registration.join_token}/")


@pytest.mark.parametrize(
    ("minutes", "door", "shows_links"),
    [(-31, "early", False), (-30, "open", True), (0, "open", True), (179, "open", True), (180, "over", False)],
)
def test_links_appear_thirty_minutes_before_and_go_an_hour_after_the_end(
    registration: Registration, client: Client, minutes: int, door: str, shows_links: bool
) -> None:
    answer = page(registration, minutes, client)
    assert answer.context["door"] == door
    assert (LINK in answer.content.decode()) is shows_links


def test_early_page_says_when_on_the_readers_clocks(registration: Registration, client: Client) -> None:
    text = page(registration, -600, client).content.decode()
    assert "Tuesday 1 October 2030, 09:30" in text
    assert "Tokyo, Asia/Tokyo (UTC+9)" in text


@pytest.mark.parametrize("state", ["held", "waiting", "offered", "cancelled", "expired"])
def test_only_a_confirmed_place_opens_the_door(registration: Registration, client: Client, state: str) -> None:
    Registration.objects.update(state=state, held_until=START)
    answer = page(registration, 0, client)
    assert answer.context["door"] == "no_place"
    assert LINK not in answer.content.decode()


def test_cancelled_event_has_no_door(registration: Registration, client: Client) -> None:
    Event.objects.update(status="cancelled")
    assert page(registration, 0, client).context["door"] == "cancelled"


def test_page_is_kept_by_nobody_and_found_by_no_search_engine(registration: Registration, client: Client) -> None:
    answer = page(registration, 0, client)
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_new_token_makes_the_old_address_worthless(registration: Registration, client: Client) -> None:
    old = registration.join_token
    Registration.objects.update(join_token="another")
    assert client.get(f"/join/{old}/").status_code == 404
    assert client.get("/join/another/").status_code == 200
