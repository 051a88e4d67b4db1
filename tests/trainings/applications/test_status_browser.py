"""Where an application stands, and a focal point's pages, in a real browser: nothing that hinders a reader."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.events.test_running_browser import sound
from tests.factories import BiosphereReserveFactory, MemberStateFactory, PersonFactory
from tests.trainings.open_calls import ask, call, seats
from tests.trainings.standing import in_state
from tests.trainings.test_running_browser import enter
from tests.trainings.test_story_browser import DAY
from trainings.mails import signed_links
from trainings.models import Application, Training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@pytest.fixture
def training() -> Training:
    now = timezone.now()
    training = call(
        title="Monitoring of lakes and rivers of the steppe", starts_at=now + 60 * DAY, call_opens_at=now - DAY,
        nominations_close_at=now + 9 * DAY, costs="Travel and meals.\nNot the visa.", timezone="Asia/Ulaanbaatar",
    )  # fmt: skip
    seats(training)
    training.extensions.create(was=now + 2 * DAY, reason="Many asked for it.")
    ask(training, "why", "long", label="Why do you come?")
    return training


def sent(training: Training, state: str, **facts: Any) -> Application:
    answer_by = {"answer_by": timezone.now() + 7 * DAY} if state == "selected" else {}
    one = in_state(training, state, **{"answers": {"why": "For the birds\nand the fish"}, **answer_by, **facts})
    for was, to, reason, whose in (
        ("draft", "submitted", "", "person"),
        ("submitted", "not_endorsed", "The letter of your reserve is missing.", "person"),
        ("not_endorsed", "endorsed", "The letter has come.", "state"),
    ):
        one.steps.create(from_state=was, to_state=to, reason=reason, reason_for=whose)
    return one


@WIDTHS
def test_signed_page_is_sound(live_server: Any, new_page: Callable[..., Page], training: Training, width: int) -> None:
    person = PersonFactory(name="Jin", time_zone="Asia/Tokyo", member_state=MemberStateFactory(code="JP"))
    one = sent(training, "selected", person=person)
    page = new_page(viewport={"width": width, "height": 800}, base_url=live_server.url)
    address = signed_links.application_url(one).removeprefix(settings.SITE_URL)
    page.goto(address)
    sound(page, "standing")
    page.get_by_text("You cannot come?").click()
    page.get_by_role("button", name="Decline").click()
    sound(page, "standing-asked")
    page.get_by_role("link", name="No, leave it as it is").click()
    Application.objects.update(answer_by=timezone.now())
    page.get_by_role("button", name="Take the seat").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_text("The time to answer is over")).to_be_visible()
    sound(page, "standing-error")
    page.goto("/trainings/course/")
    sound(page, "course")
    page.goto("/trainings/course/apply/")
    sound(page, "course-apply")


@WIDTHS
def test_pages_of_a_focal_point_are_sound(
    live_server: Any, new_page: Callable[..., Page], training: Training, focal_point: Person, width: int
) -> None:
    site = BiosphereReserveFactory(slug="great-lake", name="Great Lake of the Northern Steppe")
    mongolia = MemberStateFactory(code="MN")
    dorj = PersonFactory(name="Dorj", email="", care_of=focal_point, member_state=mongolia, native_name="Дорж", native_language="mn")  # fmt: skip
    one = sent(training, "submitted", person=dorj, site=site, wanted_class=training.seat_classes.get())
    for rank, name in enumerate(("Anu", "Saruul"), start=1):
        sent(training, "endorsed", person=PersonFactory(name=name), endorsement_rank=rank, site=site)
    page = new_page(viewport={"width": width, "height": 800}, base_url=live_server.url)
    enter(page, focal_point, live_server.url)
    for path, name in (
        ("/me/", "me"), ("/me/people/applications/", "calls"), ("/me/applications/course/", "call"),
        ("/me/applications/course/order/", "order"), (f"/me/applications/course/{one.reference}/", "one"),
        (f"/me/people/{dorj.pk}/", "person"),
    ):  # fmt: skip
        page.goto(path)
        sound(page, f"state-{name}")
    page.goto("/me/applications/course/order/")
    page.get_by_label("Rank: Anu").fill("0")
    page.get_by_role("button", name="Keep this order").click()
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page, "state-order-error")
    page.goto(f"/me/applications/course/{one.reference}/")
    page.get_by_label("Do not endorse").check()
    page.get_by_role("button", name="Keep it, and tell the applicant").click()
    expect(page.locator("#error-summary")).to_be_focused()
    sound(page, "state-one-error")
