"""Contour plate: an abstract height field grown from a slug, drawn as lines.

The same slug gives the same lines for ever, so the picture becomes the site's own sign. It is decoration: hidden from
screen readers, without a title. Sizes are in units of the drawing; the page scales it.
"""

import hashlib
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import mul

from .laea import Point

Field = list[list[float]]
Corner = tuple[int, int, int, float]  # column, row, above how many levels it lies, height
Cuts = dict[int, Point]

MARKS = {
    "reserve": '<circle class="disc" cx="{x:g}" cy="{y:g}" r="7"/>',
    "geopark": '<path class="diamond" d="M{x:g} {top:g}l8 8-8 8-8-8z"/>',
}
NONE: Cuts = {}
INDEX_EVERY = 4  # every fourth line is the heavier one, as on a map


def heights(slug: str, columns: int, rows: int) -> Field:
    """Seven soft hills and hollows on a tilted plain. The marker stands on a slope, never on a bull's eye."""
    seed = hashlib.sha256(slug.encode()).digest()
    ratio = columns / rows
    side = 1 if seed[30] % 2 else -1
    hills = [((0.5 + side * (0.14 + seed[31] / 1275)) * ratio, 0.3 + seed[27] / 640, 0.3, 0.9)]
    for i in range(6):
        a, b, c, d = seed[4 * i : 4 * i + 4]
        hills.append((a / 255 * ratio, b / 255, 0.14 + c / 255 * 0.22, (d / 255 - 0.42) * 1.5))
    tilt_x, tilt_y = seed[28] / 255 - 0.5, seed[29] / 255 - 0.5

    # A hill is the product of what it is along each side: no more exponentials than columns and rows.
    xs, ys = [i / (rows - 1) for i in range(columns)], [j / (rows - 1) for j in range(rows)]
    along = list(zip(*(_slope(xs, cx, r) for cx, _cy, r, _h in hills), strict=True))
    down = zip(*([h * part for part in _slope(ys, cy, r)] for _cx, cy, r, h in hills), strict=True)
    ground = [0.35 * tilt_x * x for x in xs]
    field = []
    for y, parts in zip(ys, down, strict=True):
        tilt = 0.35 * tilt_y * y
        field.append([base + tilt + sum(map(mul, parts, part)) for base, part in zip(ground, along, strict=True)])
    return field


def _slope(places: list[float], middle: float, radius: float) -> list[float]:
    return [math.exp(-((place - middle) ** 2) / (2 * radius * radius)) for place in places]


def _cuts(levels: list[float], p: Corner, q: Corner) -> Cuts:
    """Where levels cross the edge between two corners of the grid, by the number of the level. Who calls looks first whether
    any can: of a thousand edges most lie between two levels."""
    (x1, y1, above_p, height_p), (x2, y2, above_q, height_q) = p, q
    found = {}
    for n in range(above_p, above_q) if above_p < above_q else range(above_q, above_p):
        a, b = height_p - levels[n], height_q - levels[n]
        t = a / (a - b)
        found[n] = (round(x1 + t * (x2 - x1), 3), round(y1 + t * (y2 - y1), 3))
    return found


def isolines(field: Field, levels: list[float]) -> list[list[list[Point]]]:
    """Marching squares for all levels, which rise, in one pass; the pieces are joined end to end into lines and rings."""
    links: list[dict[Point, list[Point]]] = [defaultdict(list) for _level in levels]
    grid = [[(i, j, bisect_right(levels, h), h) for i, h in enumerate(row)] for j, row in enumerate(field)]
    along = [[_cuts(levels, p, q) if p[2] != q[2] else NONE for p, q in pairwise(row)] for row in grid]
    for (upper, lower), (tops, feet) in zip(pairwise(grid), pairwise(along), strict=True):
        sides = [_cuts(levels, p, q) if p[2] != q[2] else NONE for p, q in zip(upper, lower, strict=True)]
        for edges in zip(tops, sides[1:], feet, sides, strict=False):
            if not any(edges):
                continue  # the cell lies whole between two levels
            for n, p, q in _pieces([edge for edge in edges if edge]):
                link = links[n]
                link[p].append(q)
                link[q].append(p)
    return [[line for line in _joined(each) if len(line) > 3] for each in links]


def _pieces(crossed: list[Cuts]) -> Iterable[tuple[int, Point, Point]]:
    """The pieces of line within a cell, by the edges that are crossed: number of the level and both ends."""
    if len(crossed) == 2:  # as in most cells: what comes in by one edge leaves by the other
        first, second = crossed
        return [(n, p, second[n]) for n, p in first.items()]
    ends = {n: [edge[n] for edge in crossed if n in edge] for n in set().union(*crossed)}
    return [(n, *pair) for n, cuts in ends.items() for pair in zip(cuts[::2], cuts[1::2], strict=True)]


def _joined(links: dict[Point, list[Point]]) -> Iterator[list[Point]]:
    while links:
        start = next((p for p, ends in links.items() if len(ends) == 1), next(iter(links)))
        line, here = [start], start
        while links.get(here):
            there = links[here].pop()
            links[there].remove(here)
            if not links[here]:
                del links[here]
            line.append(there)
            here = there
        links.pop(here, None)
        yield line


def _middle(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    return (p[0] + q[0]) // 2, (p[1] + q[1]) // 2


def curve(line: list[Point], step: float) -> str:
    """Every second point as the control point of a smooth curve, in whole units."""
    points = [(round(x * step), round(y * step)) for x, y in (line[::2] if len(line) > 8 else line)]
    bend = "Q{} {} {} {}".format
    if line[0] == line[-1]:  # a ring
        points = points[:-1] if points[0] == points[-1] else points
        bends = (bend(*p, *_middle(p, q)) for p, q in zip(points, points[1:] + points[:1], strict=True))
        return "M{} {}".format(*_middle(points[-1], points[0])) + "".join(bends) + "z"
    bends = (bend(*p, *_middle(p, q)) for p, q in pairwise(points[1:]))
    end = f"L{int(line[-1][0] * step)} {int(line[-1][1] * step)}"
    return "M{} {}".format(*points[0]) + "".join(bends) + end


def plate(slug: str, kind: str = "", width: int = 120, height: int = 96, cell: int = 6, levels: int = 8) -> str:
    """The plate of a slug with the mark of its kind (reserve, geopark or none) in the middle."""
    field = heights(slug, width // cell + 1, height // cell + 1)
    flat = [h for row in field for h in row]
    low, high = min(flat), max(flat)
    rising = [low + (high - low) * n / (levels + 1) for n in range(1, levels + 1)]
    parts = []
    for n, found in enumerate(isolines(field, rising), start=1):
        if lines := "".join(curve(line, cell) for line in found):
            weight = "" if n % INDEX_EVERY else ' class="index"'
            parts.append(f'<path{weight} d="{lines}"/>')
    mark = MARKS.get(kind, "").format(x=width / 2, y=height / 2, top=height / 2 - 8)
    return (
        f'<svg class="contour" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f"{''.join(parts)}{mark}</svg>"
    )
