"""Applying in a real browser on a phone, without a script and with one: draft, resumed, an error, checked, sent."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.axe import broken_rules
from tests.factories import MemberStateFactory
from tests.people import signed_in, with_account
from tests.trainings.open_calls import PDF, ask, call, choices, seats
from trainings.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def ground() -> None:
    now = timezone.now()
    training = call(
        starts_at=now + dt.timedelta(days=60), call_opens_at=now - dt.timedelta(days=1), nominations_close_at=now + dt.timedelta(days=9)
    )  # fmt: skip
    seats(training)
    seats(training, funding="self", covers="")
    ask(training, "why", "long", required=True, label="Why do you come?")
    ask(training, "where", "many", choices=choices("lake", "sea"), label="Where do you work?")
    ask(
        training,
        "deep",
        "number",
        required=True,
        label="How deep is the lake?",
        only_if={"question": "where", "answer": "lake"},
    )
    ask(training, "letter", "file", required=True, label="A letter")
    with_account("jin@example.org", "Jin", member_state=MemberStateFactory(code="MN"))


def sign_in(page: Page, host: str) -> None:
    session = signed_in(User.objects.get(email="jin@example.org")).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": host}])


@pytest.mark.parametrize("java_script", [False, True])
def test_draft_resumed_error_check_send(new_page: Any, live_server: Any, ground: None, java_script: bool) -> None:
    host = live_server.url
    page = new_page(java_script_enabled=java_script, viewport=PHONE)
    page.goto(f"{host}/trainings/course/apply/")
    expect(page.get_by_text("To apply you need an account")).to_be_visible()
    sign_in(page, host)
    page.goto(f"{host}/trainings/course/apply/")
    page.get_by_label("Why do you come?").fill("Birds")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("is kept. It is not sent yet.")).to_be_visible()

    page.goto(f"{host}/me/applications/")
    page.get_by_role("link", name="Course").click()
    page.get_by_role("link", name="Go on with the draft").click()
    expect(page.get_by_label("Why do you come?")).to_have_value("Birds")
    deep = page.get_by_label("How deep is the lake?")
    if java_script:
        expect(deep).to_be_hidden()
    else:
        expect(page.get_by_text("Answer this only if your answer to “Where do you work?” is “Lake”.")).to_be_visible()
    page.get_by_label("Lake", exact=True).check()
    deep.fill("very")
    page.get_by_label("Organisation").fill("Hustai")
    page.get_by_label("Role or position").fill("Ranger")
    page.get_by_label("A letter").set_input_files(
        [{"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.get_by_role("button", name="Check the answers").click()

    expect(page).to_have_title("Error: Apply: Course · EABRN")
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("How deep is the lake?")).to_have_value("very")
    expect(page.get_by_text("letter.pdf", exact=True)).to_be_visible()
    page.get_by_label("How deep is the lake?").fill("260")
    page.get_by_label("Fully funded, On site").check()
    if java_script:
        assert broken_rules(page) == []
    page.get_by_role("button", name="Check the answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    for words in ("Birds", "Lake", "260", "letter.pdf", "Travel and hotel"):
        expect(page.get_by_text(words, exact=False).first).to_be_visible()
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Sent. The reference is")).to_be_visible()
    expect(page.get_by_text("It has arrived.")).to_be_visible()
    one = Application.objects.get()
    assert (one.state, one.answers) == ("submitted", {"why": "Birds", "where": ["lake"], "deep": 260})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
