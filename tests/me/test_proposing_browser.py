"""From a steward's correction to the answer, in a real browser, without scripts on the steward's side."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person, User
from designated_sites.stewardship.signed_links import confirm_url, occurrence_of
from tests.designated_sites.proposals.proposing import NEW, sent
from tests.events.test_running_browser import sound
from tests.factories import BiosphereReserveFactory, GeoparkFactory
from tests.people import give_second_factor, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., Page]


@pytest.fixture
def as_user(live_server: Any, new_page: Callable[..., Page]) -> Opener:
    """A browser in which a user is signed in."""

    def make(user: User | None, **options: Any) -> Page:
        page = new_page(base_url=live_server.url, **options)
        if user:
            cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return make


def test_steward_proposes_officer_decides_steward_reads_the_answer(
    as_user: Opener, steward: Person, officer: Person
) -> None:
    site = steward.stewardships.get().site
    give_second_factor(officer.user)
    page = as_user(steward.user, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/me/sites/")
    page.get_by_role("link", name="Sites in my care: confirm or change").click()
    page.get_by_role("link", name="Propose changes").click()
    page.get_by_label("Core area, ha").fill("many")
    page.get_by_role("textbox", name="Name 1").fill("Хустай")
    page.get_by_label("Language of name 1").select_option("mn")
    page.get_by_role("button", name="Check your changes").click()
    expect(page.locator(".error-summary")).to_contain_text("Core area, ha: Enter a number.")
    page.get_by_label("Core area, ha").fill("1200.5")
    page.get_by_label("What has changed, and how do you know?").fill("Decree 12 of the park")
    page.get_by_role("button", name="Check your changes").click()
    expect(page.locator(".differences")).to_contain_text("1,200.5")
    expect(page.locator(".differences")).to_contain_text("Хустай (Name in the language of the place, Монгол)")
    page.get_by_role("button", name="Send the proposal").click()
    expect(page.locator(".notice-ok")).to_contain_text("Your proposal is sent.")

    desk = as_user(officer.user, java_script_enabled=False, viewport={"width": 1280, "height": 900})
    desk.goto("/admin/designated_sites/siteproposal/")
    desk.get_by_role("link", name="Stewarded").click()
    desk.get_by_role("link", name="Decide").click()
    names, core = (desk.locator("fieldset", has_text=name) for name in ("Further names", "Core area, ha"))
    names.get_by_label("Accept").check()
    core.get_by_label("Refuse").check()
    desk.get_by_role("button", name="Keep these decisions").click()
    expect(desk.locator(".error-summary")).to_contain_text("Say why you refuse it.")
    desk.locator('[name="reason-core_ha"]').fill("The decree names another figure")
    desk.get_by_role("button", name="Keep these decisions").click()
    expect(desk.locator(".messagelist")).to_contain_text("All is decided. The proposer gets a mail.")

    page.reload()
    answer = page.locator(".differences")
    expect(answer).to_contain_text("Not accepted The decree names another figure")
    expect(answer.get_by_text("Accepted", exact=True)).to_have_count(1)
    site.refresh_from_db()
    assert (site.core_ha, [one.name for one in site.names.all()]) == (None, ["Хустай"])


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_sound_and_as_wide_as_the_screen(
    as_user: Opener, steward: Person, focal_point: Person, officer: Person, width: int
) -> None:
    site, geopark = (
        steward.stewardships.get().site,
        GeoparkFactory(states=["MN"], name="Name of a geopark " + "x" * 60),
    )
    other = BiosphereReserveFactory(states=["MN"])
    proposal = sent(other, NEW["reserve"], focal_point)
    type(other).objects.filter(pk=other.pk).update(core_ha=9)
    geopark.proposals.create(
        proposer=focal_point, base={}, changes={"summary_en": "word " * 200 + "y" * 200, "names": []}, state="draft"
    )
    give_second_factor(officer.user)
    viewport = {"width": width, "height": 900}
    theirs = as_user(focal_point.user, viewport=viewport)
    day = timezone.now().date()
    link = confirm_url(site_id=site.pk, person_id=steward.pk, occurrence=occurrence_of("reserve", day))
    wanted = [
        (theirs, "/me/sites/care/"), (theirs, "/me/sites/proposals/"), (theirs, f"/me/sites/reserve/{site.slug}/propose/"),
        (theirs, f"/me/sites/geopark/{geopark.slug}/propose/check/"), (theirs, f"/me/sites/reserve/{site.slug}/confirm/"),
        (theirs, f"/me/sites/proposals/reserve/{proposal.pk}/"),
        (as_user(None, viewport=viewport), link.removeprefix(settings.SITE_URL)),
        (as_user(officer.user, viewport=viewport), f"/admin/designated_sites/siteproposal/{proposal.pk}/decide/"),
    ]  # fmt: skip
    for page, path in wanted:
        page.goto(path)
        sound(page, re.sub(r"\W", "-", path)[:50])
