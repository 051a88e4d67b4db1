"""The plane of a base map in Web Mercator, laid into the same window as our own."""

import math

import pytest

from designated_sites.drawing.atlas import VIEW
from designated_sites.drawing.mercator import EDGE, MERCATOR, WORLD, box, tiles_in_window


def tile_of(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    """The tile that everybody's Web Mercator has there."""
    x = (longitude + 180) / 360 * 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**zoom
    return math.floor(x), math.floor(y)


def test_window_holds_all_members() -> None:
    left, top, width, height = VIEW
    for place in ((20, 55), (179, 65), (-170, 65), (100, 18), (145, 44), (98, 74)):
        x, y = MERCATOR.to_plane(*place)
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("place", [(126.55, 33.38), (45.5, 50.1), (166.2, 55.2), (98.5, 73.8)])
def test_sites_lie_on_the_tile_that_shows_them(place: tuple[float, float]) -> None:
    left, top, side = WORLD
    x, y = MERCATOR.to_plane(*place)
    step = side / 2**6
    assert (math.floor((x - left) / step), math.floor((y - top) / step)) == tile_of(*place, zoom=6)


def test_world_is_square_and_goes_round() -> None:
    _left, top, side = WORLD
    assert MERCATOR.to_plane(0, EDGE)[1] == pytest.approx(top, abs=0.1)
    assert MERCATOR.to_plane(0, -EDGE)[1] == pytest.approx(top + side, abs=0.1)
    assert MERCATOR.to_plane(-170, 65)[0] == pytest.approx(MERCATOR.to_plane(190, 65)[0])


def test_tiles_fill_the_window_and_are_few() -> None:
    tiles = list(tiles_in_window())
    assert 12 <= len(tiles) <= 25
    left, top, width, height = VIEW
    assert min(x for _column, _row, x, _y, _side in tiles) <= left
    assert max(x + side for _column, _row, x, _y, side in tiles) >= left + width
    assert min(y for *_tile, _x, y, _side in tiles) <= top
    assert {column for column, *_rest in tiles} == {4, 5, 6, 7, 0}
    x, y, wide, high = box()
    assert x <= left
    assert y <= top
    assert x + wide >= left + width
    assert y + high >= top + height
