"""The forms of the admin in a real browser, under the strict policy: no complaint in its console, rows and search at work."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from events.models import Event
from reserves.models import BiosphereReserve
from tests.admin.records import event, reserve
from tests.factories import DocumentFactory, PartnerFactory
from tests.people import give_second_factor, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("search_kept"),
]
Opener = Callable[[str], Page]


@pytest.fixture
def opened(live_server: Any, officer: Person, new_page: Callable[..., Page]) -> Opener:
    """Opens a page of the admin as Oyun."""
    assert officer.user
    give_second_factor(officer.user)
    session = signed_in(officer.user).cookies["sessionid"].value
    page = new_page(viewport={"width": 1280, "height": 900})
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    def go(path: str) -> Page:
        page.goto(live_server.url + path)
        return page

    return go


def test_pages_of_the_admin_keep_to_the_policy(opened: Opener) -> None:
    made, site = event(2), reserve(2)
    for path in (
        "/admin/", "/admin/events/event/", "/admin/reserves/biospherereserve/?q=reserve", f"/admin/events/event/{made.pk}/change/",
        f"/admin/reserves/biospherereserve/{site.pk}/change/", f"/admin/reserves/biospherereserve/{site.pk}/history/",
        "/admin/trainings/training/add/", "/admin/accounts/person/add/",
    ):  # fmt: skip
        page = opened(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 1280


def choose(page: Page, row: str, text: str) -> None:
    page.locator(f"{row} .select2-selection").first.click()
    page.locator(".select2-search__field").last.press_sequentially(text)
    page.locator(".select2-results__option", has_text=text).click()


def test_rows_are_added_and_searched_in_a_reserve(opened: Opener) -> None:
    site = reserve(0)
    DocumentFactory(title="Nomination file")
    page = opened(f"/admin/reserves/biospherereserve/{site.pk}/change/")
    page.get_by_text("Other languages: Монгол").click()
    page.locator("#id_summary_mn").fill("Нуур")
    page.get_by_role("button", name="Add another Further name").click()
    page.locator("#id_names-0-name").fill("Хөвсгөл")
    page.get_by_role("button", name="Add another Periodic review").click()
    page.locator("#id_reviews-0-year").fill("2023")
    choose(page, "#reviews-0 .field-document", "Nomination")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    site = BiosphereReserve.objects.get(pk=site.pk)
    review = site.reviews.get()
    assert (site.summary_mn, site.names.get().name) == ("Нуур", "Хөвсгөл")  # type: ignore[attr-defined]
    assert (review.year, str(review.document)) == (2023, "Nomination file")


def test_times_and_bodies_are_edited_in_an_event(opened: Opener) -> None:
    made = event(0)
    PartnerFactory(name="Institute of Botany")
    page = opened(f"/admin/events/event/{made.pk}/change/")
    page.locator("#id_starts_at_0").fill("2030-10-02")
    page.locator("#id_starts_at_1").fill("09:30")
    page.locator("#id_ends_at_0").fill("2030-10-02")
    page.locator("#id_ends_at_1").fill("11:00")
    page.locator("#id_registration_closes_at_0").fill("2030-09-30")
    page.locator("#id_timezone").select_option("Asia/Tokyo")
    page.get_by_role("button", name="Add another Body taking part").click()
    choose(page, "#involvements-0 .field-partner", "Institute")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator(".messagelist .success")).to_contain_text("was changed successfully")
    made = Event.objects.get(pk=made.pk)
    assert f"{made.starts_at:%Y-%m-%d %H:%M}" == "2030-10-02 00:30"
    assert str(made.involvements.get().partner) == "Institute of Botany"


def test_error_leads_to_its_field(opened: Opener) -> None:
    site = reserve(0)
    page = opened(f"/admin/reserves/biospherereserve/{site.pk}/change/")
    page.locator("#id_name").fill("")
    page.locator("#id_admin_region_en").fill("Typed and kept")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".error-summary a", has_text="Name").click()
    assert page.url.endswith("#id_name")
    assert page.locator("#id_admin_region_en").input_value() == "Typed and kept"
