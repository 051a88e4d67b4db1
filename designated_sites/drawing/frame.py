"""The frame of a locator map: the globe around one point, north up, laid flat and cut to a picture."""

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from .basemap import Reach, Shape, Stretch, longitude_on_map
from .laea import EARTH_RADIUS, Laea, Point, Ray, ray
from .lines import Box, Line, box_of, clip_ring, runs, thin

MARGIN = 6  # px beyond the picture, so that its own edges are never drawn as coast
BEYOND = 20  # degrees of longitude outside the picture at which a far coast is pressed flat
NEARLY = 0.5  # degrees around the picture within which every point is looked at
RIM = 12  # parts of each side of the picture in which its edge is looked at
STRETCHED = 1.3  # what is drawn is nowhere so much longer than on the globe
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
        return self._placed(ray(*point) for point in line)

    def _placed(self, rays: Iterable[Ray]) -> Line:
        return self._plane.rays_to_plane(rays, self.px_per_km, (self.width / 2, self.height / 2))

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

    @cached_property
    def close(self) -> Box:
        """Degrees that hold the picture and little more."""
        if self._shows(0, -90) or self._shows(0, 90):  # where all meridians meet
            return self.reach
        west, south, east, north = box_of(self.rim())
        return west - NEARLY, south - NEARLY, east + NEARLY, north + NEARLY

    def rim(self) -> list[Point]:
        """Points all along the edge of what is drawn, in degrees."""
        left, top, right, bottom = self.box
        across = [left + (right - left) * n / RIM for n in range(RIM + 1)]
        down = [top + (bottom - top) * n / RIM for n in range(RIM + 1)]
        ends = [(x, y) for x in across for y in (top, bottom)] + [(x, y) for y in down for x in (left, right)]
        return [self.degrees_at(x, y) for x, y in ends]

    def _shows(self, longitude: float, latitude: float) -> bool:
        x, y = self.place(longitude, latitude)
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def meeting(self, shapes: Iterable[Shape]) -> list[Shape]:
        """The shapes whose boxes meet the picture."""
        west, south, east, north = self.close
        return [
            shape
            for shape in shapes
            if shape.box[0] < east and shape.box[2] > west and shape.box[1] < north and shape.box[3] > south
        ]

    def _reaches(self, box: Box) -> bool:
        west, south, east, north = self.close
        left, low, right, high = box
        return right > west and left < east and high > south and low < north

    def _near(self, reaches: Iterable[Reach]) -> Iterator[tuple[Stretch, bool]]:
        """The stretches of a line, and whether they are near the picture. Of many that are far one stands for all."""
        for reach in reaches:
            if not self._reaches(reach.box):
                yield reach.stretches[0], False
                continue
            for stretch in reach.stretches:
                yield stretch, self._reaches(stretch.box)

    def _ring(self, reaches: Iterable[Reach]) -> list[Ray]:
        """A ring with every point near the picture. Of a stretch that is far the first point stands for all; a far side is
        pressed onto two meridians outside the picture."""
        west, east = self.reach[0] - BEYOND, self.reach[2] + BEYOND
        kept: list[Ray] = []
        pressed: Point | None = None  # the last point, where it was pressed
        for stretch, near in self._near(reaches):
            if near and west < stretch.box[0] and stretch.box[2] < east:
                kept += stretch.rays
                pressed = None
                continue
            number = len(stretch.points) if near else 1
            for (longitude, latitude), there in zip(stretch.points[:number], stretch.rays, strict=False):
                if west < longitude < east:
                    kept.append(there)
                    pressed = None
                    continue
                edge = min(max(longitude, west), east)
                if pressed is None or pressed[0] != edge or abs(pressed[1] - latitude) > 4:
                    pressed = edge, latitude
                    kept.append(ray(*pressed))
        return kept

    def areas(self, shapes: Iterable[Shape], detail: float = 0.7, smallest: float = 3) -> list[Line]:
        """Rings of polygons in pixels, without what is smaller than `smallest` px² in its box."""
        least = math.sqrt(smallest) / STRETCHED / self.px_per_km
        found = []
        for shape in self.meeting(shapes):
            for reaches in shape.reaches if shape.across > least else ():
                line = thin(clip_ring(self._placed(self._ring(reaches)), self.box), detail)
                if len(line) < 3:
                    continue
                xs, ys = [x for x, _y in line], [y for _x, y in line]
                if (max(xs) - min(xs)) * (max(ys) - min(ys)) >= smallest:
                    found.append(line)
        return found

    def courses(self, shapes: Iterable[Shape], detail: float = 0.8) -> list[Line]:
        """Lines in pixels. A stretch that is far is left out but for its first point."""
        found = []
        for shape in self.meeting(shapes):
            for reaches in shape.reaches:
                near = (stretch.rays if near else stretch.rays[:1] for stretch, near in self._near(reaches))
                placed = self._placed(chain.from_iterable(near))
                found += [thin(run, detail) for run in runs(placed, self.box)]
        return found

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
