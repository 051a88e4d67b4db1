"""Plane geometry for the locator: cut to a frame, thin out, write as path data."""

from collections.abc import Iterable, Sequence

from .laea import Point

Line = list[Point]
Box = tuple[float, float, float, float]  # left, top, right, bottom

QUARTERS = 4  # path data counts in quarter pixels, so that whole numbers are exact enough


def box_of(line: Iterable[Point]) -> Box:
    points = list(line)
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _cut_side(ring: Line, axis: int, limit: float, sign: int) -> Line:
    kept: Line = []
    before = ring[-1]
    was_in = sign * (before[axis] - limit) >= 0
    for point in ring:
        is_in = sign * (point[axis] - limit) >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept


def clip_ring(ring: Line, box: Box) -> Line:
    """The part of a polygon's ring inside a frame (Sutherland and Hodgman)."""
    for axis, low, high in ((0, box[0], box[2]), (1, box[1], box[3])):
        places = [point[axis] for point in ring]
        if not places or max(places) < low or min(places) > high:
            return []
        if min(places) < low:
            ring = _cut_side(ring, axis, low, 1)
        if max(places) > high:
            ring = _cut_side(ring, axis, high, -1)
    return ring


def runs(line: Sequence[Point], box: Box) -> list[Line]:
    """The stretches of a line inside a frame, each with one point before and after, so that it runs off the picture."""
    left, top, right, bottom = box
    found: list[Line] = []
    run: Line = []
    for place, point in enumerate(line):
        if left <= point[0] <= right and top <= point[1] <= bottom:
            if not run and place:
                run.append(line[place - 1])
            run.append(point)
        elif run:
            found.append([*run, point])
            run = []
    return [*found, run] if run else found


def thin(line: Line, distance: float) -> Line:
    """Without the points closer than `distance` to the one kept before. Cheap, and enough for lines already simplified."""
    if len(line) < 3:
        return line
    kept, limit = [line[0]], distance * distance
    for x, y in line[1:-1]:
        if (x - kept[-1][0]) ** 2 + (y - kept[-1][1]) ** 2 >= limit:
            kept.append((x, y))
    return [*kept, line[-1]]


def steps(whole: Sequence[tuple[int, int]]) -> str:
    """Relative moves in their shortest writing: a minus sign parts two numbers as well as a space does."""
    parts: list[str] = []
    before = whole[0]
    for x, y in whole[1:]:
        dx, dy = x - before[0], y - before[1]
        if dx or dy:
            parts.append(f"{'' if dx < 0 or not parts else ' '}{dx}{'' if dy < 0 else ' '}{dy}")
        before = (x, y)
    return "".join(parts)


def path_data(lines: Iterable[Line], close: bool = False) -> str:
    """Lines as the `d` of one path, in quarter pixels. Lines that shrink to a point are left out."""
    written = []
    for line in lines:
        whole = [(round(x * QUARTERS), round(y * QUARTERS)) for x, y in line]
        if moves := steps(whole):
            written.append(f"M{whole[0][0]} {whole[0][1]}l{moves}{'z' if close else ''}")
    return "".join(written)
