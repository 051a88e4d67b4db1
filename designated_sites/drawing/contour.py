"""Contour plate: an abstract height field grown from a slug, drawn as lines.

The same slug gives the same lines for ever, so the picture becomes the site's own sign. It is decoration: hidden from
screen readers, without a title. Sizes are in units of the drawing; the page scales it.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from .laea import Point

Field = list[list[float]]

MARKS = {
    "reserve": '<circle class="disc" cx="{x:g}" cy="{y:g}" r="7"/>',
    "geopark": '<path class="diamond" d="M{x:g} {top:g}l8 8-8 8-8-8z"/>',
}
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

    def at(x: float, y: float) -> float:
        ground = 0.35 * (tilt_x * x + tilt_y * y)
        return ground + sum(h * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r)) for cx, cy, r, h in hills)

    return [[at(i / (rows - 1), j / (rows - 1)) for i in range(columns)] for j in range(rows)]


def _cut(field: Field, level: float, p: tuple[int, int], q: tuple[int, int]) -> Point:
    """Where a level crosses the edge between two points of the grid, `p` before `q`: the same from both of its sides."""
    (x1, y1), (x2, y2) = p, q
    a, b = field[y1][x1] - level, field[y2][x2] - level
    t = a / (a - b)
    return round(x1 + t * (x2 - x1), 3), round(y1 + t * (y2 - y1), 3)


def isolines(field: Field, level: float) -> list[list[Point]]:
    """Marching squares; the pieces are joined end to end into lines and rings."""
    links: dict[Point, list[Point]] = defaultdict(list)
    low = [[height < level for height in row] for row in field]  # most cells lie whole on one side: they cost no more
    for j, (above, below) in enumerate(pairwise(low)):
        for i, (a, b, c, d) in enumerate(zip(above, above[1:], below[1:], below, strict=False)):
            if a == b == c == d:
                continue
            corners = (i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)
            edges = (a != b, 0, 1), (b != c, 1, 2), (c != d, 3, 2), (d != a, 0, 3)
            cuts = [_cut(field, level, corners[p], corners[q]) for crossed, p, q in edges if crossed]
            for p, q in zip(cuts[::2], cuts[1::2], strict=True):
                links[p].append(q)
                links[q].append(p)
    return [line for line in _joined(links) if len(line) > 3]


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


@lru_cache(maxsize=2048)
def plate(slug: str, kind: str = "", width: int = 120, height: int = 96, cell: int = 6, levels: int = 8) -> str:
    """The plate of a slug with the mark of its kind (reserve, geopark or none) in the middle."""
    field = heights(slug, width // cell + 1, height // cell + 1)
    flat = [h for row in field for h in row]
    low, high = min(flat), max(flat)
    parts = []
    for n in range(1, levels + 1):
        lines = "".join(curve(line, cell) for line in isolines(field, low + (high - low) * n / (levels + 1)))
        if lines:
            weight = "" if n % INDEX_EVERY else ' class="index"'
            parts.append(f'<path{weight} d="{lines}"/>')
    mark = MARKS.get(kind, "").format(x=width / 2, y=height / 2, top=height / 2 - 8)
    return (
        f'<svg class="contour" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f"{''.join(parts)}{mark}</svg>"
    )
