"""The markers of the network map, in the plane that relief and coast lines are drawn in (laea.NETWORK, km)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .laea import NETWORK, Point

VIEW = (-4980, -3950, 8900, 7250)  # the window on the plane, as in static/css/parts/atlas.css: x, y, width, height
BOX = (-7700, -5600, 14400, 10800)  # all that the pictures in static/map show of the plane


class Plane(Protocol):
    """Where a point in degrees lies on a map, x to the right and y down."""

    def to_plane(self, longitude: float, latitude: float) -> Point: ...


@dataclass(frozen=True, slots=True)
class Marker:
    """A site on the map: kind is reserve or geopark, the point in degrees. Faded markers are those not found."""

    kind: str
    longitude: float
    latitude: float
    faded: bool = False


@dataclass(frozen=True)
class Size:
    """The side of a diamond, the width of a disc, and the rim around both, in km of the plane."""

    diamond: int
    disc: int
    rim: int


LARGE = Size(diamond=98, disc=124, rim=18)
SMALL = Size(diamond=124, disc=160, rim=24)  # a map at the side of a list is drawn four times as small
FADED = Size(diamond=75, disc=96, rim=0)


def _dots(points: list[Point]) -> str:
    return "".join(f"M{round(x)} {round(y)}h0" for x, y in points)


def _drawn(kind: str, points: list[Point], width: int, rim: int, attributes: str = "") -> str:
    if not points:
        return ""
    dots = _dots(points)
    halo = f'<path class="halo halo-{kind}"{attributes} stroke-width="{width + 2 * rim}" d="{dots}"/>' if rim else ""
    return f'{halo}<path class="{kind}"{attributes} stroke-width="{width}" d="{dots}"/>'


def _turned(point: Point) -> Point:
    """The same place in a plane that is turned by 45 degrees: a square dot there is a diamond here."""
    x, y = point
    return (x + y) / math.sqrt(2), (y - x) / math.sqrt(2)


def _layer(markers: list[Marker], size: Size, plane: Plane) -> str:
    def points(kind: str) -> list[Point]:
        return [plane.to_plane(marker.longitude, marker.latitude) for marker in markers if marker.kind == kind]

    diamonds = [_turned(point) for point in points("geopark")]
    geoparks = _drawn("geoparks", diamonds, size.diamond, size.rim, ' transform="rotate(45)"')
    return geoparks + _drawn("reserves", points("reserve"), size.disc, size.rim)


def markers_svg(markers: Sequence[Marker], small: bool = False, plane: Plane = NETWORK, behind: str = "") -> str:
    """All markers as a few paths: each is a dot of a thick line, round or square, so that 200 sites weigh 3 KB and a
    style sheet can give them another size. `behind` is drawn under them, in the same plane."""
    faded = _layer([marker for marker in markers if marker.faded], FADED, plane)
    found = _layer([marker for marker in markers if not marker.faded], SMALL if small else LARGE, plane)
    not_found = f'<g class="faded">{faded}</g>' if faded else ""
    return f'<svg viewBox="{" ".join(map(str, VIEW))}" aria-hidden="true">{behind}{not_found}{found}</svg>'
