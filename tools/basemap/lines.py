"""Coast, lakes, rivers and the graticule as SVG: one file for the first view, tiles with more detail for later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box

from .encoding import deltas, path_data
from .plane import BOX, on_edge, parts_of, to_plane
from .simplify import Line, Point, simplified, simplified_polygons

GRID = 10  # degrees between the lines of the graticule
SOUTH, NORTH = -20, 80  # degrees between which meridians are drawn
TILE = 1800.0  # km
ACROSS, DOWN = 8, 6
UNIT = 0.2  # km, of the tiles; the first view counts whole kilometres

STYLES = {
    "grid": 'stroke="#48697c" stroke-opacity=".16" stroke-width=".7"',
    "rivers": 'stroke="#8bb3ca" stroke-width=".7"',
    "lakes": 'fill="#c8dbe7" stroke="#86aec6" stroke-width=".7"',
    "coast": 'stroke="#7d9aaa" stroke-width=".75"',
}


Layers = dict[str, list[Line]]


@dataclass(frozen=True)
class Vectors:
    """What the maps are drawn from, in the plane."""

    land: list[Polygon]
    lakes: list[Polygon]
    rivers: list[LineString]
    sites: list[Point]


def graticule(tolerance: float) -> list[Line]:
    """Meridians and parallels every ten degrees, where they cross the box."""
    meridians = [[(float(at), float(y)) for y in range(SOUTH, NORTH + 1)] for at in range(-180, 180, GRID)]
    parallels = [[(float(x), float(at)) for x in range(-75, 286)] for at in range(SOUTH, NORTH + 1, GRID)]
    found = []
    for degrees in [*meridians, *parallels]:
        line = LineString(to_plane(*np.array(degrees).T))
        found += [
            simplified(part.coords, tolerance, False) for part in parts_of(line.intersection(box(*BOX)), "LineString")
        ]
    return found


def _without_edge(rings: Iterable[Line]) -> list[Line]:
    """Rings as lines, without the stretches along the edge of the map: no frame is drawn as coast."""
    found = []
    for ring in rings:
        run: Line = []
        for start, end in pairwise(ring):
            if on_edge(*start) and on_edge(*end):
                found.append(run)
                run = []
            else:
                run = [*(run or [start]), end]
        found.append(run)
    return [run for run in found if len(run) > 1]


def _svg(unit: float, window: Sequence[float], layers: Layers) -> str:
    """Lines keep their width at every size; presentation attributes instead of a style, as the policy wants it."""
    drawn = []
    for name, lines in layers.items():
        if data := path_data(deltas(lines, unit, y_down=True), close=name == "lakes"):
            drawn.append(f'<path {STYLES[name]} vector-effect="non-scaling-stroke" d="{data}"/>')
    view = " ".join(str(round(value / unit)) for value in window)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" preserveAspectRatio="none" fill="none" '
        f'stroke-linejoin="round" stroke-linecap="round">{"".join(drawn)}</svg>'
    )


def first_view(vectors: Vectors) -> Layers:
    land = simplified_polygons(vectors.land, 28, 500, near=vectors.sites, smallest_hole=400)
    lakes = simplified_polygons(vectors.lakes, 28, 180)
    return {
        "grid": graticule(8),
        "rivers": [simplified(river.coords, 28, False) for river in vectors.rivers if river.length > 420],
        "lakes": [ring for rings in lakes for ring in rings],
        "coast": _without_edge(ring for rings in land for ring in rings),
    }


def write_first_view(layers: Layers, out: Path) -> None:
    window = (BOX[0], -BOX[3], BOX[2] - BOX[0], BOX[3] - BOX[1])
    (out / "lines-0.svg").write_text(_svg(1, window, layers))


def write_tiles(vectors: Vectors, out: Path) -> None:
    """Cut from the 1:10m coast, on the grid of the finest relief."""
    land = simplified_polygons(vectors.land, 1, 2, near=vectors.sites, smallest_hole=2)
    runs = _without_edge(ring for rings in land for ring in rings)
    coast = parts_of(shapely.union_all([LineString(run) for run in runs]), "LineString")
    lakes = [shapely.make_valid(Polygon(rings[0], rings[1:])) for rings in simplified_polygons(vectors.lakes, 1.5, 3)]
    rivers = [LineString(simplified(river.coords, 1.5, False)) for river in vectors.rivers]
    grid = [LineString(line) for line in graticule(0.3)]
    tree = shapely.STRtree(coast)
    folder = out / "d"
    folder.mkdir()
    for row in range(DOWN):
        for column in range(ACROSS):
            left, top = BOX[0] + column * TILE, BOX[3] - row * TILE
            frame = box(left, top - TILE, left + TILE, top)
            layers = {
                "grid": _cut(grid, frame),
                "rivers": _cut(rivers, frame),
                "lakes": _lakes_in(lakes, frame),
                "coast": _merged(_cut([coast[place] for place in tree.query(frame)], frame)),
            }
            (folder / f"{column}-{row}.svg").write_text(_svg(UNIT, (left, -top, TILE, TILE), layers))


def _cut(lines: Iterable[LineString], frame: Polygon) -> list[Line]:
    parts = (part for line in lines for part in parts_of(line.intersection(frame), "LineString"))
    return [list(part.coords) for part in parts if len(part.coords) > 1]


def _merged(lines: list[Line]) -> list[Line]:
    if len(lines) < 2:
        return lines
    whole = shapely.line_merge(shapely.union_all([LineString(line) for line in lines]))
    return [list(part.coords) for part in getattr(whole, "geoms", [whole])]


def _lakes_in(lakes: Iterable[Polygon], frame: Polygon) -> list[Line]:
    parts = [part for lake in lakes for part in parts_of(lake.intersection(frame), "Polygon") if part.area > 0]
    return [list(ring.coords) for part in parts for ring in (part.exterior, *part.interiors)]
