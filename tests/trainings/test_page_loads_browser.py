"""A training from the call to the frozen report, and a reserve that is edited, in a real browser: how many pages an officer
opens. A form that is sent and the page it leads to are one."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from activities.models import Attendance, Session
from notifications.models import Mail
from reserves.models import BiosphereReserve
from tests.events.hub.test_page_loads_browser import Loads
from tests.factories import ApplicationFactory, BiosphereReserveFactory, MemberStateFactory, PersonFactory
from tests.people import signed_in
from trainings.models import Application, Certificate, DonorReport, Training

from .open_calls import ask, call

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = dt.timedelta(days=1)
PEOPLE = 4


def opened(new_page: Callable[..., Page], url: str, administrator: User) -> tuple[Page, Loads]:
    page = new_page(viewport={"width": 1280, "height": 900}, base_url=url)
    cookie = {"name": "sessionid", "value": signed_in(administrator).cookies["sessionid"].value, "url": url}
    page.context.add_cookies([cookie])
    return page, Loads(page)


def moment(page: Page, name: str, at: dt.datetime) -> None:
    page.locator(f"#id_{name}_0").fill(f"{at:%Y-%m-%d}")
    page.locator(f"#id_{name}_1").fill(f"{at:%H:%M}")


def test_training_from_call_to_frozen_report_in_sixteen_pages(
    live_server: Any, new_page: Callable[..., Page], administrator: User
) -> None:
    earlier = call(slug="earlier", title="Earlier course")
    ask(earlier, "aim", "long", label="What will you do with it?")
    page, loads = opened(new_page, live_server.url, administrator)
    start = (timezone.now() + 60 * DAY).replace(hour=2, minute=0, second=0, microsecond=0)

    page.goto("/admin/")
    page.get_by_text("New", exact=True).click()
    page.locator("a[href='/admin/trainings/training/add/']").click()
    page.get_by_label("Title [en]").fill("Rivers")
    page.locator("#id_slug").fill("rivers")
    page.locator("#id_format").select_option("onsite")
    page.locator("#id_deadline_zone").select_option("Europe/Paris")
    page.locator("#id_endorsement_required").uncheck()
    page.locator("#id_gives_certificates").check()
    for name, at in (
        ("starts_at", start), ("ends_at", start + DAY), ("call_opens_at", timezone.now() - 2 * DAY), ("nominations_close_at", timezone.now() + 9 * DAY),
    ):  # fmt: skip
        moment(page, name, at)
    page.locator("#id_seat_classes-0-funding").select_option("full")
    page.locator("#id_seat_classes-0-seats").fill("9")
    page.locator("input[name=_to_form]").first.click()
    page.get_by_label("Take the questions of an earlier call").select_option(label="Earlier course")
    training = Training.objects.exclude(pk=earlier.pk).get()
    page.locator("input[name=_to_preview]").first.click()
    expect(page.get_by_text("What will you do with it?")).to_be_visible()
    page.get_by_role("link", name="Open the call").click()
    page.get_by_role("button", name="Announce").click()
    expect(page.get_by_role("heading", name="What is next")).to_be_visible()
    assert Training.objects.get(pk=training.pk).status == "announced"

    Training.objects.filter(pk=training.pk).update(nominations_close_at=timezone.now() - DAY)
    for number in range(PEOPLE):
        person = PersonFactory(name=f"Person {number}", email=f"person{number}@example.org")
        ApplicationFactory(
            training=training, person=person, state="submitted", submitted_at=timezone.now() - 3 * DAY,
            member_state=MemberStateFactory(code="MN"), wanted_class=training.seat_classes.get(), reference=f"T27-AAAA{number}",
        )  # fmt: skip
    page.goto("/admin/")
    page.get_by_role("link", name="Applications to select: Rivers").first.click()
    for number in range(PEOPLE):
        page.get_by_role("checkbox", name=f"Person {number}").check()
    page.get_by_role("button", name="Select", exact=True).click()
    page.get_by_role("link", name="Let the mails go").click()
    page.get_by_role("button", name=f"Let {PEOPLE} mails go").click()
    assert training.applications.filter(state="selected").count() == PEOPLE

    training.applications.update(state=Application.State.CONFIRMED, answer_by=None)
    past = timezone.now() - 2 * DAY
    Training.objects.filter(pk=training.pk).update(
        starts_at=past, ends_at=past + DAY, call_opens_at=past - 40 * DAY, nominations_close_at=past - 30 * DAY
    )
    Session.objects.create(activity_id=training.pk, title="Day", starts_at=past, ends_at=past + dt.timedelta(hours=6))
    page.goto("/admin/")
    page.get_by_role("link", name="Attendance to take in: Rivers").first.click()
    for number in range(PEOPLE - 1):
        page.get_by_label(f"Person {number}").check()
    page.get_by_role("button", name="Enter, go on to certificates").click()
    assert Attendance.objects.count() == PEOPLE - 1
    expect(page.get_by_text(f"By the rule {PEOPLE - 1} attended and 1 did not")).to_be_visible()
    page.get_by_role("button", name=f"Issue {PEOPLE - 1} certificates, go on to the report").click()
    assert Certificate.objects.count() == Mail.objects.filter(kind="trainings.certificate_ready").count() == PEOPLE - 1
    expect(page.get_by_text("The figures as they are now")).to_be_visible()
    page.get_by_role("button", name="Freeze this report").click()
    expect(page.get_by_text("The report is frozen.")).to_be_visible()
    assert DonorReport.objects.get().activity_id == training.pk
    states = list(training.applications.order_by("person__name").values_list("state", flat=True))
    assert states == ["completed"] * (PEOPLE - 1) + ["no_show"]
    assert len(loads.addresses) <= 16, "\n".join(loads.addresses)


def test_reserve_is_edited_in_three_pages(
    live_server: Any, new_page: Callable[..., Page], administrator: User, search_kept: None
) -> None:
    BiosphereReserveFactory(slug="khuvsgul", name="Khuvsgul")
    page, loads = opened(new_page, live_server.url, administrator)
    page.goto("/admin/")
    page.get_by_role("searchbox").fill("khuvsgul")
    page.keyboard.press("Enter")
    page.locator("#id_area_ha").fill("838070")
    page.get_by_label("Reason for the change").fill("As the form of nomination says")
    page.locator("input[name=_save]").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert BiosphereReserve.objects.get().area_ha == 838070
    assert len(loads.addresses) <= 3, "\n".join(loads.addresses)
