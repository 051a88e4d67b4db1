"""On a phone without scripts: a session that ends while somebody writes, and a finger that is too quick."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.factories import MemberStateFactory
from tests.people import signed_in
from tests.trainings.open_calls import ask, call
from trainings.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long pass phrase"


@pytest.fixture
def phone(live_server: Any, new_page: Callable[..., Page]) -> Page:
    return new_page(viewport={"width": 390, "height": 800}, java_script_enabled=False, base_url=live_server.url)


def is_cut(page: Page) -> bool:
    return (page.locator("main").bounding_box() or {"width": 9999})["width"] > 390


def test_application_through_a_session_that_ended(phone: Page, stranger: Person) -> None:
    stranger.member_state = MemberStateFactory(code="MN", name="Mongolia")
    stranger.save()
    now = timezone.now()
    day = dt.timedelta(days=1)
    ask(
        call(starts_at=now + 60 * day, call_opens_at=now - day, nominations_close_at=now + 9 * day),
        "why", "long", label="Why do you come?",
    )  # fmt: skip
    stranger.user.set_password(PASSWORD)
    stranger.user.save()

    def sign_in() -> None:
        phone.get_by_label("Email").fill(stranger.user.email)
        phone.get_by_label("Password", exact=True).fill(PASSWORD)
        phone.get_by_label("Password", exact=True).press("Enter")

    phone.goto("/accounts/login/?next=/trainings/course/apply/")
    sign_in()
    phone.get_by_label("Why do you come?").fill("I count cranes,\nand want to learn more.")
    Session.objects.all().delete()
    phone.get_by_role("button", name="Save the draft").click()
    sign_in()
    expect(phone.get_by_role("heading", name="What you typed was kept")).to_be_visible()
    assert not is_cut(phone)
    phone.get_by_text("Read what you wrote").click()
    expect(phone.get_by_text("I count cranes,")).to_be_visible()
    phone.get_by_role("button", name="Send what I typed").click()
    expect(phone.get_by_label("Why do you come?")).to_have_value("I count cranes,\nand want to learn more.")
    assert Application.objects.get().answers == {"why": "I count cranes,\nand want to learn more."}


def test_two_taps_add_one_person(phone: Page, live_server: Any, focal_point: Person) -> None:
    cookie = signed_in(focal_point.user).cookies[settings.SESSION_COOKIE_NAME].value
    phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    phone.goto("/me/people/add/")
    phone.get_by_label("Name in Latin letters").fill("Sarnai")
    phone.locator("[name=agreed]").check()
    phone.locator("main").get_by_role("button").last.dblclick()
    expect(phone.get_by_role("heading", name="Sarnai")).to_be_visible()
    assert Person.objects.filter(name="Sarnai").count() == 1
    phone.go_back()  # the page is fetched anew, and the browser fills in what was typed
    phone.locator("main").get_by_role("button").last.click()
    expect(phone.get_by_role("heading", name="You sent this a moment ago")).to_be_visible()
    assert not is_cut(phone)
    phone.get_by_role("link", name="See what was done").click()
    expect(phone.get_by_role("heading", name="Sarnai")).to_be_visible()
    assert Person.objects.filter(name="Sarnai").count() == 1
