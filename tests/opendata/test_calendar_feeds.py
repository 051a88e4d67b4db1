"""The calendars to subscribe to: narrowed, in a language, and not sent again until something changes."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from activities.rescheduling.moves import When
from events.models import Event
from events.registration import rescheduling
from tests.calendars import entries, read_elsewhere, spans
from tests.factories import EventFactory, MemberStateFactory, ProgrammeFactory, TrainingFactory
from tests.look.pages import Page

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(START - dt.timedelta(days=60), tick=False) as clock:
        yield clock


@pytest.fixture
def activities() -> None:
    lakes, forests = ProgrammeFactory(slug="lakes", name="Lakes"), ProgrammeFactory(slug="forests", name="Forests")
    ProgrammeFactory(slug="hidden", published=False)
    EventFactory(title="Lakes of Mongolia", states=["MN"]).programmes.add(lakes)
    TrainingFactory(title="Course in Mongolia", states=["MN", "CN"]).programmes.add(forests)
    EventFactory(title="Online").programmes.add(lakes, forests)
    EventFactory(title="Unseen", states=["MN"], published=False).programmes.add(lakes)
    EventFactory(title="Draft", states=["MN"], status="draft").programmes.add(lakes)
    EventFactory(title="Sample", states=["MN"], is_sample=True).programmes.add(lakes)


@pytest.mark.usefixtures("activities")
def test_pages_of_states_and_programmes_lead_to_their_calendars(client: Client) -> None:
    ProgrammeFactory(slug="empty", name="Empty")
    for page, query in (("/member-states/MN/", "?state=MN"), ("/programmes/lakes/", "?programme=lakes")):
        text = client.get(page).content.decode()
        assert f'href="webcal://localhost:8000/calendar.ics{query}"' in text
        assert f"<code>http://localhost:8000/calendar.ics{query}</code>" in text
        assert client.get(f"/calendar.ics{query}").status_code == 200
        assert 'href="/calendar/"' in text
    assert "webcal:" not in client.get("/programmes/empty/").content.decode()


def titles(client: Client, query: str) -> list[str]:
    return [title for title, _start, _end in spans(read_elsewhere(client.get(f"/calendar.ics{query}").content))]


@pytest.mark.usefixtures("activities")
@pytest.mark.parametrize(
    ("query", "found", "name"),
    [
        ("", ["Lakes of Mongolia", "Course in Mongolia", "Online"], ""),
        ("?state=MN", ["Lakes of Mongolia", "Course in Mongolia"], ": Mongolia"),
        ("?state=cn", ["Course in Mongolia"], ": China"),
        ("?programme=lakes", ["Lakes of Mongolia", "Online"], ": Lakes"),
        ("?state=MN&programme=lakes", ["Lakes of Mongolia"], ": Mongolia · Lakes"),
        ("?state=CN&programme=lakes", [], ": China · Lakes"),
        ("?utm_source=x", ["Lakes of Mongolia", "Course in Mongolia", "Online"], ""),
    ],
)
def test_feed_is_narrowed_by_state_and_programme(client: Client, query: str, found: list[str], name: str) -> None:
    response = client.get(f"/calendar.ics{query}")
    assert sorted(titles(client, query)) == sorted(found)
    unfolded = response.content.decode().replace("\r\n ", "")
    assert f"X-WR-CALNAME:East Asian Biosphere Reserve Network{name}\r\n" in unfolded


@pytest.mark.usefixtures("activities")
@pytest.mark.parametrize(
    "query",
    ["?state=XX", "?state=Mongolia", "?programme=hidden", "?programme=no-such", "?language=xx", "?state=' OR 1"],
)
def test_wrong_filter_is_refused_in_words_and_not_taken_for_none(client: Client, query: str) -> None:
    response = client.get(f"/calendar.ics{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert "Lakes of Mongolia" not in response.content.decode()


def test_feed_speaks_the_language_it_is_asked_for_where_the_record_does(client: Client) -> None:
    EventFactory(title="Lakes", title_ko="호수")
    EventFactory(title="Forests")
    response = client.get("/calendar.ics?language=ko")
    assert response["Content-Language"] == "ko"
    assert sorted(titles(client, "?language=ko")) == ["Forests", "호수"]
    assert client.get("/calendar.ics")["Content-Language"] == "en"


def test_feed_says_how_often_to_ask_and_is_not_sent_again(client: Client) -> None:
    event = EventFactory()
    first = client.get("/calendar.ics")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n" in first.content
    assert first["Cache-Control"] == "public, max-age=900"
    known = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    for headers in (known, {"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get("/calendar.ics", headers=headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    Event.objects.filter(pk=event.pk).update(title_en="Another title")
    assert client.get("/calendar.ics", headers=known).status_code == 200


def test_feed_sets_no_cookie_and_does_not_differ_by_one(client: Client) -> None:
    response = client.get("/calendar.ics")
    assert (response.cookies, "Cookie" in response.get("Vary", "")) == ({}, False)
    assert client.head("/calendar.ics").status_code == 200
    assert client.post("/calendar.ics").status_code == 405


def test_cancelled_event_stays_a_year_so_that_programs_see_it_go(client: Client, today: Any) -> None:
    event = EventFactory(starts_at=START)
    rescheduling.cancel(event=event, reason="", by=None)
    for days, shown in ((0, [("CANCELLED", "1")]), (364, [("CANCELLED", "1")]), (366, [])):
        today.move_to(START + dt.timedelta(days=days))
        found = entries(read_elsewhere(client.get("/calendar.ics").content))
        assert [(one.status.value, one.sequence.value) for one in found] == shown


def test_event_whose_new_day_is_not_known_is_shown_as_cancelled_on_its_old_day(client: Client) -> None:
    event = EventFactory(title="Lakes", starts_at=START)
    sometime = When(dt.datetime(2031, 1, 1, tzinfo=dt.UTC), "year", None, "", event.timezone)
    rescheduling.move(event=event, to=sometime, reason="", by=None)
    calendar = read_elsewhere(client.get("/calendar.ics").content)
    assert spans(calendar) == [("Lakes", START.isoformat(), (START + dt.timedelta(hours=2)).isoformat())]
    assert [(one.status.value, one.sequence.value) for one in entries(calendar)] == [("CANCELLED", "1")]


@pytest.mark.usefixtures("activities")
def test_page_gives_every_calendar_to_open_and_to_copy(client: Client) -> None:
    MemberStateFactory(code="KP")
    page = Page(client.get("/calendar/").content.decode())
    opened = [url for url, _words in page.links() if url.startswith("webcal:")]
    assert opened == [
        f"webcal://localhost:8000/calendar.ics{query}"
        for query in ("", "?state=CN", "?state=KP", "?state=MN", "?programme=forests", "?programme=lakes")
    ]
    for address in opened:
        copied = address.replace("webcal:", "http:")
        assert copied in page.text
        assert client.get(copied).status_code == 200
    assert page.text.count("http://localhost:8000/calendar.ics") == len(opened) + 1
