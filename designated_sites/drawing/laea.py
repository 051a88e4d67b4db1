"""Lambert azimuthal equal-area projection on the sphere: east of the centre is x, south of it is y, both in kilometres."""

import math
from collections.abc import Iterable

EARTH_RADIUS = 6371.0088  # km, mean radius

Point = tuple[float, float]


class Laea:
    """A plane that touches the globe at its centre. Areas are true everywhere, north is up at the centre only."""

    def __init__(self, longitude: float, latitude: float) -> None:
        self.longitude, self.latitude = longitude, latitude
        self._sin, self._cos = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))

    def to_plane(self, longitude: float, latitude: float) -> Point:
        """Degrees to kilometres. Any turn of longitude will do: 190 is 170 W."""
        return self.all_to_plane([(longitude, latitude)])[0]

    def all_to_plane(self, line: Iterable[Point]) -> list[Point]:
        """A map is made of thousands of points, so that to call a function for each costs more than to place it."""
        radians, sin, cos, sqrt = math.radians, math.sin, math.cos, math.sqrt
        middle, own_sin, own_cos = self.longitude, self._sin, self._cos
        placed = []
        for longitude, latitude in line:
            phi, turn = radians(latitude), radians(longitude - middle)
            sin_phi, cos_phi, cos_turn = sin(phi), cos(phi), cos(turn)
            toward = 1 + own_sin * sin_phi + own_cos * cos_phi * cos_turn
            if toward < 1e-9:
                toward = 1e-9  # the antipode lies on the rim, not at infinity
            scale = EARTH_RADIUS * sqrt(2 / toward)
            placed.append((scale * cos_phi * sin(turn), -scale * (own_cos * sin_phi - own_sin * cos_phi * cos_turn)))
        return placed

    def to_globe(self, x: float, y: float) -> Point:
        """Kilometres to (longitude, latitude) in degrees; the longitude may lie beyond 180."""
        north, distance = -y, math.hypot(x, y)
        if distance < 1e-9:
            return self.longitude, self.latitude
        angle = 2 * math.asin(min(1.0, distance / 2 / EARTH_RADIUS))
        sin_angle, cos_angle = math.sin(angle), math.cos(angle)
        turn = math.atan2(x * sin_angle, distance * self._cos * cos_angle - north * self._sin * sin_angle)
        height = cos_angle * self._sin + north * sin_angle * self._cos / distance
        return self.longitude + math.degrees(turn), math.degrees(math.asin(max(-1.0, min(1.0, height))))


# The plane of the network map: the relief, the coast lines and the markers are all drawn in it.
NETWORK = Laea(105, 48)
