"""The clocks of the reader: from the address, the profile or a cookie, and never an error."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from eabrn_portal import page_cache
from tests.factories import EventFactory, TrainingFactory
from tests.look.pages import Page
from tests.people import signed_in, with_account

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)  # 09:00 in Ulaanbaatar


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(START - dt.timedelta(days=60), tick=False):
        yield


def own(client: Client, address: str) -> Any:
    clocks = client.get(address).context["reader_clocks"]
    return clocks and f"{clocks.days}, {clocks.hours}, {clocks.zone}"


@pytest.mark.parametrize("factory", [EventFactory, TrainingFactory])
def test_zone_of_the_address_stands_beside_that_of_the_place(client: Client, factory: Any) -> None:
    address = factory(starts_at=START.replace(hour=20)).get_absolute_url()
    assert own(client, address) is None
    assert own(client, f"{address}?zone=Europe/Paris") == (
        "Tuesday 1 October 2030, 22:00, to Wednesday 2 October 2030, 00:00, , Paris, Europe/Paris (UTC+2)"
    )
    text = Page(client.get(f"{address}?zone=Asia/Tokyo").content.decode()).text
    assert "Wednesday 2 October 2030 04:00 to 06:00 Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)" in text
    assert "Your time Wednesday 2 October 2030 05:00 to 07:00 Tokyo, Asia/Tokyo (UTC+9)" in text
    assert client.cookies == {}


def test_chosen_zone_is_selected_also_when_it_is_another_spelling(client: Client) -> None:
    address = EventFactory().get_absolute_url()
    for zone in ("Europe/Paris", "Asia/Calcutta"):
        page = Page(client.get(f"{address}?zone={zone}").content.decode())
        assert [option["value"] for option in page.attributes("option") if "selected" in option] == [zone]


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../etc/passwd", "<b>", "x" * 3000, "Азия", "%00"])
@pytest.mark.parametrize("path", ["", "events/"])
def test_what_is_no_zone_is_said_and_the_page_stands(client: Client, zone: str, path: str) -> None:
    event = EventFactory()
    response = client.get(f"/{path}" if path else event.get_absolute_url(), {"zone": zone})
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert f"“{zone[:40]}” is not a time zone name" in page.text
    assert [one.get("aria-describedby") for one in page.attributes("select") if one["id"] == "id_zone"] == [
        "id_zone_error"
    ]
    assert "Your time " not in page.text.replace("Your time zone", "")


def test_profile_stands_before_the_cookie_and_behind_the_address() -> None:
    reader = with_account("reader@example.org", "Reader", time_zone="Asia/Tokyo")
    client, address = signed_in(reader.user), EventFactory().get_absolute_url()
    client.cookies["zone"] = "Europe/Paris"
    assert "Tokyo" in own(client, address)
    assert "Moscow" in own(client, f"{address}?zone=Europe/Moscow")
    assert "remember" not in client.get(address).content.decode()


def test_profile_in_which_nobody_chose_a_zone_leaves_it_to_the_cookie() -> None:
    client, address = signed_in(with_account("reader@example.org", "Reader").user), EventFactory().get_absolute_url()
    assert own(client, address) is None  # UTC is nobody's time
    assert own(client, f"{address}?zone=UTC") is None
    client.cookies["zone"] = "Europe/Paris"
    assert "Paris" in own(client, address)


def test_zone_is_remembered_only_when_the_reader_says_so(client: Client) -> None:
    address = EventFactory().get_absolute_url()
    client.get(f"{address}?zone=Asia/Tokyo")
    assert own(client, address) is None
    response = client.get(f"{address}?zone=Asia/Seoul&remember=1")
    assert (response.status_code, response["Location"]) == (302, f"{address}?zone=Asia%2FSeoul")
    cookie = response.cookies["zone"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["max-age"]) == (
        "Asia/Seoul",
        "Lax",
        True,
        31536000,
    )
    assert "Seoul" in own(client, address)
    response = client.get(f"{address}?zone=&remember=1")
    assert response["Location"] == address
    assert own(client, address) is None


@pytest.mark.parametrize("zone", ["Mars/Phobos", "Asia/Tokyo; Path=/", 'a"b'])
def test_what_is_no_zone_is_neither_remembered_nor_read(client: Client, zone: str) -> None:
    address = EventFactory().get_absolute_url()
    response = client.get(address, {"zone": zone, "remember": "1"})
    assert (response.status_code, response.cookies.get("zone")) == (302, None)
    assert client.get(response["Location"]).status_code == 200
    client.cookies["zone"] = zone
    assert own(client, address) is None


def test_list_shows_hours_of_what_is_coming_on_both_clocks_and_keeps_its_filters(client: Client) -> None:
    EventFactory(title="Lakes", kind="webinar")
    EventFactory(title="Day", kind="webinar", start_precision="day")
    page = Page(client.get("/events/?kind=webinar&zone=Asia/Tokyo").content.decode())
    assert page.text.count("Tuesday 1 October 2030, 09:00 to 11:00, Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)") == 1
    assert page.text.count("Your time: Tuesday 1 October 2030, 10:00 to 12:00, Tokyo, Asia/Tokyo (UTC+9)") == 1
    hidden = [
        (one["name"], one["value"], one.get("form")) for one in page.attributes("input") if one.get("type") == "hidden"
    ]
    assert ("kind", "webinar", None) in hidden  # the form of the zone keeps the filter
    assert ("zone", "Asia/Tokyo", "filters") in hidden  # the filter keeps the zone


def test_deadline_is_told_on_both_clocks(client: Client) -> None:
    event = EventFactory(registration_closes_at=START - dt.timedelta(days=1, hours=10))
    text = Page(client.get(f"{event.get_absolute_url()}register/?zone=Europe/Paris").content.decode()).text
    assert "Sunday 29 September 2030 23:00 Ulaanbaatar, Asia/Ulaanbaatar (UTC+8)" in text
    assert "Your time: Sunday 29 September 2030, 17:00 Paris, Europe/Paris (UTC+2)" in text


def test_kept_page_of_one_zone_is_never_that_of_another(client: Client, settings: Any, monkeypatch: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    version = page_cache.data_version
    monkeypatch.setattr(page_cache, "data_version", lambda: page_cache.Version(version().number))
    address = EventFactory().get_absolute_url()
    assert "Your time " not in Page(client.get(address).content.decode()).text.replace("Your time zone", "")
    for city in ("Tokyo", "Seoul"):
        for _again in range(2):
            response = Client().get(f"{address}?zone=Asia/{city}")
            assert f"{city}, Asia/{city} (UTC+9)" in Page(response.content.decode()).text
            assert "Cookie" in response["Vary"]
    client.cookies["zone"] = "Asia/Tokyo"
    assert "Tokyo, Asia/Tokyo (UTC+9)" in Page(client.get(address).content.decode()).text
    assert "Tokyo, Asia/Tokyo (UTC+9)" not in Page(Client().get(address).content.decode()).text


def test_event_known_to_the_day_asks_for_no_zone(client: Client) -> None:
    response = client.get(f"{EventFactory(start_precision='day').get_absolute_url()}?zone=Asia/Tokyo")
    assert response.context["reader_clocks"] is None
    assert 'id="id_zone"' not in response.content.decode()
