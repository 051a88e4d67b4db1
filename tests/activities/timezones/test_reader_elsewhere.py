"""The reader's own clocks on the home page and in the panels of other records, as in the lists."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eabrn_portal import page_cache
from events.models import Event
from records.listing.panels import panels_of
from tests.factories import BiosphereReserveFactory, EventFactory, PartnerFactory, ProgrammeFactory, SeriesFactory
from tests.look.pages import Page
from tests.people import signed_in, with_account

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)  # 09:00 in Ulaanbaatar, 10:00 in Tokyo
PAGES = ("/", "/member-states/MN/", "/partners/host/", "/programmes/lakes/", "/events/whole/", "/events/sibling/")
HERE = "Tuesday 1 October 2030, 09:00 to 11:00, Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)"
OWN = "Your time: Tuesday 1 October 2030, 10:00 to 12:00, Tokyo, Asia/Tokyo (UTC+9)"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(START - dt.timedelta(days=60), tick=False):
        yield


@pytest.fixture
def event() -> Event:
    """Held in Mongolia, by a partner, under a programme, at a site, part of another and of a series."""
    EventFactory(slug="sibling", starts_at=START - dt.timedelta(days=400), status="held")
    whole = EventFactory(slug="whole", starts_at=START - dt.timedelta(days=400), status="held")
    event = EventFactory(slug="lakes", title="Lakes", starts_at=START, states=["MN"], part_of=whole)
    event.involvements.create(partner=PartnerFactory(slug="host"), role="organiser")
    event.programmes.add(ProgrammeFactory(slug="lakes"))
    event.site_links.create(site=BiosphereReserveFactory(slug="site", states=["MN"]))
    EventFactory(title="Alone", starts_at=START)
    Event.objects.filter(slug__in=["lakes", "sibling"]).update(series=SeriesFactory())
    return event


def text(client: Client, address: str) -> str:
    return Page(client.get(address).content.decode()).text


@pytest.mark.usefixtures("event")
@pytest.mark.parametrize("page", PAGES)
def test_time_is_told_on_both_clocks_wherever_the_zone_comes_from(page: str, client: Client) -> None:
    assert (HERE in text(client, page), "Your time:" in text(client, page)) == (True, False)
    assert OWN in text(client, f"{page}?zone=Asia/Tokyo")
    remembering = Client()
    remembering.cookies["zone"] = "Asia/Tokyo"
    assert OWN in text(remembering, page)
    profile = signed_in(with_account("hana@example.org", "Hana", time_zone="Asia/Tokyo").user)
    assert OWN in text(profile, page)
    assert "Your time:" not in text(client, f"{page}?zone=Asia/Ulaanbaatar")


@pytest.mark.usefixtures("event")
def test_card_of_what_is_open_tells_it_too(client: Client) -> None:
    Event.objects.update(registration_opens_at=START - dt.timedelta(days=90))
    assert OWN.replace("12:00,", "12:00") in text(client, "/?zone=Asia/Tokyo")
    assert "Times in my zone" in text(client, "/")
    assert "Times in my zone" not in text(client, "/?zone=Asia/Tokyo")


@pytest.mark.usefixtures("event")
def test_page_of_a_site_is_the_same_for_everybody(client: Client) -> None:
    assert HERE in text(client, "/reserves/site/")
    assert "Your time:" not in text(client, "/reserves/site/?zone=Asia/Tokyo")


@pytest.mark.usefixtures("event")
@pytest.mark.parametrize("page", PAGES)
def test_one_readers_clocks_are_not_kept_for_another(page: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    version = page_cache.data_version
    monkeypatch.setattr(page_cache, "data_version", lambda: page_cache.Version(version().number))
    remembering = Client()
    remembering.cookies["zone"] = "Asia/Tokyo"
    assert OWN in text(remembering, page)
    first = Client().get(page)
    assert ("Cookie" in first["Vary"], first.cookies) == (True, {})
    assert "Your time:" not in Page(first.content.decode()).text
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(page).content == first.content
    assert len(asked) == 1
    assert OWN in text(Client(), f"{page}?zone=Asia/Tokyo")


@pytest.mark.usefixtures("event")
def test_panel_that_is_kept_says_until_when_an_event_is_yet_to_come() -> None:
    programme = Event.objects.get(slug="lakes").programmes.get()
    (panel,) = [one for one in panels_of(programme) if one.key == "events"]
    assert panel.until == START + dt.timedelta(hours=2)
