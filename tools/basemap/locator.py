"""What the server draws locator maps from: coast, lakes and rivers in hundredths of a degree, and the little overview."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.ops import unary_union

from .encoding import Row, deltas
from .plane import parts_of, polygons_in_plane, to_plane
from .simplify import Line, simplified, simplified_polygons
from .topology import Degrees, Layer, unwrapped

WEST, EAST = 5, 215  # degrees: 190 is 170 W, so that nothing crosses the antimeridian
SOUTH, NORTH = -12, 84
WINDOW = box(WEST, SOUTH, EAST, NORTH)
UNIT = 0.01  # degrees
TOLERANCE = 4  # km²
SEAM = 1e-4  # degrees
OVERVIEW_UNIT = 12  # km


def write_locator(land: Layer, lakes: Layer, rivers: Layer, out: Path) -> None:
    data = {
        "q": UNIT,
        "land": _rows(_in_window(land.polygons), smallest=4, smallest_hole=20),
        "lakes": _rows(_in_window(lakes.polygons), smallest=8, smallest_hole=8),
        "rivers": deltas([_thinned(river.coords, closed=False) for river in _river_lines(rivers)], UNIT),
    }
    _write(out / "lonlat.json", data)


def write_overview(land: Layer, out: Path) -> None:
    """The silhouette of the land behind the small square of the locator, in the plane of the network map."""
    polygons = simplified_polygons(polygons_in_plane(land.polygons), 2600, 16000, smallest_hole=30000)
    rows = [deltas(rings, OVERVIEW_UNIT, y_down=True) for rings in polygons]
    _write(out / "overview.json", {"q": OVERVIEW_UNIT, "land": [row for row in rows if row]})


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, separators=(",", ":")))


def _in_window(polygons: Iterable[list[Degrees]]) -> list[Polygon]:
    """Polygons in the plane of degrees, each turned round the globe until it lies in the window."""
    found = []
    for rings in polygons:
        outer, *holes = [unwrapped(ring) for ring in rings]
        holes = [_beside(hole, outer) for hole in holes]
        for turn in (0, 360, -360):
            if outer[:, 0].max() + turn < WEST or outer[:, 0].min() + turn > EAST:
                continue
            shape = Polygon(_turned(outer, turn), [_turned(hole, turn) for hole in holes])
            found += [
                part for part in parts_of(shapely.make_valid(shape).intersection(WINDOW), "Polygon") if part.area > 0
            ]
    whole = unary_union([part.buffer(SEAM) for part in found]).buffer(-SEAM)
    return list(getattr(whole, "geoms", [whole]))


def _turned(line: Degrees, by: float) -> Degrees:
    return line + np.array([by, 0.0])


def _beside(hole: Degrees, outer: Degrees) -> Degrees:
    """A hole turned to where its outer ring is counted: without it the Caspian Sea, a hole of Eurasia, is land."""
    middle = (outer[:, 0].min() + outer[:, 0].max()) / 2
    return _turned(hole, 360 * round((middle - hole[:, 0].mean()) / 360))


def _river_lines(rivers: Layer) -> list[LineString]:
    parts = [
        part
        for line in rivers.lines
        for turn in (0, 360)
        for part in parts_of(LineString(_turned(line, turn)).intersection(WINDOW), "LineString")
        if part.length > 0
    ]
    whole = shapely.line_merge(shapely.union_all(parts))
    return list(getattr(whole, "geoms", [whole]))


def _thinned(
    degrees: Iterable[Sequence[float]], *, closed: bool, keep: Callable[[float, float], bool] | None = None
) -> Line:
    """Simplified in the plane, where areas are true, and taken back to degrees."""
    points = [(x, y) for x, y, *_ in degrees]
    placed = [(float(x), float(y)) for x, y in to_plane(*np.array(points).T)]
    back = dict(zip(placed, points, strict=True))

    def at_window(x: float, y: float) -> bool:
        longitude, latitude = back[x, y]
        return abs(longitude - WEST) < 1e-3 or abs(longitude - EAST) < 1e-3 or abs(latitude - SOUTH) < 1e-3

    return [back[point] for point in simplified(placed, TOLERANCE, closed, at_window)]


def _area(ring: Iterable[Sequence[float]]) -> float:
    points = np.array([(x, y) for x, y, *_ in ring])
    return Polygon(to_plane(*points.T)).area if len(points) > 3 else 0


def _rows(polygons: Iterable[Polygon], *, smallest: float, smallest_hole: float) -> list[list[Row]]:
    found = []
    for polygon in polygons:
        if _area(polygon.exterior.coords) < smallest:
            continue
        holes = [hole for hole in polygon.interiors if _area(hole.coords) > smallest_hole]
        found.append(deltas([_thinned(ring.coords, closed=True) for ring in (polygon.exterior, *holes)], UNIT))
    return [rows for rows in found if rows]
