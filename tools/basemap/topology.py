"""TopoJSON: shared arcs, put together again to rings and lines in degrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]  # rows of longitude, latitude


@dataclass(frozen=True)
class Layer:
    """The polygons (outer ring first) and the lines of one layer of a file."""

    polygons: list[list[Degrees]]
    lines: list[Degrees]


def read_layer(topology: dict[str, Any], name: str) -> Layer:
    arcs = [_decoded(arc, topology.get("transform")) for arc in topology["arcs"]]
    polygons: list[list[Degrees]] = []
    lines: list[Degrees] = []
    for geometry in _geometries(topology["objects"][name]):
        kind, parts = geometry.get("type"), geometry.get("arcs")
        if kind == "Polygon":
            polygons.append([_joined(arcs, ring) for ring in parts])
        elif kind == "MultiPolygon":
            polygons += [[_joined(arcs, ring) for ring in polygon] for polygon in parts]
        elif kind == "LineString":
            lines.append(_joined(arcs, parts))
        elif kind == "MultiLineString":
            lines += [_joined(arcs, line) for line in parts]
    return Layer(polygons, lines)


def _geometries(geometry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if geometry.get("type") == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _geometries(part)
    else:
        yield geometry


def _decoded(arc: list[list[int]], transform: dict[str, Any] | None) -> Degrees:
    points = np.array(arc, float)
    return np.cumsum(points, axis=0) * transform["scale"] + transform["translate"] if transform else points


def _joined(arcs: list[Degrees], numbers: list[int]) -> Degrees:
    """A negative number is an arc run backwards; where two arcs meet, the point counts once."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def unwrapped(ring: Degrees) -> Degrees:
    """Longitudes counted on beyond 180 instead of stepping to -180: the rings of world-atlas are stitched there."""
    counted = ring.copy()
    counted[:, 0] = np.degrees(np.unwrap(np.radians(counted[:, 0])))
    return counted
