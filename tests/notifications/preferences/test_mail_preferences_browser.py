"""The pages of wishes in a real browser: for a phone, in the dark, without JavaScript, and for those who need help to read."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from notifications import mail_types, topics
from notifications.composing import signed_links
from notifications.mail_types import Facts, MailType
from notifications.models import Address
from notifications.topics import Frequency, Topic
from tests.axe import broken_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def reminders(only_made_up: None) -> None:
    topics.register_topic(
        Topic("reminders", "Reminders of what you are registered for", "Events and trainings, with the link to join.",
              (Frequency.ALL, Frequency.DAY, Frequency.WEEKLY, Frequency.NEVER), default=Frequency.ALL)
    )  # fmt: skip
    mail_types.register(MailType("test.reminder", "R", "reminders", lambda *_which: Facts({}), "test"))


@pytest.fixture
def address(live_server: Any) -> str:
    token = signed_links.token_of(Address.objects.create(email="reader@example.org"))
    return f"{live_server.url}/me/mail/{token}/"


def never(page: Page) -> Any:
    return page.get_by_role("group", name="News").get_by_label("Not at all")


@pytest.mark.parametrize("java_script", [True, False])
def test_reader_chooses_stops_all_and_chooses_again(new_page: Any, address: str, java_script: bool) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, java_script_enabled=java_script)
    page.goto(address)
    never(page).check()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_role("status")).to_contain_text("Your choice is kept.")
    expect(never(page)).to_be_checked()
    page.get_by_role("button", name="Send me no mails at all").click()
    expect(page.get_by_role("status")).to_contain_text("No mails of any topic")
    assert page.get_by_label("Not at all").count() == 2
    for radio in page.get_by_label("Not at all").all():
        expect(radio).to_be_checked()
    page.get_by_role("group", name="News").get_by_label("Each one at once").check()
    page.get_by_role("button", name="Keep this choice").click()
    assert Address.objects.get().wishes["news"] == "all"


@pytest.mark.parametrize("java_script", [True, False])
def test_reader_stops_one_topic_and_starts_again(new_page: Any, address: str, java_script: bool) -> None:
    page = new_page(java_script_enabled=java_script)
    page.goto(f"{address}reminders/")
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("status")).to_contain_text("No further mail of this topic")
    assert Address.objects.get().wishes == {"reminders": "never"}
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("h1")).to_have_text("These mails come again")
    assert Address.objects.get().wishes == {"reminders": "all"}
    page.get_by_role("link", name="All your mails, topic by topic").click()
    expect(page.locator("h1")).to_have_text("Which mails you get")


@pytest.mark.parametrize("state", ["", "stop", "stopped", "disabled", "error"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_everybody_can_read_it(new_page: Any, address: str, state: str, width: int, scheme: str) -> None:
    if state == "stopped":
        Address.objects.update(wishes={"reminders": "never"})
    if state == "disabled":
        Address.objects.update(disabled_at="2026-11-24T12:00:00Z")
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{address}reminders/" if state.startswith("stop") else address)
    if state == "error":
        page.evaluate("document.querySelectorAll('input[name=news]').forEach(radio => radio.remove())")
        page.get_by_role("button", name="Keep this choice").click()
        expect(page.locator(".error-summary")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert broken_rules(page) == []
