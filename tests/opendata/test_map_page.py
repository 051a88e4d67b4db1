"""The map as the server sends it: markers and list from the same records, another base map by settings."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from designated_sites.drawing.atlas import BOX, VIEW
from designated_sites.drawing.laea import NETWORK
from opendata.map.base_map import check_tiles
from tests.factories import BiosphereReserveFactory, GeoparkFactory
from tests.look.pages import Page

pytestmark = pytest.mark.django_db
STATIC = settings.BASE_DIR / "static"


@pytest.fixture
def sites() -> None:
    jeju = BiosphereReserveFactory(slug="jeju", name="Jeju", states=["KR"], latitude=33.38, longitude=126.55)
    jeju.names.create(name="제주도", kind="local", language="ko")
    BiosphereReserveFactory(slug="uvs", name="Uvs", states=["MN", "RU"], latitude=50.3, longitude=92.7)
    GeoparkFactory(slug="shar", name="Shar", states=["MN"], status="aspiring")


def test_entry_of_the_list_holds_what_marker_and_card_need(client: Client, sites: None) -> None:
    text = client.get("/map/").content.decode()
    entries = {entry["data-x"]: entry for entry in Page(text).attributes("li") if "data-x" in entry}
    x, y = map(round, NETWORK.to_plane(126.55, 33.38))
    assert entries[str(x)] == {"data-x": str(x), "data-y": str(y), "data-kind": "reserve", "data-states": "KR"}
    assert len(entries) == 2
    assert '<span lang="ko">제주도</span>' in text
    assert '<span class="shared">Mongolia, Russian Federation</span>' in text


def test_list_says_kind_and_year_in_words(client: Client, sites: None) -> None:
    text = Page(client.get("/map/").content.decode()).text
    assert "Jeju 제주도 Biosphere reserve 1997" in text
    assert "Shar Geopark aspiring (no point on the map)" in text


def test_script_starts_in_the_window_that_the_server_drew(client: Client, sites: None) -> None:
    picture = next(
        div for div in Page(client.get("/map/").content.decode()).attributes("div") if div.get("id") == "map"
    )
    assert picture["data-window"].split() == [str(part) for part in VIEW]
    assert picture["data-box"].split() == [str(part) for part in BOX]
    assert picture["data-base"] == "/static/map/"
    css = (STATIC / "css/parts/atlas.css").read_text()
    assert f"aspect-ratio: {VIEW[2]} / {VIEW[3]}" in css
    wide, left, top = 100 * BOX[2] / VIEW[2], 100 * (BOX[0] - VIEW[0]) / VIEW[2], 100 * (BOX[1] - VIEW[1]) / VIEW[3]
    assert f"inline-size: {wide:.3f}%" in css
    assert f"inset-inline-start: {left:.3f}%" in css
    assert f"inset-block-start: {top:.3f}%" in css


def test_words_of_the_script_stand_in_the_page_and_need_no_plural(client: Client, sites: None) -> None:
    template = Page(client.get("/map/").content.decode()).attributes("template")[0]
    assert template["data-in-view"] == "In view: sites {sites}, markers {markers}"
    scripts = "".join(path.read_text() for path in (STATIC / "js/map").glob("*.js"))
    assert re.findall(r'textContent = [`"]', scripts) == []
    assert re.findall(r"innerHTML|eval\(|new Function|\.cssText|https?:", scripts) == []


def test_scripts_are_named_once_and_asked_for_at_once(client: Client, sites: None) -> None:
    page = Page(client.get("/map/").content.decode())
    named = {link["href"] for link in page.attributes("link") if link.get("rel") == "modulepreload"}
    named |= {script["src"] for script in page.attributes("script")}
    assert named == {f"/static/js/map/{path.name}" for path in (STATIC / "js/map").glob("*.js")}


@pytest.mark.parametrize("size", [1, 3])
def test_map_takes_as_many_queries_for_three_sites_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for _number in range(size):
        BiosphereReserveFactory().names.create(name="名", kind="local", language="zh")
        GeoparkFactory()
    client.get("/map/")
    with django_assert_num_queries(1):  # the version of the data
        client.get("/map/")
    cache.clear()
    with django_assert_num_queries(3):  # and states, and names
        client.get("/map/")


# Another base map ----------------------------------------------------------------------------------------------------
@pytest.fixture
def tiles(tmp_path: Path, settings: Any) -> Path:
    tile = tmp_path / "3" / "5" / "2.png"
    tile.parent.mkdir(parents=True)
    tile.write_bytes(b"\x89PNG picture")
    settings.MAP_TILES, settings.MAP_TILES_ATTRIBUTION = str(tmp_path), "Survey of Utopia"
    return tmp_path


def drawn(client: Client) -> tuple[dict[str, str], str]:
    text = client.get("/map/").content.decode()
    return next(div for div in Page(text).attributes("div") if div.get("id") == "map"), text


def test_own_relief_is_the_default(client: Client, sites: None) -> None:
    picture, text = drawn(client)
    assert "data-tiles" not in picture
    assert "<image" not in text
    assert client.get("/map/tiles/3/5/2.png").status_code == 404


def test_directory_of_tiles_is_served_and_drawn(client: Client, sites: None, tiles: Path) -> None:
    picture, text = drawn(client)
    assert (picture["data-tiles"], picture["data-largest-zoom"]) == ("/map/tiles/{z}/{x}/{y}.png", "8")
    assert '<image href="/map/tiles/3/5/2.png"' in text
    assert "relief-0" not in text
    assert "Survey of Utopia" in text
    answer = client.get("/map/tiles/3/5/2.png")
    assert (answer["Content-Type"], b"".join(answer.streaming_content)) == ("image/png", b"\x89PNG picture")  # type: ignore[attr-defined]
    assert [client.get(f"/map/tiles/3/5/{name}").status_code for name in ("3.png", "2.py", "-1.png")] == [404, 404, 404]


def test_tiles_may_be_at_another_address_of_the_portal(client: Client, sites: None, settings: Any) -> None:
    settings.MAP_TILES = "/tiles/{z}/{x}/{y}.jpg"
    picture, text = drawn(client)
    assert picture["data-tiles"] == "/tiles/{z}/{x}/{y}.jpg"
    assert '<image href="/tiles/3/5/2.jpg"' in text


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ("", 0),
        ("/tiles/{z}/{x}/{y}.jpg", 0),
        ("//elsewhere.example/{z}/{x}/{y}.jpg", 1),
        ("https://elsewhere.example/{z}/{x}/{y}.jpg", 1),
        ("/tiles/{z}/{x}.jpg", 1),
        ("/no/such/directory", 1),
    ],
)
def test_tiles_of_another_host_are_refused(settings: Any, given: str, faults: int) -> None:
    settings.MAP_TILES = given
    assert [fault.id for fault in check_tiles()] == ["opendata.E001"] * faults
