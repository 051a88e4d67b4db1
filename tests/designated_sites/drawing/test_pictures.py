"""Contour plates, zones to scale, markers of the network map."""

import hashlib
import re
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import engines

from designated_sites.drawing import atlas, contour, zones

Circles = list[tuple[str, float, float]]


def circles(svg: str) -> Circles:
    """Class, centre height and radius of every circle of a zone, as drawn."""
    root = ElementTree.fromstring(svg)
    found = [(c.get("class") or "", float(c.get("cy") or 0), float(c.get("r") or 0)) for c in root.iter("circle")]
    return [circle for circle in found if circle[0] != "dot"]


def tag(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load drawings %}" + source).render(context)


def test_plate_of_a_slug_is_the_same_for_ever() -> None:
    drawn = contour.plate("jeju-island", "reserve")
    assert hashlib.sha256(drawn.encode()).hexdigest() == PLATE_OF_JEJU
    assert drawn != contour.plate("jeju-island-2", "reserve")


def test_plate_carries_the_mark_of_its_kind_and_is_hidden_from_readers() -> None:
    assert 'class="disc" cx="60" cy="48"' in contour.plate("aya", "reserve")
    assert 'class="diamond" d="M60 40l8 8-8 8-8-8z"' in contour.plate("aya", "geopark")
    bare = ElementTree.fromstring(contour.plate("aya"))
    assert (bare.get("aria-hidden"), bare.get("viewBox")) == ("true", "0 0 120 96")
    assert {path.get("class") for path in bare} <= {None, "index"}


@pytest.mark.parametrize(("width", "height"), [(120, 96), (360, 200), (480, 322), (1280, 560)])
def test_plate_is_light_at_every_size(width: int, height: int) -> None:
    svg = tag("{% contour 'khuvsgul-lake' 'reserve' w h %}", w=width, h=height)
    assert ElementTree.fromstring(svg).get("viewBox") == f"0 0 {width} {height}"
    assert 1500 < len(svg) < 9000


def test_areas_of_the_discs_are_in_the_proportion_of_the_hectares() -> None:
    found = circles(zones.glyph(25.0, 75.0, 300.0))
    assert [name for name, _y, _r in found] == ["transition", "buffer", "core"]
    areas = [radius**2 for _name, _y, radius in found]
    assert areas[0] / areas[2] == pytest.approx(400 / 25, rel=0.03)
    assert areas[0] / areas[1] == pytest.approx(400 / 100, rel=0.03)
    assert {round(y + r, 1) for _name, y, r in found} == {39.0}


def test_no_zone_known_is_one_dashed_circle() -> None:
    for none in ((None, None, None), (0.0, None, 0.0)):
        assert [name for name, _y, _r in circles(zones.glyph(*none))] == ["unknown"]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((119460.0, 53020.0, None), ["unknown", "buffer", "core"]),
        ((None, 100.0, 400.0), ["transition", "buffer", "unknown"]),
        ((100.0, None, 400.0), ["transition", "unknown", "core"]),
        ((100.0, None, None), ["unknown", "unknown", "core"]),
        ((None, None, 50.0), ["transition", "unknown", "unknown"]),
        ((100.0, 0.0, 0.0), ["core"]),
    ],
)
def test_zones_may_be_unknown_singly(known: zones.Zones, expected: list[str]) -> None:
    found = circles(zones.glyph(*known))
    assert [name for name, _y, _r in found] == expected
    sizes = [radius for _name, _y, radius in found]
    assert sizes[0] == 19
    assert all(outer > inner for outer, inner in pairwise(sizes))


def test_figure_names_every_zone_with_its_share() -> None:
    svg = tag("{% zones_figure 39951 72286 274957 %}")
    root = ElementTree.fromstring(svg)
    assert [text.text for text in root.iter("text")] == [
        "Transition area", "71.0\u00a0%", "Buffer zone", "18.7\u00a0%", "Core area", "10.3\u00a0%",
    ]  # fmt: skip
    expected = "Zones drawn to scale as nested circles. Core area: 10.3\u00a0%; Buffer zone: 18.7\u00a0%; Transition area: 71.0\u00a0%."
    assert (root.get("role"), root.get("aria-label")) == ("img", expected)


def test_figure_gives_hectares_and_no_shares_when_a_zone_is_not_known() -> None:
    root = ElementTree.fromstring(tag("{% zones_figure 119460 53020 None %}"))
    assert [text.text for text in root.iter("text")] == [
        "Transition area", "not known", "Buffer zone", "53,020 ha", "Core area", "119,460 ha",
    ]  # fmt: skip


def test_figure_of_nothing_says_so() -> None:
    root = ElementTree.fromstring(tag("{% zones_figure None None None %}"))
    assert root.get("aria-label") == "The zones are not known."
    assert list(root.iter("text")) == []


def test_long_labels_widen_the_figure() -> None:
    labels, figures = ("Ядро", "Буферная зона", "Зона сотрудничества и развития"), ("1 %", "2 %", "97 %")
    drawn = zones.figure((1.0, 2.0, 97.0), labels, figures, "")
    assert float(re.findall(r'viewBox="0 0 (\d+) 270"', drawn)[0]) > 302 + 7 * len(labels[2])


def test_markers_lie_in_the_window_of_the_map() -> None:
    svg = atlas.markers_svg((atlas.Marker("reserve", 128.05, 42.15), atlas.Marker("geopark", 100.0, 40.0)))
    assert ElementTree.fromstring(svg).get("viewBox") == "-4980 -3950 8900 7250"
    assert re.findall(r'class="reserves" stroke-width="124" d="M(-?\d+) (-?\d+)h0"', svg) == [("1870", "373")]
    turned = re.findall(r'class="geoparks" transform="rotate\(45\)" stroke-width="98" d="M(-?\d+) (-?\d+)h0"', svg)
    a, b = map(int, turned[0])
    assert (round((a - b) / 2**0.5), round((a + b) / 2**0.5)) == pytest.approx((-427, 875), abs=1)


def test_sites_without_a_point_are_left_out_and_those_not_found_fade() -> None:
    found = SimpleNamespace(kind="reserve", longitude=128.05, latitude=42.15)
    nowhere = SimpleNamespace(kind="geopark", longitude=None, latitude=None)
    html = tag("{% atlas sites %}", sites=[found, nowhere, ("reserve", 100, 50, True)])
    assert 'aria-label="Map of the sites (biosphere reserves: 1, geoparks: 0)"' in html
    assert html.count("h0") == 3  # one disc with its rim, one faded disc without
    assert html.count('<g class="faded">') == 1
    assert 'aria-label="Where &lt;it&gt; lies"' in tag(
        "{% atlas sites label=words %}", sites=[], words="Where <it> lies"
    )


PLATE_OF_JEJU = "b31318405d15f3559258d19c228d25eb253ba4e231b94a615135b21eb3f00900"
