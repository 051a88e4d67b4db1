"""Locator maps: where a site lies."""

import csv
import re
from collections import Counter
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import engines

from designated_sites.drawing.basemap import basemap, longitude_on_map
from designated_sites.drawing.frame import Frame
from designated_sites.drawing.laea import Point
from designated_sites.drawing.lines import Line
from designated_sites.drawing.locator import locator

JEJU, GREAT_GOBI, TAIMYR, COMMANDER, KALININGRAD = (
    (126.55, 33.383), (96.7, 43.28), (98.55, 73.8), (166.2, 55.2), (20.7, 55.2),
)  # fmt: skip
WORDS = {"title": "Locator map", "description": "It lies there."}


def holds(ring: Line, x: float, y: float) -> bool:
    """Even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def on_land(point: Point) -> bool:
    frame = Frame(*point, 640, 430, 1900)
    return sum(holds(ring, 320, 215) for ring in frame.areas(basemap().land)) % 2 == 1


@pytest.mark.parametrize("point", [GREAT_GOBI, TAIMYR, (126.55, 33.36), (37.6, 55.8), (138.0, 36.5), (20.7, 54.7)])
def test_land_is_land(point: Point) -> None:
    assert on_land(point)


@pytest.mark.parametrize(
    "point", [(150.0, 35.0), (135.0, 40.0), (123.0, 35.0), (175.0, 65.0 - 10), (31.0, 43.0), (50.5, 42.0)]
)
def test_sea_is_sea(point: Point) -> None:
    assert not on_land(point)


@pytest.mark.parametrize("point", [JEJU, GREAT_GOBI, TAIMYR, COMMANDER, KALININGRAD, (-170.0, 65.0)])
def test_drawing_is_well_formed_and_light(point: Point) -> None:
    svg = locator("x", "reserve", point, **WORDS)
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "0 0 640 430"
    assert 7_000 < len(svg) < 32_000
    assert not re.findall(r"nan|inf\b|e-\d", svg)


def test_names_are_escaped_and_tied_to_the_picture() -> None:
    svg = locator("aya", "reserve", JEJU, title="A & <B>", description="“It” lies > there.")
    root = ElementTree.fromstring(svg)
    title, text = root.find("title"), root.find("desc")
    assert title is not None
    assert text is not None
    assert (title.text, text.text) == ("A & <B>", "“It” lies > there.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}"


def test_two_maps_on_one_page_share_no_id() -> None:
    drawn = [
        locator(slug, kind, JEJU, **WORDS)
        for slug, kind in (("jeju", "reserve"), ("jeju", "geopark"), ("aya", "reserve"))
    ]
    counted = Counter(re.findall(r' id="([^"]+)"', "".join(drawn)))
    assert {name for name, number in counted.items() if number > 1} == set()
    for svg in drawn:
        assert set(re.findall(r'href="#([^"]+)"', svg)) <= set(re.findall(r' id="([^"]+)"', svg))


def test_inland_map_is_wider() -> None:
    scale = re.compile(r">(\d+) km<")
    assert scale.findall(locator("a", "reserve", JEJU, **WORDS)) == ["200"]
    assert Frame(*GREAT_GOBI, 640, 430, 2800).scale()[0] == 200
    wide = locator("b", "reserve", GREAT_GOBI, **WORDS)
    narrow = Frame(*GREAT_GOBI, 640, 430, 1900)
    assert len(wide) > 9_000
    assert sum(map(len, narrow.courses(basemap().rivers))) < 500


def test_marker_follows_the_kind() -> None:
    assert locator("a", "reserve", JEJU, **WORDS).count('class="mark-reserve"') == 2
    assert locator("a", "geopark", JEJU, **WORDS).count('class="mark-geopark"') == 2


def test_frame_places_and_finds_again() -> None:
    frame = Frame(*JEJU, 640, 430, 1900)
    assert frame.place(*JEJU) == pytest.approx((320, 215))
    assert frame.degrees_at(*frame.place(130.0, 36.0)) == pytest.approx((130.0, 36.0))
    assert frame.place(126.55, 40.0)[1] < 215


def test_longitudes_of_the_far_east_are_counted_on() -> None:
    assert (longitude_on_map(-170), longitude_on_map(166.2), longitude_on_map(20.7)) == (190, 166.2, 20.7)


def test_sites_of_the_network_stand_on_the_map() -> None:
    """Every twelfth point is near land: none is swapped, none lies in the open ocean by a fault of the plane."""
    points = []
    for name in ("biosphere_reserves", "geoparks"):
        with (settings.BASE_DIR / "data" / f"{name}.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["longitude"]]
        points += [(float(row["longitude"]), float(row["latitude"])) for row in rows[::12]]
    far = [point for point in points if not Frame(*point, 64, 43, 190).areas(basemap().land)]
    assert (len(points), far) == (19, [])


def test_tag_describes_the_place_and_falls_back_to_the_plate() -> None:
    template = engines["django"].from_string("{% load drawings %}{% locator site %}")
    jeju = SimpleNamespace(
        kind="reserve",
        slug="jeju",
        name="Jeju Island",
        longitude=JEJU[0],
        latitude=JEJU[1],
        admin_region="Jeju Province",
    )
    drawn = template.render({"site": jeju})
    assert '<title id="locator-reserve-jeju-640-title">Locator map: Jeju Island</title>' in drawn
    assert "Jeju Island lies at 33°23′ N, 126°33′ E, Jeju Province.</desc>" in drawn
    nowhere = SimpleNamespace(kind="geopark", slug="shar-tsav", name="Shar Tsav", longitude=None, latitude=None)
    assert template.render({"site": nowhere}).startswith('<svg class="contour" viewBox="0 0 480 322"')
