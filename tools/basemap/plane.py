"""The plane of the network map (Lambert azimuthal equal-area, 48 N 105 E, kilometres, here with y up) and what lies in it."""

import math
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from .topology import Degrees, unwrapped

EARTH_RADIUS = 6371.0088  # km, as in designated_sites/drawing/laea.py
LONGITUDE, LATITUDE = 105.0, 48.0
SIN, COS = math.sin(math.radians(LATITUDE)), math.cos(math.radians(LATITUDE))
BOX = (-7700.0, -5200.0, 6700.0, 5600.0)  # left, bottom, right, top
HORIZON = (
    112.0  # degrees from the centre beyond which points are drawn in, so that the far side cannot fold over the map
)
SEAM = 0.05  # km

Kilometres = NDArray[np.float64]


def to_plane(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Kilometres:
    phi, turn = np.radians(latitude), np.radians(longitude - LONGITUDE)
    sin_phi, cos_phi, cos_turn = np.sin(phi), np.cos(phi), np.cos(turn)
    angle = np.arccos(np.clip(SIN * sin_phi + COS * cos_phi * cos_turn, -1, 1))
    right, up = cos_phi * np.sin(turn), COS * sin_phi - SIN * cos_phi * cos_turn
    length = np.hypot(right, up)
    length[length == 0] = 1
    distance = 2 * EARTH_RADIUS * np.sin(np.minimum(angle, math.radians(HORIZON)) / 2)
    return np.column_stack([distance * right / length, distance * up / length])


def to_globe(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    distance = np.hypot(x, y)
    angle = 2 * np.arcsin(np.minimum(1, distance / (2 * EARTH_RADIUS)))
    sin_angle, cos_angle = np.sin(angle), np.cos(angle)
    height = cos_angle * SIN + y * sin_angle * COS / np.maximum(distance, 1e-9)
    turn = np.arctan2(x * sin_angle, distance * COS * cos_angle - y * SIN * sin_angle)
    return LONGITUDE + np.degrees(turn), np.degrees(np.arcsin(np.clip(height, -1, 1)))


def densified(ring: Degrees, step: float = 1.0) -> Degrees:
    """With a point for every degree: a straight line on a map of degrees is none in the plane."""
    counted = unwrapped(ring)
    parts = [counted[:1]]
    for start, end in pairwise(counted):
        number = int(np.abs(end - start).max() // step) + 1
        parts.append(start + (end - start) * (np.arange(1, number + 1) / number)[:, None])
    return np.vstack(parts)


def _holds_antipode(ring: Degrees) -> bool:
    """No ring holds both a pole and the antipode, so a test on the plane of degrees is enough."""
    counted = densified(ring)
    if counted[:, 1].min() > -LATITUDE:
        return False
    polygon = shapely.make_valid(Polygon(counted))
    return any(polygon.contains(shapely.Point(LONGITUDE - 180 + turn, -LATITUDE)) for turn in (-360, 0, 360))


def parts_of(geometry: BaseGeometry, kind: str) -> list[BaseGeometry]:
    """The single polygons or lines of a geometry of any kind."""
    if isinstance(geometry, MultiPolygon) or hasattr(geometry, "geoms"):
        return [part for piece in geometry.geoms for part in parts_of(piece, kind)]
    return [geometry] if geometry.geom_type == kind and not geometry.is_empty else []


def polygons_in_plane(polygons: list[list[Degrees]]) -> list[Polygon]:
    """Polygons cut to the box, without the seam at 180 degrees, where both sides land on the same spot: a small buffer out
    and in dissolves it."""
    found: list[BaseGeometry] = []
    for rings in polygons:
        outlines = [to_plane(*densified(ring).T) for ring in rings if len(ring) > 3]
        if not outlines or not _meets_box(outlines[0]):
            continue
        shape = shapely.make_valid(Polygon(outlines[0], outlines[1:]))
        if _holds_antipode(rings[0]):  # the Americas hold it, in Patagonia, and would come out inside out
            shape = box(*BOX).difference(shapely.make_valid(Polygon(outlines[0])))
        found += parts_of(shapely.intersection(shapely.make_valid(shape), box(*BOX)), "Polygon")
    whole = unary_union([part.buffer(SEAM, join_style="mitre") for part in found]).buffer(-SEAM, join_style="mitre")
    return [part for part in getattr(whole, "geoms", [whole]) if part.area > 0]


def _meets_box(outline: Kilometres) -> bool:
    left, bottom, right, top = BOX
    x, y = outline[:, 0], outline[:, 1]
    return bool(x.max() >= left and x.min() <= right and y.max() >= bottom and y.min() <= top)


def lines_in_plane(lines: list[Degrees]) -> list[LineString]:
    inside = [
        part for line in lines for part in parts_of(LineString(to_plane(*line.T)).intersection(box(*BOX)), "LineString")
    ]
    whole = shapely.line_merge(shapely.union_all([part for part in inside if part.length > 0]))
    return list(getattr(whole, "geoms", [whole]))


def on_edge(x: float, y: float, near: float = 0.6) -> bool:
    """On the edge of the map itself, which is no coast."""
    left, bottom, right, top = BOX
    return abs(x - left) < near or abs(x - right) < near or abs(y - bottom) < near or abs(y - top) < near
