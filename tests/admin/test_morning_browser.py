"""An officer's morning in a real browser: from the sign-in to the mails that go out, on pages without serious faults."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from accounts.models import Person
from designated_sites.models import SiteProposal
from events.models import Event
from geoparks.models import Geopark
from notifications.models import Mail
from tests.axe import ALL, broken_rules
from tests.desk.sheet_files import csv_of
from tests.factories import (
    PASSWORD,
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    PersonFactory,
    RegistrationFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_kept")]
START = (timezone.now() + dt.timedelta(days=60)).replace(hour=6, minute=0, second=0, microsecond=0)


def sound(page: Page) -> None:
    """No rule is broken for those who use other means than eyes and mouse; nothing is wider than the window."""
    assert broken_rules(page, ALL | {"preload": False}) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def enter(page: Page, officer: Person) -> None:
    """With the password, then with the code of an authenticator app."""
    assert officer.user
    officer.user.set_password(PASSWORD)
    officer.user.save()
    secret = generate_totp_secret()
    TOTP.activate(officer.user, secret)
    page.goto("/admin/")
    page.get_by_label("Email").fill(officer.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Sign In").first.click()
    sound(page)
    counter = next(iter(yield_hotp_counters_from_time()))
    page.locator("#id_code").fill(format_hotp_value(hotp_value(secret, counter)))
    page.locator("form:has(#id_code) button[type=submit]").first.click()
    expect(page.locator("#content h1")).to_have_text("Today")
    sound(page)


def decide(page: Page) -> None:
    page.get_by_role("link", name="Uvs: 1 fact proposed", exact=True).click()
    sound(page)
    page.get_by_label("Accept").check()
    page.get_by_role("button", name="Keep these decisions").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    sound(page)


def bring_in(page: Page) -> None:
    def chosen(area: str, name: str) -> None:
        table = csv_of([["slug", "name", "area_ha"], ["rocks", "Old Rocks", area]])
        file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": table}
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Check the file").click()
        sound(page)

    page.goto("/admin/")
    if (fold := page.locator(".side-fold > summary")).is_visible():  # on a phone
        fold.click()
    page.get_by_role("link", name="Geoparks", exact=True).click()
    page.get_by_role("link", name="Import", exact=True).click()
    chosen("5.56E+08", "wrong.csv")
    expect(page.locator("#problems")).to_contain_text("its digits are lost")
    page.get_by_role("link", name="Another file").click()
    chosen("55600", "right.csv")
    page.get_by_role("button", name="Import it").click()
    expect(page.locator(".messagelist .success")).to_have_text("The sheet was imported.")
    sound(page)


def move(page: Page, event: Event) -> None:
    page.goto(f"/admin/events/event/{event.pk}/")
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Move or postpone").click()
    sound(page)
    page.locator("#id_starts_at_0").fill(f"{START + dt.timedelta(days=7):%Y-%m-%d}")
    for field in ("#id_ends_at_0", "#id_ends_at_1"):
        page.locator(field).fill("")
    page.locator("#id_end_precision").select_option("")
    page.locator("#id_reason").fill("The host asked for it.")
    page.locator("#content .submit-row input").first.click()
    expect(page.locator("#content")).to_contain_text("2 mails go out.")
    sound(page)
    assert not Mail.objects.filter(subject_id=event.pk, kind="events.moved").exists()
    page.locator("button[name=confirm], input[name=confirm][type=submit]").first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("2 mails go out at")
    sound(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_morning_of_an_officer(live_server: Any, officer: Person, new_page: Callable[..., Page], width: int) -> None:
    site = BiosphereReserveFactory(name="Uvs", slug="uvs", confirmed_at=timezone.now())
    SiteProposal.objects.create(
        site=site, proposer=PersonFactory(), base={"website": ""}, changes={"website": "https://example.org/uvs"},
        sent_at=timezone.now(), reason="The park has a website now.",
    )  # fmt: skip
    GeoparkFactory(slug="rocks", name="Rocks")
    event = EventFactory(
        starts_at=START, timezone="Asia/Tokyo", title="Lakes", format="online", capacity_online=3,
        registration_opens_at=START - dt.timedelta(days=90),
    )  # fmt: skip
    for number in range(2):
        RegistrationFactory(event=event, person=PersonFactory(name=f"Reader {number}"))
    at = live_server.url.replace("127.0.0.1", "localhost")
    page = new_page(viewport={"width": width, "height": 900}, base_url=at)
    enter(page, officer)
    decide(page)
    bring_in(page)
    move(page, event)
    site.refresh_from_db()
    event.refresh_from_db()
    assert (site.website, Geopark.objects.get().name) == ("https://example.org/uvs", "Old Rocks")
    assert event.starts_at == START + dt.timedelta(days=7)
    page.goto("/admin/")
    expect(page.locator("main")).not_to_contain_text("fact proposed")
    sound(page)
