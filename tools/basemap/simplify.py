"""Fewer points: Visvalingam and Whyatt's way, which drops the point whose triangle with its neighbours is smallest."""

import heapq
import math
from collections.abc import Callable, Iterable, Sequence

from shapely.geometry import Polygon

from .plane import on_edge

Point = tuple[float, float]
Line = list[Point]
Keep = Callable[[float, float], bool]

REGION = (-5000.0, -4200.0, 3900.0, 4500.0)  # the seven members and a margin: left, bottom, right, top
FADE = 600.0  # km outside the region over which lines become coarser
COARSEST = 6.0  # added to the tolerance there, as a multiple


def coarseness(x: float, y: float) -> float:
    """By how much more may be left out at a place: 1 inside the region, up to 7 far outside."""
    left, bottom, right, top = REGION
    outside = max(left - x, x - right, bottom - y, y - top, 0)
    return 1 + COARSEST * min(1, outside / FADE)


def simplified(points: Iterable[Sequence[float]], tolerance: float, closed: bool, keep: Keep | None = None) -> Line:
    """`tolerance` is the area of the triangle in square kilometres; points for which `keep` holds stay."""
    line = [(x, y) for x, y, *_ in points]
    ring = line[:-1] if closed else line
    if len(ring) < (5 if closed else 3):
        return ring + ring[:1] if closed else ring
    alive = _Thinning(ring, closed, keep).run(tolerance)
    left = [point for point, stays in zip(ring, alive, strict=True) if stays]
    return left + left[:1] if closed else left


class _Thinning:
    def __init__(self, points: Line, closed: bool, keep: Keep | None) -> None:
        number = len(points)
        self.points, self.closed = points, closed
        self.before = [place - 1 for place in range(number)]
        self.after = [place + 1 for place in range(number)]
        if closed:
            self.before[0], self.after[-1] = number - 1, 0
        inner = range(number) if closed else range(1, number - 1)
        self.sizes = {place: math.inf if keep and keep(*points[place]) else self._size(place) for place in inner}

    def _size(self, place: int) -> float:
        a, b, c = self.points[self.before[place]], self.points[place], self.points[self.after[place]]
        triangle = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
        return triangle / coarseness(*b)

    def run(self, tolerance: float) -> list[bool]:
        alive = [True] * len(self.points)
        left, fewest = len(alive), 4 if self.closed else 2
        heap = [(size, place) for place, size in self.sizes.items()]
        heapq.heapify(heap)
        while heap and left > fewest:
            size, place = heapq.heappop(heap)
            if not alive[place] or self.sizes[place] != size:
                continue
            if size > tolerance:
                break
            alive[place] = False
            left -= 1
            before, after = self.before[place], self.after[place]
            self.after[before], self.before[after] = after, before
            for neighbour in (before, after):
                if neighbour in self.sizes and alive[neighbour] and self.sizes[neighbour] != math.inf:
                    self.sizes[neighbour] = max(self._size(neighbour), size)
                    heapq.heappush(heap, (self.sizes[neighbour], neighbour))
        return alive


def simplified_polygons(
    polygons: Iterable[Polygon],
    tolerance: float,
    smallest: float,
    *,
    near: Sequence[Point] = (),
    near_km: float = 50,
    smallest_hole: float | None = None,
) -> list[list[Line]]:
    """Rings of polygons, outer ring first. One smaller than `smallest` square kilometres is left out, unless it lies within
    `near_km` of one of the places in `near`: a site may stand on it."""
    found = []
    for polygon in polygons:
        middle = polygon.representative_point()
        detail = tolerance
        if polygon.area < smallest * coarseness(middle.x, middle.y):
            if not any((middle.x - x) ** 2 + (middle.y - y) ** 2 < near_km**2 for x, y in near):
                continue
            detail = min(tolerance, polygon.area * 0.02)
        holes = [ring for ring in polygon.interiors if Polygon(ring).area > (smallest_hole or smallest)]
        found.append([simplified(ring.coords, detail, True, on_edge) for ring in (polygon.exterior, *holes)])
    return found
