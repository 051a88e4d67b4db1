"""A donor report in a real browser without JavaScript: chosen, looked at, frozen, read on a phone."""

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.axe import broken_rules
from tests.factories import EventFactory, MemberStateFactory, PersonFactory, RegistrationFactory
from tests.people import give_second_factor, signed_in
from trainings.models import DonorReport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def grow() -> None:
    event = EventFactory(title="Lakes", starts_at=dt.datetime(2022, 6, 1, tzinfo=dt.UTC), fund_code="F1", status="held")
    for code, sex, number in (("MN", "female", 6), ("MN", "male", 9), ("JP", "female", 3), ("JP", "male", 8)):
        for _person in range(number):
            who = PersonFactory(sex=sex, member_state=MemberStateFactory(code=code), birth_year=1990)
            RegistrationFactory(event=event, person=who, audience="site")


@pytest.mark.parametrize("scripts", [False, True])
def test_report_is_looked_at_frozen_and_read(
    live_server: Any, officer: Person, new_page: Callable[..., Page], scripts: bool
) -> None:
    grow()
    give_second_factor(officer.user)  # type: ignore[arg-type]
    session = signed_in(officer.user).cookies["sessionid"].value  # type: ignore[arg-type]
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/trainings/donorreport/add/")
    page.get_by_label("Title").fill("To the fund")
    page.get_by_label("Fund code").select_option("F1")
    page.get_by_role("button", name="Look at the figures").click()
    expect(page.get_by_role("row", name="Japan 3 8 0 0 11 11")).to_be_visible()
    shot(page, f"preview-{scripts}")
    page.get_by_role("button", name="Freeze this report").click()
    expect(page.get_by_text(DonorReport.objects.get().checksum)).to_be_visible()
    if scripts:
        assert broken_rules(page) == []
    shot(page, f"report-{scripts}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="Public version").click()
    expect(page.get_by_role("row", name="Japan withheld withheld 0 0 11")).to_be_visible()
    shot(page, f"public-{scripts}")


def shot(page: Page, name: str) -> None:
    """A picture to look at, where somebody asks for them."""
    if place := os.environ.get("EABRN_TEST_SHOTS"):
        page.screenshot(path=f"{place}/{name}.png", full_page=True)
