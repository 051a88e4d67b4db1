"""The movable map in a real browser: by keyboard, mouse and touch, under the strict policy, and without a script."""

import base64
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import axe
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., Page]
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
LIVE = "[data-part=live]"


@pytest.fixture(autouse=True)
def sites() -> None:
    """Two far apart, two that lie on each other, three that a zoom parts, one without a point."""
    MemberStateFactory(code="KZ")
    gobi = BiosphereReserveFactory(slug="gobi", name="Gobi", states=["MN"], latitude=43.3, longitude=96.7)
    gobi.names.create(name="Говь", kind="local", language="mn")
    BiosphereReserveFactory(slug="taimyr", name="Taimyr", states=["RU"], latitude=73.8, longitude=98.5)
    BiosphereReserveFactory(slug="jeju-reserve", name="Jeju", states=["KR"], latitude=33.38, longitude=126.55)
    GeoparkFactory(slug="jeju-geopark", name="Jeju Geopark", states=["KR"], latitude=33.38, longitude=126.56)
    for number, longitude in enumerate((137.0, 138.2, 139.4)):
        GeoparkFactory(slug=f"park-{number}", name=f"Park {number}", states=["JP"], latitude=36, longitude=longitude)
    GeoparkFactory(slug="nowhere", name="Nowhere", states=["MN"], status="aspiring")


@pytest.fixture
def opened(live_server: Any, new_page: Callable[..., Page]) -> Opener:
    def go(query: str = "", width: int = 1280, **options: Any) -> Page:
        page = new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        page.requested = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.requested.append(request.url.removeprefix(live_server.url)))  # type: ignore[attr-defined]
        page.goto(f"{live_server.url}/map/{query}")
        return page

    return go


def marker(page: Page, name: str) -> Locator:
    return page.locator(f".map-marker[aria-label^='{name}']")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"))


def scale(page: Page) -> str:
    return page.locator(".map-scale").inner_text().strip()


def test_walk_by_keyboard(opened: Opener) -> None:
    page = opened()
    page.locator("#map").focus()
    page.keyboard.press("Tab")
    page.evaluate("document.querySelector('.map-marker[aria-label^=Gobi]').focus()")
    expect(page.locator(".map-card")).to_contain_text("Говь")
    page.keyboard.press("Escape")
    expect(page.locator(".map-card")).to_be_hidden()
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Taimyr, Biosphere reserve, Russian Federation"
    assert page.locator(".map-marker[tabindex='0']").count() == 1
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Gobi, Biosphere reserve, Mongolia"
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(LIVE)).to_have_text("In view: sites 1, markers 1")
    assert focused(page) == "Gobi, Biosphere reserve, Mongolia"
    page.keyboard.press("Enter")
    assert focused(page) == "Gobi"
    page.keyboard.press("Escape")
    assert focused(page) == "Gobi, Biosphere reserve, Mongolia"
    page.keyboard.press("0")
    expect(page.locator(LIVE)).to_have_text(re.compile("^In view: sites 7, markers"))


def test_groups_part_or_list_their_members(opened: Opener) -> None:
    page = opened()
    parks, jeju = marker(page, "Sites here: 3 (biosphere reserves: 0, geoparks: 3)"), marker(page, "Sites here: 2")
    expect(parks).to_have_count(1)
    parks.click()
    expect(marker(page, "Park 1, Geopark, Japan")).to_be_visible()
    page.get_by_role("button", name="Show the whole map").click()
    jeju.click()
    card = page.locator(".map-card")
    expect(card.locator("h3")).to_have_text("Sites here: 2")
    assert card.locator("li a").all_inner_texts() == ["Jeju", "Jeju Geopark"]
    card.get_by_role("button", name="Close").click()
    expect(card).to_be_hidden()


def test_card_is_shown_while_pointed_at_and_can_be_pointed_at_itself(opened: Opener) -> None:
    page = opened()
    marker(page, "Gobi").hover()
    card = page.locator(".map-card")
    expect(card).to_contain_text("Mongolia")
    card.hover()
    page.wait_for_timeout(300)
    expect(card.get_by_role("link", name="Gobi")).to_have_attribute("href", "/reserves/gobi/")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_buttons_state_and_list_move_the_map(opened: Opener) -> None:
    page = opened()
    expect(page.locator(LIVE)).to_have_text("In view: sites 7, markers 4")
    before = scale(page)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    assert scale(page) != before
    page.get_by_label("Go to the sites of").select_option("Japan")
    expect(page.locator(LIVE)).to_have_text("In view: sites 3, markers 3")
    assert page.locator("#map-goto option[value=KZ]").is_disabled()
    page.get_by_role("button", name="Show Gobi on the map").click()
    assert focused(page) == "Gobi"
    assert page.get_by_role("button", name=re.compile("on the map$")).count() == 7


def test_wheel_scrolls_the_page_until_the_map_has_the_focus(opened: Opener) -> None:
    page = opened()
    page.locator("#map").hover(position={"x": 300, "y": 200})
    before = scale(page)
    page.mouse.wheel(0, 60)
    expect(page.locator("[data-part=wheel-hint]")).to_have_class(re.compile("is-shown"))
    page.wait_for_function("scrollY > 0")
    assert scale(page) == before
    page.locator("#map").focus()
    page.mouse.wheel(0, -600)
    expect(page.locator(".map-scale")).not_to_have_text(before)


