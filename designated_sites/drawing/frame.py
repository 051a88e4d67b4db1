"""The frame of a locator map: the globe around one point, north up, laid flat and cut to a picture."""

import math
from collections.abc import Iterable
from functools import cached_property

from .basemap import Shape, longitude_on_map
from .laea import EARTH_RADIUS, Laea, Point
from .lines import Box, Line, clip_ring, runs, thin

MARGIN = 6  # px beyond the picture, so that its own edges are never drawn as coast
BEYOND = 20  # degrees of longitude outside the picture at which a far coast is pressed flat
NEARLY = 1  # degrees around the picture within which every point is looked at
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20)  # degrees between lines of the graticule
DEGREE = math.radians(1) * EARTH_RADIUS  # km


class Frame:
    """A picture of `width` by `height` px around a point in degrees, `across` km wide."""

    def __init__(self, longitude: float, latitude: float, width: int, height: int, across: float) -> None:
        self.longitude, self.latitude = longitude_on_map(longitude), latitude
        self.width, self.height = width, height
        self.px_per_km = width / across
        self._plane = Laea(self.longitude, latitude)
        self.box: Box = (-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)

    def place(self, longitude: float, latitude: float) -> Point:
        """Degrees to pixels."""
        return self.places([(longitude, latitude)])[0]

    def places(self, line: Iterable[Point]) -> Line:
        """All points of a line, degrees to pixels."""
        scale, middle, centre = self.px_per_km, self.width / 2, self.height / 2
        return [(x * scale + middle, y * scale + centre) for x, y in self._plane.all_to_plane(line)]

    def degrees_at(self, x: float, y: float) -> Point:
        """Pixels to degrees."""
        return self._plane.to_globe((x - self.width / 2) / self.px_per_km, (y - self.height / 2) / self.px_per_km)

    @cached_property
    def reach(self) -> Box:
        """Degrees that hold every corner of the picture: west, south, east, north."""
        corner = math.hypot(self.width, self.height) / 2 / self.px_per_km
        high = math.degrees(corner / EARTH_RADIUS) * 1.05
        south, north = self.latitude - high, self.latitude + high
        polar = max(abs(south), abs(north))
        wide = 180.0 if polar >= 88 else min(180.0, high / math.cos(math.radians(polar)))
        return self.longitude - wide, south, self.longitude + wide, north

    def meets(self, shape: Shape) -> bool:
        return self._reaches(shape.box)

    def _reaches(self, box: Box, further: float = 0) -> bool:
        west, south, east, north = self.reach
        left, low, right, high = box
        return right > west - further and left < east + further and high > south - further and low < north + further

    def _near(self, stretches: Iterable[tuple[Box, Line]]) -> Line:
        """A ring with every point near the picture. Of a stretch that is far the first point stands for all; a far side is
        pressed onto two meridians outside the picture."""
        west, east = self.reach[0] - BEYOND, self.reach[2] + BEYOND
        kept: Line = []
        for box, stretch in stretches:
            for longitude, latitude in stretch if self._reaches(box, NEARLY) else stretch[:1]:
                if west < longitude < east:
                    kept.append((longitude, latitude))
                    continue
                edge = min(max(longitude, west), east)
                if not kept or kept[-1][0] != edge or abs(kept[-1][1] - latitude) > 4:
                    kept.append((edge, latitude))
        return kept

    def areas(self, shapes: Iterable[Shape], detail: float = 0.7, smallest: float = 3) -> list[Line]:
        """Rings of polygons in pixels, without what is smaller than `smallest` px² in its box."""
        found = []
        for shape in shapes:
            if not self.meets(shape):
                continue
            for stretches in shape.stretches:
                cut = clip_ring(self.places(self._near(stretches)), self.box)
                line = thin(cut, detail)
                if len(line) < 3:
                    continue
                xs, ys = [x for x, _y in line], [y for _x, y in line]
                if (max(xs) - min(xs)) * (max(ys) - min(ys)) >= smallest:
                    found.append(line)
        return found

    def courses(self, shapes: Iterable[Shape], detail: float = 0.8) -> list[Line]:
        """Lines in pixels."""
        return [
            thin(run, detail)
            for shape in shapes
            if self.meets(shape)
            for line in shape.rings
            for run in runs(self.places(line), self.box)
        ]

    def graticule(self) -> list[Line]:
        """Meridians and parallels at a round distance of at least 90 px."""
        step = next((step for step in STEPS if step * DEGREE * self.px_per_km > 90), STEPS[-1])
        west, south, east, north = self.reach
        west, east = max(west, self.longitude - 60), min(east, self.longitude + 60)
        south, north = max(south, -85.0), min(north, 89.0)
        found = []
        for longitude in _multiples(step, west, east):
            meridian = [(longitude, south + (north - south) * n / 24) for n in range(25)]
            found += runs(self.places(meridian), self.box)
        for latitude in _multiples(step, south, north):
            parallel = [(west + (east - west) * n / 30, latitude) for n in range(31)]
            found += runs(self.places(parallel), self.box)
        return found

    def outline(self) -> list[Point]:
        """Points along the edge of the picture, in degrees."""
        w, h = self.width, self.height
        top = [(n / 4 * w, 0.0) for n in range(5)]
        right = [(float(w), n / 3 * h) for n in range(1, 4)]
        foot = [(w - n / 4 * w, float(h)) for n in range(1, 5)]
        left = [(0.0, h - n / 3 * h) for n in range(1, 3)]
        return [self.degrees_at(x, y) for x, y in (*top, *right, *foot, *left)]

    def scale(self, longest: float = 110) -> tuple[float, float]:
        """A round length that fits into `longest` px: in km and in px."""
        most = longest / self.px_per_km
        power = 10.0 ** math.floor(math.log10(most))
        kilometres = next(n for n in (5, 2, 1) if n * power <= most) * power
        return kilometres, kilometres * self.px_per_km


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.floor(low / step), math.ceil(high / step)
    return [n * step for n in range(first, last)]
