"""The calendar of reviews in a real browser: narrowed without a script, usable on a phone, accessible."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import Person
from tests.axe import broken_rules
from tests.factories import BiosphereReserveFactory, DocumentFactory, GeoparkFactory
from tests.people import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[[int], Page]


@pytest.fixture
def opened(live_server: Any, new_page: Callable[..., Page], focal_point: Person) -> Opener:
    """Bat's browser of some width."""

    def open_at(width: int) -> Page:
        page = new_page(viewport={"width": width, "height": 900}, base_url=live_server.url)
        cookie = signed_in(focal_point.user).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return open_at


@pytest.fixture
def place(focal_point: Person) -> Any:
    """A reserve with a geopark on the same ground, and one of which nothing is known."""
    year = dt.datetime.now(dt.UTC).year
    reserve = BiosphereReserveFactory(name="Lake", other_designations=["ramsar", "global_geopark"])
    reserve.reviews.create(year=year - 9, outcome="meets", decided_on=f"{year - 8}-06-20", document=DocumentFactory())
    reserve.reviews.create(year=year + 1, due_override=f"{year + 2}-01-31", override_reason="Floods in the summer")
    GeoparkFactory(name="Rocks", designation_year=year - 3).overlapping_reserves.add(reserve)
    BiosphereReserveFactory(name="Silent", designation_year=1985)
    return reserve


@pytest.mark.parametrize("width", [390, 1280])
def test_calendar_is_narrowed_and_leads_to_the_clocks_of_a_place(opened: Opener, place: Any, width: int) -> None:
    page = opened(width)
    page.goto("/me/reviews/")
    expect(page.locator(".lines > li")).to_have_count(3)
    assert broken_rules(page) == []
    if width < 992:
        page.locator(".rail summary").click()
    page.get_by_label("Revalidations of geoparks").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".lines > li")).to_have_count(1)
    page.get_by_role("link", name="Rocks").click()
    expect(page.get_by_role("heading", name="Clocks of this place")).to_be_visible()
    page.locator("[aria-labelledby=place]").get_by_role("link", name="Lake").click()
    expect(page.locator(".own")).to_contain_text("Floods in the summer")
    expect(page.locator("[aria-labelledby=place]")).to_contain_text("Ramsar site")
    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
