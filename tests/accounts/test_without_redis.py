"""Redis is away: people sign in, stay signed in and sign up all the same, and limits count on."""

import re
from typing import Any

import pytest
from django.conf import settings as of_portal
from django.core import mail
from django.test import Client

from accounts.models import Person
from notifications.delivery import sending
from tests.factories import PASSWORD
from tests.people import show_factor, signed_in
from tests.ports import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _away(settings: Any) -> None:
    """The cache of a real portal, where nobody listens."""
    nowhere = f"redis://127.0.0.1:{free_port()}/2"
    default = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}
    settings.CACHES = {"default": default, "limits": of_portal.CACHES["limits"]}
    settings.PAGE_CACHE_SECONDS = 60


def code() -> str:
    sending.send_due()
    found = re.search(r"^ {4}(\d{8})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def test_sessions_are_kept_in_the_database() -> None:
    assert of_portal.SESSION_ENGINE == "django.contrib.sessions.backends.db"


def test_somebody_signs_up_and_is_in() -> None:
    browser = Client()
    browser.post("/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD})
    browser.post("/accounts/confirm-email/", {"code": code()})
    assert browser.get("/me/").status_code == 200


def test_password_and_code_let_in_and_the_session_goes_on(stranger: Person) -> None:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    assert (answer.status_code, browser.get("/me/").status_code) == (302, 200)
    browser = Client()
    browser.post("/accounts/login/code/", {"email": "jin@example.org"})
    browser.post("/accounts/login/code/confirm/", {"code": code()})
    assert browser.get("/me/profile/").status_code == 200


def test_officer_works(officer: Person, officer_client: Client) -> None:
    assert officer_client.get("/admin/").status_code == 200
    assert officer_client.get("/admin/accounts/person/").status_code == 200


def test_guesses_are_counted(stranger: Person) -> None:
    for _guess in range(5):
        Client().post("/accounts/login/", {"login": "jin@example.org", "password": "wrong-horse"})
    refused = Client().post("/accounts/login/", {"login": "jin@example.org", "password": PASSWORD})
    assert "Too many failed login attempts" in str(refused.context["form"].errors)


@pytest.mark.parametrize(
    "page", ["/", "/reserves/", "/events/", "/search/?q=lake", "/accounts/login/", "/accounts/sessions/"]
)
def test_pages_answer_for_who_is_signed_in(page: str, stranger: Person) -> None:
    browser = signed_in(stranger.user)
    show_factor(browser, stranger.user)
    assert browser.get(page).status_code in (200, 302)
