"""The pages of the workspace in a real browser: wide and on a phone, light and dark, for everybody who has to read them."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.admin.records import member_state
from tests.admin.test_browser import Opener, opened
from tests.axe import ALL, broken_rules
from tests.desk.test_work_queue import everything_waits

__all__ = ["everything_waits", "opened"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("search_kept"),
]


@pytest.mark.usefixtures("everything_waits")
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_everybody_can_work_in_the_workspace(opened: Opener, width: int, scheme: Any) -> None:
    state = member_state(1)
    page = opened("/admin/")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in (
        "/admin/", "/admin/search/?q=lake", "/admin/search/?q=lake&group=sites", "/admin/search/?q=nowhere", "/admin/reviews/",
        f"/admin/network/memberstate/{state.pk}/change/",
    ):  # fmt: skip
        opened(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = !one.closest('.menu') })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert broken_rules(page, ALL | {"preload": False}) == [], path


def test_navigation_is_one_line_on_a_phone(opened: Opener) -> None:
    page = opened("/admin/")
    page.set_viewport_size({"width": 390, "height": 900})
    link = page.get_by_role("navigation", name="Workspace").get_by_role("link", name="Member states")
    expect(link).to_be_hidden()
    page.locator(".side-fold > summary").click()
    link.click()
    expect(page.locator(".side-fold > summary")).to_have_text("Workspace: Member states")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(link).to_be_visible()
    expect(link).to_have_attribute("aria-current", "page")


def test_search_and_new_are_reached_from_every_page(opened: Opener) -> None:
    member_state(1)
    page = opened("/admin/network/memberstate/")
    page.get_by_label("Search everything").fill("Nobody's name")
    page.get_by_role("search", name="Everything").get_by_role("button", name="Search").click()
    expect(page.locator("main")).to_contain_text("Nothing is found for “Nobody's name”.")
    expect(page.get_by_label("Search everything")).to_have_value("Nobody's name")
    page.get_by_role("link", name="Today", exact=True).first.click()
    page.get_by_text("New", exact=True).click()
    page.locator("main").get_by_role("link", name="Training", exact=True).click()
    expect(page.locator("h1")).to_have_text("Add training")
