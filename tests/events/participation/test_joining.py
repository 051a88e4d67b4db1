"""The personal address: when it opens, for whom, and what it shows."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from events.mails.facts import facts_of
from events.models import DoorOpening, Event, Registration
from events.places.signed_links import place_url
from notifications.models import Mail
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


def test_place_on_site_shows_no_links_and_its_mails_carry_no_address_to_join(
    registration: Registration, client: Client
) -> None:
    Event.objects.update(format="hybrid", venue="Khatgal")
    Registration.objects.update(presence="onsite")
    answer = page(registration, 0, client)
    assert answer.context["door"] == "onsite"
    text = answer.content.decode()
    assert LINK not in text
    assert "Your place is on site." in text
    assert "Khatgal" in text
    onsite = Registration.objects.get()
    assert facts_of(onsite)["join_url"] == ""
    onsite.presence = "online"
    assert facts_of(onsite)["join_url"].endswith(f"/join/{onsite.join_token}/")


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


@pytest.mark.parametrize(
    ("minutes", "words", "refresh"),
    [
        (-2 * 24 * 60 - 30 - 180, "2 days and 3 hours", 0),
        (-30 - 95, "1 hour and 35 minutes", 0),
        (-30 - 45, "45 minutes", 60),
        (-31, "1 minute", 60),
    ],
)
def test_countdown_stands_in_the_text_and_the_page_loads_itself_when_it_is_near(
    registration: Registration, client: Client, minutes: int, words: str, refresh: int
) -> None:
    text = page(registration, minutes, client).content.decode()
    assert f"<strong>{words}</strong>" in text
    assert ("http-equiv" in text) is bool(refresh)
    if refresh:
        assert f'<noscript><meta http-equiv="refresh" content="{refresh}"></noscript>' in text


def test_open_page_does_not_load_itself(registration: Registration, client: Client) -> None:
    assert "http-equiv" not in page(registration, 0, client).content.decode()


def test_every_way_in_is_shown_for_the_event_and_for_its_sessions(registration: Registration, client: Client) -> None:
    event = registration.event
    session = event.sessions.create(title="Birds", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    event.join_links.create(provider="voov", url="https://voov.example/1", session=session)
    event.join_links.create(provider="phone", dial_in="Mongolia +976 11 123456\nJapan +81 3 1234")
    answer = page(registration, 0, client)
    groups = [(title, [link.provider for link in links]) for title, links in answer.context["link_groups"]]
    assert groups == [("", ["zoom", "phone"]), ("Birds", ["voov"])]
    assert "Japan +81 3 1234" in answer.content.decode()


def test_first_opening_of_the_door_is_noted_and_nothing_more(registration: Registration, client: Client) -> None:
    page(registration, -60, client)
    assert not DoorOpening.objects.exists()
    for minutes in (-10, 5):
        page(registration, minutes, client)
    assert DoorOpening.objects.get().at == START - dt.timedelta(minutes=10)


def test_new_address_goes_by_mail_and_is_not_shown(registration: Registration, client: Client) -> None:
    old = registration.join_token
    with time_machine.travel(START - dt.timedelta(days=1), tick=False):
        answer = client.post(f"/join/{old}/renew/", follow=True)
    registration.refresh_from_db()
    assert registration.join_token != old
    assert registration.join_token not in answer.content.decode()
    assert client.get(f"/join/{old}/").status_code == 404
    assert [mail.kind for mail in Mail.objects.all()] == ["events.new_address"]


def test_address_is_renewed_by_a_button_only(registration: Registration, client: Client) -> None:
    assert client.get(f"/join/{registration.join_token}/renew/").status_code == 405
    registration.refresh_from_db()
    assert Mail.objects.count() == 0


def test_renewing_ends_every_older_link_together(registration: Registration, client: Client) -> None:
    """The place's own link in the same mail too: whoever else has the mail must not see the new address by it."""
    with time_machine.travel(START - dt.timedelta(days=1), tick=False):
        older = place_url(registration).removeprefix(settings.SITE_URL)
        assert client.get(older).status_code == 200
        client.post(f"/join/{registration.join_token}/renew/")
        assert client.get(older).status_code == 404
        assert client.post(older, {"act": "cancel"}).status_code == 404
        assert client.get(f"/join/{registration.join_token}/").status_code == 404
        registration.refresh_from_db()
        assert registration.state == "confirmed"
        newer = place_url(registration).removeprefix(settings.SITE_URL)
        assert client.get(newer).status_code == client.get(f"/join/{registration.join_token}/").status_code == 200


def test_links_end_some_time_after_the_event(registration: Registration, client: Client) -> None:
    links = (place_url(registration).removeprefix(settings.SITE_URL), f"/join/{registration.join_token}/")
    assert [page(registration, 0, client).status_code for _link in links] == [200, 200]
    for days, status in ((399, 200), (401, 404)):
        with time_machine.travel((registration.event.ends_at or START) + dt.timedelta(days=days), tick=False):
            assert [client.get(link).status_code for link in links] == [status, status]


def test_ended_registration_has_no_address_to_renew(registration: Registration, client: Client) -> None:
    Registration.objects.update(state="cancelled")
    answer = client.post(f"/join/{registration.join_token}/renew/", follow=True)
    assert "This registration has ended" in answer.content.decode()
    assert not Mail.objects.exists()


def test_officer_makes_addresses_worthless_with_and_without_a_mail(
    registration: Registration, officer_client: Client
) -> None:
    tokens = [registration.join_token]
    for action in ("revoke_addresses", "renew_addresses"):
        data = {"action": action, "_selected_action": [registration.pk]}
        assert officer_client.post("/admin/events/registration/", data).status_code == 302
        registration.refresh_from_db()
        tokens.append(registration.join_token)
    assert len(set(tokens)) == 3
    assert Mail.objects.count() == 1


def test_link_of_a_session_of_another_event_is_refused(registration: Registration) -> None:
    other = EventFactory().sessions.create(title="X", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    link = registration.event.join_links.get()
    link.session = other
    with pytest.raises(ValidationError):
        link.full_clean()
