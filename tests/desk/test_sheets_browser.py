"""An officer brings in a sheet with an error, then without, in a real browser; the pages break no rule of accessibility."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from accounts.models import Person
from geoparks.models import Geopark
from tests.axe import broken_rules
from tests.desk.sheet_files import csv_of
from tests.factories import GeoparkFactory
from tests.people import give_second_factor, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADINGS = ["slug", "name", "area_ha", "website", "summary_en"]


def chosen(page: Page, rows: list[list[str]], name: str) -> None:
    file: FilePayload = {"name": name, "mimeType": "text/csv", "buffer": csv_of([HEADINGS, *rows])}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Check the file").click()


@pytest.mark.parametrize("width", [390, 1280])
def test_sheet_with_an_error_and_then_without(
    live_server: Any, officer: Person, new_page: Callable[..., Page], width: int
) -> None:
    GeoparkFactory(slug="rocks", name="Rocks")
    assert officer.user
    give_second_factor(officer.user)
    page = new_page(viewport={"width": width, "height": 900})
    cookie: Any = {
        "name": "sessionid",
        "value": signed_in(officer.user).cookies["sessionid"].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/admin/geoparks/geopark/")
    page.get_by_role("link", name="Import", exact=True).click()

    def sound() -> None:
        assert broken_rules(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width

    sound()
    chosen(page, [["rocks", "Old Rocks", "5.56E+08", "no address", ""]], "wrong.csv")
    expect(page.locator("#problems tbody tr")).to_have_count(2)
    expect(page.locator("#problems")).to_contain_text("its digits are lost")
    assert page.title().startswith("Error:")
    sound()
    page.get_by_role("link", name="Another file").click()
    chosen(
        page, [["rocks", "Old Rocks", "55600", "https://example.org/", "Rocks of " + "many ages. " * 12]], "right.csv"
    )
    expect(page.locator("del")).to_have_text("Rocks")
    sound()
    page.get_by_role("button", name="Import it").click()
    expect(page.locator(".messagelist .success")).to_have_text("The sheet was imported.")
    sound()
    assert Geopark.objects.get().name == "Old Rocks"
