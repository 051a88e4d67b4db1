"""Times and calendars in a real browser: without a script, for those who need help to read, on small and dark screens."""

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from accounts.models import Person
from activities.rescheduling.moves import When
from events.participation import calendar_tokens
from events.registration import rescheduling
from tests.axe import broken_rules
from tests.factories import EventFactory, MemberStateFactory, ProgrammeFactory, TrainingFactory
from tests.people import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)
PATHS = (
    "/events/lakes/",
    "/events/lakes/?zone=Europe/Paris",
    "/events/lakes/?zone=Mars/Phobos",
    "/events/off/",
    "/trainings/course/?zone=Asia/Tokyo",
    "/events/?zone=America/Argentina/Buenos_Aires",
    "/calendar/",
)


@pytest.fixture
def portal(live_server: Any) -> str:
    MemberStateFactory(code="KP")
    programme = ProgrammeFactory(slug="lakes", name="Lakes and rivers of the high mountains")
    event = EventFactory(
        slug="lakes", title="Lakes", states=["MN"], timezone="Asia/Shanghai",
        registration_closes_at=START - dt.timedelta(days=3),
    )  # fmt: skip
    event.programmes.add(programme)
    rescheduling.move(
        event=event, to=When(START.replace(hour=15, minute=30), "minute", None, "", "Asia/Shanghai"), by=None,
        reason="The host asked for it.",
    )  # fmt: skip
    rescheduling.cancel(event=EventFactory(slug="off", title="Off"), reason="A typhoon.", by=None)
    TrainingFactory(slug="course", title="Course", states=["KP"])
    return live_server.url


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (390, "dark"), (1280, "dark")])
def test_everybody_can_read_it(new_page: Any, portal: str, path: str, width: int, scheme: str) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{portal}{path}")
    open_folds(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert broken_rules(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_everybody_can_read_the_page_of_the_own_calendar(
    new_page: Any, portal: str, stranger: Person, width: int, scheme: str
) -> None:
    calendar_tokens.renew(person=stranger)
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    session = signed_in(stranger.user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": portal}])
    page.goto(f"{portal}/me/calendar/")
    assert page.locator(".address code").text_content().endswith(f"{stranger.calendar_token.token}.ics")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert broken_rules(page) == []


def test_zone_is_chosen_remembered_and_forgotten_without_a_script(new_page: Any, portal: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{portal}/events/lakes/")
    page.get_by_text("Times in my zone").click()
    page.get_by_label("Your time zone").select_option("Europe/Paris")
    page.get_by_role("button", name="Show").click()
    assert page.url == f"{portal}/events/lakes/?zone=Europe%2FParis"
    own = page.locator(".times > div", has_text="Your time").first
    assert own.locator("dd").inner_text() == "Tuesday 1 October 2030\n17:30\nParis, Europe/Paris (UTC+2)"
    page.goto(f"{portal}/events/lakes/")
    assert page.locator(".times").get_by_text("Paris").count() == 0
    page.get_by_text("Times in my zone").click()
    page.get_by_label("Your time zone").select_option("Asia/Tokyo")
    page.get_by_label("Remember it in this browser").check()
    page.get_by_role("button", name="Show").click()
    page.goto(f"{portal}/trainings/course/")
    assert page.locator(".times").get_by_text("Tokyo, Asia/Tokyo (UTC+9)").is_visible()
    page.get_by_text("Times in another zone").click()
    page.get_by_label("Your time zone").select_option("")
    page.get_by_label("Remember it in this browser").check()
    page.get_by_role("button", name="Show").click()
    assert page.locator(".times").get_by_text("Tokyo").count() == 0


def test_seven_capitals_are_shown_on_request_without_a_script(new_page: Any, portal: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{portal}/events/lakes/")
    first = page.locator(".zones-list").first
    assert first.is_visible() is False
    page.get_by_text("The start in the seven capitals").click()
    assert first.locator("li").all_inner_texts() == [
        "18:30 Moscow (Europe/Moscow, UTC+3)",
        "20:30 Astana (Asia/Almaty, UTC+5)",
        "23:30 Beijing (Asia/Shanghai, UTC+8)",
        "23:30 Ulaanbaatar (Asia/Ulaanbaatar, UTC+8)",
        "00:30 Pyongyang (Asia/Pyongyang, UTC+9)\nWednesday 2 October 2030",
        "00:30 Seoul (Asia/Seoul, UTC+9)\nWednesday 2 October 2030",
        "00:30 Tokyo (Asia/Tokyo, UTC+9)\nWednesday 2 October 2030",
    ]


def test_script_suggests_the_zone_of_the_browser_and_sends_nothing(new_page: Any, portal: str) -> None:
    page = new_page(timezone_id="Asia/Seoul")
    page.goto(f"{portal}/events/lakes/")
    page.get_by_text("Times in my zone").click()
    assert page.get_by_label("Your time zone").input_value() == "Asia/Seoul"
    assert page.get_by_text("Your browser is set to this zone.").is_visible()
    assert page.url == f"{portal}/events/lakes/"
    assert page.context.cookies() == []
    page.goto(f"{portal}/events/lakes/?zone=Europe/Paris")
    page.get_by_text("Times in another zone").click()
    assert page.get_by_text("Your browser is set to this zone.").is_visible() is False
    assert page.get_by_label("Your time zone").input_value() == "Europe/Paris"
