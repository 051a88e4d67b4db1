"""The markers of the network map, in the plane that relief and coast lines are drawn in (laea.NETWORK, km)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .laea import NETWORK

VIEW = (-4980, -3950, 8900, 7250)  # the window on the plane, as in static/css/parts/atlas.css: x, y, width, height


@dataclass(frozen=True, slots=True)
class Marker:
    """A site on the map: kind is reserve or geopark, the point in degrees. Faded markers are those not found."""

    kind: str
    longitude: float
    latitude: float
    faded: bool = False


@dataclass(frozen=True)
class Size:
    """Half a diamond, a disc, and the white rim around both, in km of the plane."""

    diamond: int
    disc: int
    rim: int


LARGE = Size(diamond=69, disc=124, rim=18)
SMALL = Size(diamond=88, disc=160, rim=24)  # a map at the side of a list is drawn four times as small
FADED = Size(diamond=53, disc=96, rim=0)


def _points(markers: Iterable[Marker]) -> list[tuple[int, int]]:
    planes = (NETWORK.to_plane(marker.longitude, marker.latitude) for marker in markers)
    return [(round(x), round(y)) for x, y in planes]


def _diamonds(points: list[tuple[int, int]], size: Size) -> str:
    d = size.diamond
    shape = f"l{d}-{d} {d} {d}-{d} {d}z"
    lines = "".join(f"M{x - d} {y}{shape}" for x, y in points)
    rim = f'<path class="halo halo-diamonds" stroke-width="{2 * size.rim - 2}" d="{lines}"/>' if size.rim else ""
    return f'{rim}<path class="geoparks" d="{lines}"/>' if lines else ""


def _discs(points: list[tuple[int, int]], size: Size) -> str:
    lines = "".join(f"M{x} {y}h0" for x, y in points)
    rim = f'<path class="halo halo-discs" stroke-width="{size.disc + 2 * size.rim}" d="{lines}"/>' if size.rim else ""
    return f'{rim}<path class="reserves" stroke-width="{size.disc}" d="{lines}"/>' if lines else ""


def _layer(markers: list[Marker], size: Size) -> str:
    geoparks = _points(marker for marker in markers if marker.kind == "geopark")
    reserves = _points(marker for marker in markers if marker.kind == "reserve")
    return _diamonds(geoparks, size) + _discs(reserves, size)


@lru_cache(maxsize=64)
def markers_svg(markers: tuple[Marker, ...], small: bool = False) -> str:
    """All markers as a few paths: discs are dots of a thick round line, so that 200 sites weigh 6 KB."""
    faded = _layer([marker for marker in markers if marker.faded], FADED)
    found = _layer([marker for marker in markers if not marker.faded], SMALL if small else LARGE)
    behind = f'<g class="faded">{faded}</g>' if faded else ""
    return f'<svg viewBox="{" ".join(map(str, VIEW))}" aria-hidden="true">{behind}{found}</svg>'
