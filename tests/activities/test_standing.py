"""How it stands with an event is the same wherever it stands: page, lists, home, search, calendar, feed, API."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.models import Event
from search import index as search_index
from tests.factories import EventFactory, PersonFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
PLACES = ("/", "/events/", "/events/lakes/", "/events/lakes/register/", "/search/?q=lakes", "/member-states/MN/")


def event_with(places: int | None, taken: int, waiting: int = 0, **facts: Any) -> Event:
    now = timezone.now()
    event = EventFactory(
        slug="lakes", title="Lakes", format="online", starts_at=now + dt.timedelta(days=30), states=["MN"],
        registration_opens_at=now - dt.timedelta(days=1), capacity_online=places, **facts,
    )  # fmt: skip
    for number in range(taken + waiting):
        state = {"state": "confirmed"} if number < taken else {"state": "waiting", "queued_at": now}
        RegistrationFactory(event=event, person=PersonFactory(), **state)
    search_index.refresh()
    return event


def pages(client: Client, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    return {one: client.get(one).content.decode() for one in PLACES if one not in but}


@pytest.mark.parametrize(
    ("places", "taken", "waiting", "words", "said"),
    [
        (1, 1, 0, "Full: waiting list<", ("full", 0, 0)),
        (2, 2, 1, "Full: waiting list, 1 person waits<", ("full", 0, 1)),
        (2, 2, 3, "Full: waiting list, 3 people wait<", ("full", 0, 3)),
        (4, 3, 0, "1 place left<", ("few", 1, 0)),
        (8, 6, 0, "2 places left<", ("few", 2, 0)),
        (8, 1, 0, ">Open", ("open", 7, 0)),
        (None, 9, 0, ">Open", ("open", None, None)),
    ],
)
def test_places_are_told_alike_everywhere(
    client: Client, places: int | None, taken: int, waiting: int, words: str, said: tuple[Any, ...]
) -> None:
    event_with(places, taken, waiting)
    assert [one for one, page in pages(client).items() if words not in page] == []
    told = client.get("/api/events").json()["items"][0]
    assert (told["registration"], told["places_left"], told["waiting"]) == said
    calendars = [client.get(one).content.decode() for one in ("/calendar.ics", "/events/lakes.ics", "/feed.atom")]
    note = words.strip("<>")
    assert [note in one.replace("\\", "").replace("\r\n ", "") for one in calendars] == [said[0] != "open"] * 3


def test_one_place_is_one_place(client: Client) -> None:
    event_with(1, 0)
    page = " ".join(client.get("/events/lakes/").content.decode().split())
    assert '<span class="big">1</span> place online, 1 left' in page
    assert "1 places" not in page


def test_moved_is_told_whether_earlier_or_later_and_cancelled_before_all_else(client: Client) -> None:
    event = event_with(1, 1)
    event.postponements.create(was_starts_at=event.starts_at + dt.timedelta(days=9), was_start_precision="minute")
    assert [one for one, page in pages(client).items() if ">Moved to " not in page or "Postponed" in page] == []
    Event.objects.update(status="cancelled")
    cancelled = pages(client, but=("/",))
    assert [one for one, page in cancelled.items() if ">Cancelled" not in page or "Full:" in page] == []


def test_a_kept_list_tells_no_longer_than_a_minute_of_a_place_that_is_gone(client: Client) -> None:
    event = event_with(1, 0)
    both = ("/", "/events/")
    assert all("1 place left<" in client.get(one).content.decode() for one in both)
    RegistrationFactory(event=event, state="confirmed")
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=61)):
        assert all("Full: waiting list<" in Client().get(one).content.decode() for one in both)
