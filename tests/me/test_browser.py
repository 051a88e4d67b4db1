"""A person's own pages on a phone: nothing is wider than the screen, and every way works without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import Person, RoleRequest
from accounts.roles import requests as role_requests
from tests.factories import BiosphereReserveFactory, PersonFactory, RegistrationFactory
from tests.people import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at(live_server: Any, new_page: Callable[..., Page], focal_point: Person) -> Page:
    """Bat's phone, the narrowest there is, without scripts."""
    page = new_page(viewport={"width": 320, "height": 800}, java_script_enabled=False, base_url=live_server.url)
    cookie = signed_in(focal_point.user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def test_no_page_is_wider_than_the_screen(at: Page, focal_point: Person, stranger: Person) -> None:
    person = PersonFactory(
        name="Person-of-a-very-long-name-without-any-space",
        organisation="O" * 80,
        member_state=focal_point.member_state,
    )
    RegistrationFactory(person=person)
    site = BiosphereReserveFactory(name="Site " + "x" * 60)
    asked = role_requests.ask(person=stranger, role="steward", message="w" * 200, site=("reserve", site.pk))
    pages = (
        "", "profile/", "sites/", "roles/", "roles/ask/", "people/", "people/add/", f"people/{person.pk}/",
        "people/registrations/", "requests/", f"requests/{asked.pk}/", "privacy/",
    )  # fmt: skip
    wide = {}
    for path in (*(f"/me/{page}" for page in pages), "/accounts/sessions/", "/accounts/2fa/", "/privacy/"):
        at.goto(path)
        wide[path] = at.locator("html").bounding_box()["width"] < at.locator("main").bounding_box()["width"]  # type: ignore[index]
        boxes = at.locator("main .own > *, main .account > *").all()
        wide[path] |= any((box.bounding_box() or {"width": 0})["width"] > 320 for box in boxes)
    assert [path for path, too_wide in wide.items() if too_wide] == []


def test_focal_point_decides_without_a_script(at: Page, stranger: Person) -> None:
    site = BiosphereReserveFactory(name="Khuvsgul Lake")
    role_requests.ask(person=stranger, role="steward", message="Named by the park", site=("reserve", site.pk))
    at.goto("/me/")
    at.get_by_role("link", name="See them", exact=True).click()
    at.get_by_role("link", name="Jin").click()
    at.get_by_role("button", name="Keep the decision").click()
    expect(at.locator(".error-summary")).to_contain_text("Your decision: This field is required.")
    at.get_by_label("Refuse").check()
    at.get_by_label("Reason").fill("Another was named")
    at.get_by_role("button", name="Keep the decision").click()
    expect(at.locator(".notice-ok")).to_contain_text("Your decision is kept.")
    assert RoleRequest.objects.get().state == "refused"
