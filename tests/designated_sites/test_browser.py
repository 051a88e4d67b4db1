"""The page of a site in a real browser: under the strict policy, and on paper."""

import json
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories import BiosphereReserveFactory, EventFactory, GeoparkFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective));
"""


@pytest.fixture
def address(live_server: Any) -> str:
    """A reserve with all that its page can show."""
    site = BiosphereReserveFactory(
        slug="aya", name="Aya", latitude=Decimal("32.1"), longitude=Decimal("131.2"), area_ha=110, core_ha=10, buffer_ha=20,
        transition_ha=70, summary="A forest </script>", other_designations=["ramsar"], extension_years=[2016],
        sources=["https://example.org/a", "area: A book"],
    )  # fmt: skip
    site.names.create(name="綾", kind="local", language="ja")
    GeoparkFactory(slug="near", latitude=Decimal("32.5"), longitude=Decimal("131.2"))
    for number in range(10):
        EventFactory(title=f"Meeting {number}").site_links.create(site=site)
    return f"{live_server.url}/reserves/aya/"


def test_data_for_machines_break_no_policy(browser_page: Page, address: str) -> None:
    browser_page.add_init_script(VIOLATIONS)
    browser_page.goto(address)
    assert browser_page.evaluate("window.violations") == []
    data = json.loads(browser_page.locator('script[type="application/ld+json"]').text_content() or "")
    assert data["mainEntity"]["description"] == "A forest </script>"


def test_on_paper_nothing_is_lost_that_a_reader_wants(browser_page: Page, address: str) -> None:
    browser_page.goto(address)
    last = browser_page.get_by_text("Meeting 9")
    assert last.is_visible() is False  # folded away on the screen
    browser_page.emulate_media(media="print")
    assert last.is_visible() is True
    shown = {
        name: browser_page.locator(name).first.is_visible()
        for name in (".mainnav", ".actions", ".on-page", ".downloads", ".locator", ".zones-figure", "#nearby", "#cite")
    }
    assert shown == {
        ".mainnav": False,
        ".actions": False,
        ".on-page": False,
        ".downloads": False,
        ".locator": True,
        ".zones-figure": True,
        "#nearby": True,
        "#cite": True,
    }
    source = browser_page.locator(".sources a").first
    assert "https://example.org/a" in source.evaluate("link => getComputedStyle(link, '::after').content")
