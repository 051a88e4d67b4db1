"""Ways into the portal in a real browser under the strict policy: sign-up by code, and an officer's second factor."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from accounts.models import Person, User
from tests.factories import PASSWORD
from tests.people import mailed_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at(live_server: Any, new_page: Callable[..., Page]) -> Page:
    """A phone, at a name that passkeys accept: they know no numbers."""
    page = new_page(viewport={"width": 390, "height": 800}, base_url=live_server.url.replace("127.0.0.1", "localhost"))
    return page


def keeps_passkeys(page: Page) -> None:
    """The page's device has a sensor for fingers, and the finger is on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )


def with_password(user: User | None) -> User:
    assert user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Sign In").first.click()


def confirm_password(page: Page) -> None:
    """Asked before anything that guards the account is changed."""
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


@pytest.mark.parametrize("java_script", [True, False])
def test_ranger_signs_up_by_code(live_server: Any, new_page: Callable[..., Page], java_script: bool) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, java_script_enabled=java_script, base_url=live_server.url)
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("ranger@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Sign Up").click()
    page.get_by_label("Code").fill("12345678" if mailed_code() != "12345678" else "87654321")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".error-summary")).to_contain_text("Incorrect code")
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("What you have to do")
    assert Person.objects.get().user == User.objects.get(email="ranger@example.org")


def test_officer_is_led_to_an_authenticator_app_and_then_in(at: Page, officer: Person) -> None:
    user = with_password(officer.user)
    at.goto("/admin/")
    sign_in(at, user)
    expect(at.locator(".notice", has_text="asks for a second factor")).to_be_visible()
    at.get_by_role("link", name="Activate").click()
    confirm_password(at)
    secret = at.get_by_label("Authenticator secret").input_value()
    counter = next(iter(yield_hotp_counters_from_time()))
    at.get_by_label("Authenticator code").fill(format_hotp_value(hotp_value(secret, counter)))
    at.get_by_role("button", name="Activate").click()
    at.goto("/admin/")
    expect(at.locator("#content h1")).to_have_text("Today")
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_officer_may_use_a_passkey(at: Page, officer: Person) -> None:
    user = with_password(officer.user)
    keeps_passkeys(at)
    at.goto("/admin/")
    sign_in(at, user)
    at.get_by_role("link", name="Add", exact=True).click()
    confirm_password(at)
    at.get_by_label("Name").fill("Office laptop")
    at.get_by_label("Passwordless").check()
    at.get_by_role("button", name="Add", exact=True).click()
    expect(at.locator("h1")).to_have_text("Recovery Codes")
    at.goto("/accounts/2fa/webauthn/")
    expect(at.locator("main")).to_contain_text("Office laptop")
    at.goto("/accounts/logout/")
    at.locator("main").get_by_role("button", name="Sign Out").click()
    at.goto("/accounts/login/?next=/admin/")
    at.get_by_role("button", name="Sign in with a passkey").click()
    expect(at.locator("#content h1")).to_have_text("Today")


def test_ranger_signs_up_with_a_passkey_and_comes_back_with_it(at: Page) -> None:
    keeps_passkeys(at)
    at.goto("/accounts/signup/")
    at.get_by_role("link", name="Create an account with a passkey").click()
    at.get_by_label("Email").fill("ranger@example.org")
    at.get_by_role("button", name="Send the code").click()
    at.get_by_label("Code").fill(mailed_code())
    at.get_by_role("button", name="Confirm").click()
    at.get_by_label("Name").fill("My phone")
    at.get_by_role("button", name="Create", exact=True).click()
    expect(at.locator("h1")).to_have_text("What you have to do")
    user = User.objects.get(email="ranger@example.org")
    assert not user.has_usable_password()
    assert Person.objects.get().user == user
    assert [(kept.type, kept.wrap().name) for kept in Authenticator.objects.all()] == [("webauthn", "My phone")]
    at.goto("/accounts/logout/")
    at.locator("main").get_by_role("button", name="Sign Out").click()
    at.goto("/accounts/login/")
    at.get_by_role("button", name="Sign in with a passkey").click()
    expect(at.locator("h1")).to_have_text("What you have to do")


@pytest.mark.parametrize("java_script", [True, False])
def test_who_cannot_keep_a_passkey_signs_in_by_code(
    live_server: Any, new_page: Callable[..., Page], java_script: bool
) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, java_script_enabled=java_script, base_url=live_server.url)
    page.goto("/accounts/signup/passkey/")
    page.get_by_label("Email").fill("ranger@example.org")
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("main")).to_contain_text("your account is there, and you can sign in with a code by mail")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_label("Email").fill("ranger@example.org")
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code").fill(mailed_code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("What you have to do")
