"""A webinar from the idea to its certificates, in a real browser: how many pages an officer opens. A form that is sent and the
page it leads to are one."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from accounts.models import User
from activities.models import Session
from events.models import Event, Registration
from notifications.models import Mail
from tests.factories import PersonFactory, RegistrationFactory
from tests.people import signed_in
from trainings.models import Certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 15


class Loads:
    """Pages that were opened: answers to a navigation that are no redirect."""

    def __init__(self, page: Page) -> None:
        self.addresses: list[str] = []
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status < 300:
            self.addresses.append(f"{response.request.method} {response.url}")


@pytest.mark.parametrize("scripted", [True, False])
def test_webinar_from_idea_to_certificates(
    live_server: Any, new_page: Callable[..., Page], administrator: User, tmp_path: Path, scripted: bool
) -> None:
    page = new_page(viewport={"width": 1280, "height": 900}, base_url=live_server.url, java_script_enabled=scripted)
    cookie = {"name": "sessionid", "value": signed_in(administrator).cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    loads = Loads(page)
    start = (timezone.now() + dt.timedelta(days=9)).replace(hour=7, minute=0, second=0, microsecond=0)

    page.goto("/admin/")
    page.get_by_text("New", exact=True).click()
    page.locator("a[href='/admin/events/event/add/']").click()
    page.get_by_label("Title [en]").fill("Four designations")
    page.locator("#id_slug").fill("four-designations")
    page.locator("#id_kind").select_option("webinar")
    page.locator("#id_format").select_option("online")
    for name, moment in (
        ("starts_at", start), ("ends_at", start + dt.timedelta(hours=2)), ("registration_opens_at", timezone.now() - dt.timedelta(days=1)),
        ("registration_closes_at", start - dt.timedelta(days=1)),
    ):  # fmt: skip
        local = moment + dt.timedelta(hours=8)
        page.locator(f"#id_{name}_0").fill(f"{local:%Y-%m-%d}")
        page.locator(f"#id_{name}_1").fill(f"{local:%H:%M}")
    page.locator("#id_gives_certificates").check()
    page.locator("input[name=_to_sessions]").first.click()
    event = Event.objects.get()
    page.locator("#id_sessions-0-title").fill("Welcome")
    for name, moment in (("starts_at", start), ("ends_at", start + dt.timedelta(minutes=60))):
        local = moment + dt.timedelta(hours=8)
        page.locator(f"#id_sessions-0-{name}_0").fill(f"{local:%Y-%m-%d}")
        page.locator(f"#id_sessions-0-{name}_1").fill(f"{local:%H:%M}")
    page.locator("input[name=_save]").first.click()
    expect(page.get_by_role("heading", name="What is next")).to_be_visible()
    page.get_by_role("link", name="Preview of the draft").click()
    expect(page.get_by_text("Only the secretariat sees this page.")).to_be_visible()
    page.goto(f"/admin/events/event/{event.pk}/announce/")
    page.get_by_role("button", name="Announce").click()
    expect(page.get_by_text("Open for registration")).to_be_visible()

    for number in range(2):
        person = PersonFactory(name=f"Person {number}", email=f"person{number}@example.org")
        RegistrationFactory(event=event, person=person, state="held", held_until=start)
    page.get_by_role("navigation", name="Parts of this record").get_by_role("link", name="Registrations").click()
    page.get_by_label("Choose Person 0").check()
    page.get_by_label("Choose Person 1").check()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("2 places were confirmed.")).to_be_visible()
    assert set(Registration.objects.values_list("state", flat=True)) == {"confirmed"}

    past = timezone.now() - dt.timedelta(hours=4)
    Event.objects.update(starts_at=past, ends_at=past + dt.timedelta(hours=2), registration_opens_at=None, registration_closes_at=None)  # fmt: skip
    Session.objects.update(starts_at=past, ends_at=past + dt.timedelta(minutes=60))
    sheet = tmp_path / "list.csv"
    sheet.write_text("name,email,minutes\nPerson 0,person0@example.org,60\nPerson 1,person1@example.org,55\n")
    page.goto(f"/admin/events/event/{event.pk}/")  # days later: Today leads here
    page.get_by_role("link", name="Take in the list").click()
    page.get_by_label("Attendance list").set_input_files(sheet)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_text("2 people were there")).to_be_visible()
    page.goto(f"/admin/events/event/{event.pk}/certificates/issue/")
    page.get_by_role("button", name="Issue 2 certificates").click()
    expect(page.get_by_text("2 certificates were issued.")).to_be_visible()
    assert Certificate.objects.count() == 2
    assert Mail.objects.filter(kind="trainings.certificate_ready").count() == 2
    assert Event.objects.get().status == "held"
    assert len(loads.addresses) <= MOST, "\n".join(loads.addresses)
