"""Web Mercator for a base map of tiles that staff have chosen, laid so that the members fill the window of the network map.

Its unit is not the kilometre: a degree of longitude is as long everywhere, and the scale grows towards the poles.
"""

import math
from collections.abc import Iterator

from .atlas import VIEW
from .laea import Point

WEST, EAST = 17, 197  # degrees that the window shows; 197 is 163 W
MIDDLE = 54  # degrees of latitude in the middle of the window
EDGE = 85.0511  # degrees of latitude where the square world of the tiles ends
CUT = -30  # degrees: what lies further west is reached round the world in the east
TILE_LEVEL = 3  # of the picture that the server draws: twenty-five tiles

LEFT, TOP, WIDTH, HEIGHT = VIEW
DEGREE = WIDTH / (EAST - WEST)


def _stretched(latitude: float) -> float:
    """Degrees of latitude as the projection stretches them."""
    held = math.radians(max(-EDGE, min(EDGE, latitude)))
    return math.degrees(math.log(math.tan(math.pi / 4 + held / 2)))


class Mercator:
    def to_plane(self, longitude: float, latitude: float) -> Point:
        counted = longitude + 360 if longitude < CUT else longitude
        y = TOP + HEIGHT / 2 + (_stretched(MIDDLE) - _stretched(latitude)) * DEGREE
        return LEFT + (counted - WEST) * DEGREE, y


MERCATOR = Mercator()
WORLD = (
    LEFT + (-180 - WEST) * DEGREE,
    TOP + HEIGHT / 2 + (_stretched(MIDDLE) - 180) * DEGREE,
    360 * DEGREE,
)  # the square that all tiles together fill: left, top, side


def box() -> tuple[int, int, int, int]:
    """What the map can be moved over: from Greenland's east round to Alaska, without the poles."""
    west, north = MERCATOR.to_plane(-20, 84)
    east, south = MERCATOR.to_plane(215, -10)
    return round(west), round(north), round(east - west), round(south - north)


def tiles_in_window() -> Iterator[tuple[int, int, float, float, float]]:
    """Column and row of the tiles that the window shows, with their left, top and side in the plane."""
    left, top, side = WORLD
    step = side / 2**TILE_LEVEL
    for row in range(2**TILE_LEVEL):
        y = top + row * step
        for place in range(2 ** (TILE_LEVEL + 1)):
            x = left + place * step
            if x + step > LEFT and x < LEFT + WIDTH and y + step > TOP and y < TOP + HEIGHT:
                yield place % 2**TILE_LEVEL, row, x, y, step
