"""Coast, lakes and rivers for the locator, read once per process (Natural Earth 1:10m and 1:50m, public domain).

`data/lonlat.json` holds rings and lines as whole steps of `q` degrees, longitudes from 5 to 215 so that nothing crosses
the antimeridian; `data/overview.json` the silhouette of the land in the plane of the network map, in steps of `q` km.
No borders, no names: the files hold none.
"""

import json
import math
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

from .laea import EARTH_RADIUS, Ray, ray
from .lines import Box, Line, box_of, steps

DATA = Path(__file__).parent / "data"
STRETCH = 16  # points, and as many stretches in a reach
FIRST_LONGITUDE = 5  # where the data begin; points west of it are counted on from 360


@dataclass(frozen=True)
class Stretch:
    """Some points of a line that follow each other; the box holds the point that comes next, too."""

    box: Box
    points: Line
    rays: list[Ray]


@dataclass(frozen=True)
class Reach:
    """Some stretches of a line that follow each other, with the box of all."""

    box: Box
    stretches: list[Stretch]


@dataclass(frozen=True)
class Shape:
    """A polygon (outer ring first) or a line, in degrees, with its box."""

    box: Box
    rings: list[Line]

    @cached_property
    def reaches(self) -> list[list[Reach]]:
        """Each ring in short stretches, and these in longer ones: a continent has 30,000 points, and a picture need not
        look at all of them to find the few hundred that are near."""
        return [_reaches_of(ring) for ring in self.rings]

    @cached_property
    def across(self) -> float:
        """No two points of it are further apart, in km."""
        left, low, right, high = self.box
        nearest = 0 if low < 0 < high else min(abs(low), abs(high))
        return math.radians(math.hypot((right - left) * math.cos(math.radians(nearest)), high - low)) * EARTH_RADIUS


def _reaches_of(ring: Line) -> list[Reach]:
    stretches = [
        Stretch(box_of(ring[at : at + STRETCH + 1]), points, [ray(*point) for point in points])
        for at in range(0, len(ring), STRETCH)
        if (points := ring[at : at + STRETCH])
    ]
    parts = (stretches[at : at + STRETCH] for at in range(0, len(stretches), STRETCH))
    return [Reach(_around([stretch.box for stretch in part]), part) for part in parts]


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True)
class Basemap:
    land: list[Shape]
    lakes: list[Shape]
    rivers: list[Shape]


def _decoded(row: list[int], unit: float) -> Line:
    """Differences back to places."""
    return [(x * unit, y * unit) for x, y in zip(accumulate(row[::2]), accumulate(row[1::2]), strict=True)]


def _read(name: str) -> dict[str, Any]:
    with (DATA / name).open(encoding="utf-8") as file:
        read: dict[str, Any] = json.load(file)
    return read


@cache
def basemap() -> Basemap:
    read = _read("lonlat.json")
    unit = read["q"]

    def shape(rings: list[list[int]]) -> Shape:
        lines = [_decoded(ring, unit) for ring in rings]
        return Shape(box_of(lines[0]), lines)

    return Basemap(
        land=[shape(rings) for rings in read["land"]],
        lakes=[shape(rings) for rings in read["lakes"]],
        rivers=[shape([line]) for line in read["rivers"]],
    )


@cache
def silhouette() -> tuple[str, float]:
    """The land of the inset as path data, and how many kilometres one step of it is."""
    read = _read("overview.json")
    parts = []
    for polygon in read["land"]:
        for row in polygon:
            whole = list(zip(accumulate(row[::2]), accumulate(row[1::2]), strict=True))
            parts.append(f"M{row[0]} {row[1]}l{steps(whole)}z")
    return "".join(parts), read["q"]


def longitude_on_map(longitude: float) -> float:
    return longitude if longitude > FIRST_LONGITUDE else longitude + 360
