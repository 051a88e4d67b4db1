"""A list of the admin in a real browser: by keys from the search to the act, on a phone without a sideways scroll."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.axe import ALL, broken_rules
from tests.factories import DocumentFactory
from tests.people import give_second_factor, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("search_kept")]
DOCUMENTS = "/admin/network/document/"


@pytest.fixture
def opened(live_server: Any, officer: Person, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the list of documents as Oyun, of which there are four."""
    assert officer.user
    give_second_factor(officer.user)
    for number in range(4):
        DocumentFactory(title=f"Declaration {number}", year=2000 + number)
    session = signed_in(officer.user).cookies["sessionid"].value

    def go(width: int) -> Page:
        page = new_page(viewport={"width": width, "height": 900})
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(live_server.url + DOCUMENTS)
        return page

    return go


def test_keys_lead_from_the_search_to_the_act(opened: Callable[..., Page]) -> None:
    page = opened(1280)
    assert broken_rules(page, ALL) == []
    said = page.locator("[data-chosen]")
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(said).to_have_text("3 chosen")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(said).to_have_text("2 chosen")
    page.keyboard.press("a")
    expect(page.locator(".bulk button").first).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator(".filters details[open] input:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".filters details[open]")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("jxk?")  # in a field letters are letters
    expect(page.locator("#searchbar")).to_have_value("jxk?")
    expect(said).to_have_text("2 chosen")
    expect(page.locator("#list-keys")).to_be_hidden()
    page.locator("#searchbar").fill("")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("Single letters are keys").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("tr.here")).to_have_count(0)
    page.locator("[data-keys-open]").click()
    page.get_by_label("Single letters are keys").check()
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/admin/")


def test_on_a_phone_a_row_is_its_name_and_then_its_cells(opened: Callable[..., Page]) -> None:
    page = opened(390)
    fold = page.locator(".filter-fold > summary")
    expect(fold).to_have_text("Search, filter, columns")
    fold.click()
    page.locator(".pick > summary", has_text="Year").click()
    page.get_by_label("2001").check()
    page.get_by_label("2002").check()
    page.locator(".pick[open]").get_by_role("button", name="Apply").click()
    expect(page.locator(".filter-fold > summary")).to_have_text("Filter: 1 set")
    expect(page.locator(".chip")).to_contain_text("Year: 2002 or 2001")
    rows = page.locator("#result_list tbody tr")
    expect(rows).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(
        "document.querySelector('.list .scroll').scrollWidth <= document.querySelector('.list .scroll').clientWidth"
    )
    hidden = [cell for cell in rows.first.locator("th, td").all() if not cell.is_visible()]
    assert hidden == []
    assert broken_rules(page, ALL) == []
    page.get_by_role("link", name="Take all away").click()
    expect(rows).to_have_count(4)
