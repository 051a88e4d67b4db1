"""Officers take the address of a personal calendar back, and never see it."""

import pytest
from django.test import Client

from events.models import CalendarToken
from events.participation import calendar_tokens
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LISTED = "/admin/events/calendartoken/"


@pytest.fixture
def token() -> CalendarToken:
    return calendar_tokens.renew(person=PersonFactory(name="Dorj", email="dorj@example.org"))


def test_address_is_never_shown(officer_client: Client, token: CalendarToken) -> None:
    for page in (LISTED, f"{LISTED}?q=dorj", f"{LISTED}{token.pk}/change/"):
        text = officer_client.get(page).content.decode()
        assert ("Dorj" in text, token.token in text) == (True, False)
    assert "0 of 1 selected" not in officer_client.get(f"{LISTED}?q={token.token}").content.decode()


def test_address_is_not_written_by_hand(officer_client: Client, token: CalendarToken) -> None:
    for page in (f"{LISTED}add/", f"{LISTED}{token.pk}/delete/", f"{LISTED}{token.pk}/change/"):
        assert officer_client.post(page, {"token": "x", "post": "yes"}).status_code == 403
    assert CalendarToken.objects.get().token == token.token


def test_officer_takes_it_back(officer_client: Client, token: CalendarToken) -> None:
    kept = calendar_tokens.renew(person=PersonFactory())
    data = {"action": "revoke", "_selected_action": [token.pk]}
    assert "1 address was taken back." in officer_client.post(LISTED, data, follow=True).content.decode()
    assert Client().get(f"/calendar/{token.token}.ics").status_code == 404
    assert list(CalendarToken.objects.all()) == [kept]