def touch(session: Any, kind: str, *points: tuple[float, float]) -> None:
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]})  # fmt: skip


def test_one_finger_scrolls_the_page_and_two_zoom(opened: Opener) -> None:
    page = opened(width=390, has_touch=True, is_mobile=True)
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    assert box
    x, y, before = box["x"] + 195, box["y"] + 200, scale(page)
    session = page.context.new_cdp_session(page)
    start = page.evaluate("scrollY")
    touch(session, "touchStart", (x, y))
    for step in range(1, 9):
        touch(session, "touchMove", (x, y - 20 * step))
    touch(session, "touchEnd")
    page.wait_for_function(f"scrollY > {start} + 60")
    assert scale(page) == before
    y = page.locator("#map").bounding_box()["y"] + 200  # type: ignore[index]
    touch(session, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        touch(session, "touchMove", (x - 30 - 10 * step, y), (x + 30 + 10 * step, y))
    touch(session, "touchEnd")
    expect(page.locator(".map-scale")).not_to_have_text(before)


def test_first_view_fetches_what_is_expected_and_stays_where_it_was_drawn(opened: Opener) -> None:
    page = opened()
    page.evaluate("window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value)).observe({type: 'layout-shift', buffered: true})")  # fmt: skip
    expect(page.locator(LIVE)).to_have_text("In view: sites 7, markers 4")
    page.wait_for_timeout(500)  # idle: finer pictures would be asked for now
    pictures = sorted(url for url in page.requested if "/static/map/" in url)  # type: ignore[attr-defined]
    assert pictures == ["/static/map/lines-0.svg", "/static/map/relief-0.webp"]
    assert len(page.requested) <= 24  # type: ignore[attr-defined]
    relief = "document.querySelector('#map img').getBoundingClientRect()"
    live = page.evaluate(f"(({{x, y, width}}) => [x, y, width])({relief})")
    still = page.evaluate(f"(() => {{ const map = document.querySelector('#map'); map.classList.remove('is-live'); const [image] = map.querySelectorAll('img'); image.removeAttribute('style'); map.prepend(image); const {{x, y, width}} = {relief}; return [x, y, width]; }})()")  # fmt: skip
    assert live == pytest.approx(still, abs=0.6)
    assert page.evaluate("window.shift") < 0.01


def test_finer_pictures_come_with_a_zoom_and_never_for_who_saves_data(
    opened: Opener, new_page: Any, live_server: Any
) -> None:
    def finer(page: Page) -> list[str]:
        page.get_by_label("Go to the sites of").select_option("Japan")
        page.wait_for_timeout(400)
        return [url for url in page.requested if re.search("/map/(r1|r2|d)/", url)]  # type: ignore[attr-defined]

    assert {url.split("/")[3] for url in finer(opened())} == {"r1", "r2", "d"}
    saving = opened()
    saving.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    saving.reload()
    assert finer(saving) == []


def test_filters_are_those_of_the_list_and_the_others_stay_faint(opened: Opener) -> None:
    page = opened("?kind=reserve")
    expect(page.locator(LIVE)).to_have_text("In view: sites 3, markers 3")
    assert page.locator("#map .faded path").count() == 1
    page.get_by_text("Filters, 1 set").click()
    page.get_by_role("checkbox", name="Mongolia").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(LIVE)).to_have_text("In view: sites 1, markers 1")
    assert page.get_by_role("navigation", name="View").get_by_role("link", name="List").get_attribute("href") == "/sites/?kind=reserve&state=MN"  # fmt: skip


def test_tiles_of_another_base_map_come_from_us(opened: Opener, settings: Any, tmp_path: Path) -> None:
    for level in range(4):
        for column, row in product(range(2**level), repeat=2):
            tile = tmp_path / str(level) / str(column) / f"{row}.png"
            tile.parent.mkdir(parents=True, exist_ok=True)
            tile.write_bytes(PIXEL)
    settings.MAP_TILES, settings.MAP_TILES_ZOOM = str(tmp_path), 3
    page = opened()
    page.get_by_label("Go to the sites of").select_option("Japan")
    expect(page.locator(LIVE)).to_have_text("In view: sites 3, markers 3")
    tiles = [url for url in page.requested if url.startswith("/map/tiles/3/")]  # type: ignore[attr-defined]
    assert len(tiles) > 10
    assert page.locator(".map-scale").count() == 0


def test_page_is_complete_without_a_script(opened: Opener) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#map-list li a").count() == 8
    assert page.get_by_role("img", name="Map of the sites (biosphere reserves: 3, geoparks: 4)").is_visible()
    assert page.locator("#map img").first.bounding_box()["width"] > 1000  # type: ignore[index]
    assert page.locator(".map-marker, .map-controls, .map-show, .map-card").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_rules_of_accessibility_are_kept_by_day_and_by_night(opened: Opener, width: int) -> None:
    page = opened(width=width)
    marker(page, "Gobi").click()
    expect(page.locator(".map-card")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe.broken_rules(page) == []
