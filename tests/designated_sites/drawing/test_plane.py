"""The projection and the plane geometry that all maps stand on."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designated_sites.drawing import lines
from designated_sites.drawing.laea import EARTH_RADIUS, NETWORK, Laea

SQUARE: lines.Box = (0, 0, 10, 10)


def test_centre_is_the_origin_and_north_is_up() -> None:
    plane = Laea(126.55, 33.38)
    assert plane.to_plane(126.55, 33.38) == pytest.approx((0, 0), abs=1e-9)  # km
    x, y = plane.to_plane(126.55, 34.38)
    assert (round(x, 6), round(y, 1)) == (0.0, -111.2)
    assert plane.to_plane(127.55, 33.38)[0] > 0


def test_known_sites_lie_where_the_base_map_was_drawn_for_them() -> None:
    places = {"Changbaishan": (128.05, 42.15), "Jeju Island": (126.55, 33.38333), "Commander Islands": (166.0, 55.0)}
    found = {name: tuple(map(round, NETWORK.to_plane(*point))) for name, point in places.items()}
    assert found == {"Changbaishan": (1870, 373), "Jeju Island": (1990, 1356), "Commander Islands": (3374, -2296)}


def test_longitude_may_be_counted_on_beyond_180() -> None:
    assert NETWORK.to_plane(190, 60) == pytest.approx(NETWORK.to_plane(-170, 60))


def test_antipode_lies_on_the_rim_and_not_at_infinity() -> None:
    assert math.hypot(*Laea(105, 48).to_plane(-75, -48)) <= 2 * EARTH_RADIUS * 1e5
    assert all(math.isfinite(part) for part in Laea(105, 48).to_plane(-75, -48))


@given(st.floats(-179, 179), st.floats(-80, 85))
def test_way_to_the_plane_and_back(longitude: float, latitude: float) -> None:
    plane = Laea(105, 48)
    back = plane.to_globe(*plane.to_plane(longitude, latitude))
    again = plane.to_plane(*back)
    assert again == pytest.approx(plane.to_plane(longitude, latitude), abs=1e-3)


def test_areas_are_true_far_from_the_centre() -> None:
    def area(longitude: float, latitude: float) -> float:
        d = 0.01
        corners = [(-d, -d), (d, -d), (d, d), (-d, d)]
        points = [NETWORK.to_plane(longitude + a, latitude + b) for a, b in corners]
        turns = zip(points, points[1:] + points[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2

    expected = (2 * 0.01 * math.pi / 180 * EARTH_RADIUS) ** 2
    for place in ((105, 48), (21, 55), (166, 55), (100, 22)):
        assert area(*place) == pytest.approx(expected * math.cos(math.radians(place[1])), rel=1e-4)


def test_ring_is_cut_to_the_frame() -> None:
    around = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]
    assert set(lines.clip_ring(around, SQUARE)) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert lines.clip_ring([(20.0, 20.0), (30.0, 20.0), (30.0, 30.0)], SQUARE) == []


def test_line_runs_off_the_picture_on_both_sides() -> None:
    line = [(-20.0, 5.0), (-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (30.0, 5.0), (5.0, 6.0)]
    assert lines.runs(line, SQUARE) == [[(-5.0, 5.0), (5.0, 5.0), (15.0, 5.0)], [(30.0, 5.0), (5.0, 6.0)]]


def test_thinning_keeps_the_ends() -> None:
    line = [(0.0, 0.0), (0.1, 0.0), (1.0, 0.0), (1.2, 0.0)]
    assert lines.thin(line, 0.5) == [(0.0, 0.0), (1.0, 0.0), (1.2, 0.0)]
    assert lines.thin(line[:2], 0.5) == line[:2]


def test_path_data_is_relative_in_quarter_pixels() -> None:
    assert lines.path_data([[(0, 0), (1, 0.5), (0, -0.5)], [(2, 2), (2.01, 2)]], close=True) == "M0 0l4 2-4-4z"
