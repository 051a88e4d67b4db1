"""The selection in a real browser: how many pages it takes, its keys, and nothing that hinders a reader."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from notifications.models import Mail
from tests.events.test_running_browser import sound
from tests.factories import PersonFactory, UserFactory
from tests.people import give_second_factor
from tests.trainings.open_calls import ask, call, choices, seats
from tests.trainings.standing import in_state
from tests.trainings.test_running_browser import enter
from trainings.models import SelectionDecision, Training
from trainings.selection import scoring
from trainings.workflow import application_files

from .test_application_page import two_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)


class Loads:
    """Counts the pages that are loaded; a POST and the page it leads to are one."""

    def __init__(self, page: Page) -> None:
        self.number = 0
        page.on("response", self._seen)

    def _seen(self, response: Any) -> None:
        request = response.request
        self.number += bool(
            request.is_navigation_request() and response.status < 300 and request.frame.parent_frame is None
        )


@pytest.fixture
def training(officer: Person) -> Training:
    """A call that has closed: twelve people, two of whom are read with files and answers."""
    assert officer.user
    give_second_factor(officer.user)
    now = timezone.now()
    made = call(
        starts_at=now + 90 * DAY, call_opens_at=now - 30 * DAY, nominations_close_at=now - DAY, endorsement_required=False,
        timezone="Asia/Ulaanbaatar",
    )  # fmt: skip
    funded = seats(made, seats=9)
    seats(made, seats=5, funding="self")
    ask(made, "aim", "long", label="What will you do with it?")
    ask(made, "fields", "many", choices=choices("birds", "fish"))
    ask(made, "letter", "file", label="Letter of support")
    for number in range(12):
        person = PersonFactory(
            name=f"Person {number:02}", native_name="Болд", native_language="mn", position="Ecologist"
        )
        one = in_state(
            made, "endorsed", person=person, wanted_class=funded, answers={"aim": "Count birds", "fields": ["fish"]},
            submitted_at=now - 20 * DAY + number * DAY,
        )  # fmt: skip
        scoring.score(application=one, officer=UserFactory(), points=3, note="A plan")
        if number < 2:
            upload = SimpleUploadedFile("letter.pdf", two_pages())
            application_files.put(one, purpose="answer", code="letter", upload=upload)
    made.caps.create(member_state_id="MN", most=9)
    return made


def test_ten_applications_are_read_and_decided_in_twelve_pages(
    new_page: Callable[..., Page], live_server: Any, training: Training, officer: Person
) -> None:
    page = new_page(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    enter(page, officer, live_server.url)
    loads = Loads(page)
    page.goto(f"/admin/trainings/training/{training.pk}/selection/?decided=open")
    page.get_by_role("link", name="Person 00").click()
    for number in range(9):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Person {number:02}")
        page.keyboard.press("1")
        page.get_by_role("button", name="Decide, open the next").click()
    page.get_by_label("Do not select").check()
    page.keyboard.press("r")
    page.keyboard.type("Next time")
    page.get_by_role("button", name="Decide, stay").click()
    expect(page.get_by_text("Decided and held: Not selected")).to_be_visible()
    page.get_by_role("link", name="the selection").click()
    expect(page.get_by_text("10 decisions are held back.")).to_be_visible()
    assert loads.number <= 13  # the last one was decided and looked at once more
    assert SelectionDecision.objects.held().count() == 10
    page.keyboard.press("Control+Enter")  # no form is written in: nothing happens
    page.get_by_role("link", name="Person 10").click()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Person 11")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Person 10")


def test_selected_in_bulk_and_let_go_in_four_pages_without_a_script(
    new_page: Callable[..., Page], live_server: Any, training: Training, officer: Person
) -> None:
    """Of the sixteen from call to report: Selection, selected in bulk, Let the mails go, Selection told."""
    page = new_page(base_url=live_server.url, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    enter(page, officer, live_server.url)
    loads = Loads(page)
    page.goto(f"/admin/trainings/training/{training.pk}/selection/")
    for number in range(5):
        page.get_by_role("checkbox", name=f"Person {number:02}").check()
    page.get_by_role("button", name="Select", exact=True).click()
    expect(page.get_by_text("5 decisions are held back.")).to_be_visible()
    page.get_by_role("link", name="Let the mails go").click()
    expect(page.get_by_text("5 people", exact=True)).to_be_visible()
    page.get_by_role("button", name="Let 5 mails go").click()
    expect(page.get_by_text("5 mails go out at")).to_be_visible()
    assert loads.number == 4
    assert (
        training.applications.filter(state="selected").count()
        == Mail.objects.filter(kind="trainings.selected").count()
        == 5
    )
    page.get_by_role("link", name="Look at them or call them back").click()
    page.get_by_role("link", name="Call back").first.click()
    page.locator("form[method=post] [type=submit]").last.click()
    assert training.applications.filter(state="endorsed").count() == 12
    assert SelectionDecision.objects.held().count() == 5


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_pages_of_the_selection_hinder_nobody(
    new_page: Callable[..., Page], live_server: Any, training: Training, officer: Person, width: int, scheme: str
) -> None:
    page = new_page(base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=scheme)
    enter(page, officer, live_server.url)
    one = training.applications.order_by("pk").first()
    assert one
    page.goto(f"/admin/trainings/application/{one.pk}/change/")
    page.get_by_label("Select: Fully funded, On site").check()
    page.get_by_role("button", name="Decide, stay").click()
    base = f"/admin/trainings/training/{training.pk}"
    for name, address in {
        "selection": f"{base}/selection/?sort=score", "application": f"/admin/trainings/application/{one.pk}/change/?sort=score",
        "let-go": f"{base}/selection/let-go/", "take-back": f"{base}/selection/take-back/", "reserve-list": f"{base}/reserve-list/",
        "correct": f"/admin/trainings/application/{one.pk}/correct/", "act": f"/admin/trainings/application/{one.pk}/act/withdraw/",
    }.items():  # fmt: skip
        page.goto(address)
        sound(page, f"workspace-{name}-{scheme}")
