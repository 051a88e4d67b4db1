"""Lambert azimuthal equal-area projection on the sphere: east of the centre is x, south of it is y, both in kilometres."""

import math
from collections.abc import Iterable

EARTH_RADIUS = 6371.0088  # km, mean radius

Point = tuple[float, float]
Ray = tuple[float, float, float]  # from the middle of the globe to a point of its surface, of length 1


def ray(longitude: float, latitude: float) -> Ray:
    """Degrees as a direction: what costs sines is done once for a point that is laid on many planes."""
    turn, phi = math.radians(longitude), math.radians(latitude)
    return math.cos(phi) * math.cos(turn), math.cos(phi) * math.sin(turn), math.sin(phi)


class Laea:
    """A plane that touches the globe at its centre. Areas are true everywhere, north is up at the centre only."""

    def __init__(self, longitude: float, latitude: float) -> None:
        self.longitude, self.latitude = longitude, latitude
        self._sin, self._cos = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))

    def to_plane(self, longitude: float, latitude: float) -> Point:
        """Degrees to kilometres. Any turn of longitude will do: 190 is 170 W."""
        return self.rays_to_plane([ray(longitude, latitude)])[0]

    def rays_to_plane(self, rays: Iterable[Ray], scale: float = 1, middle: Point = (0, 0)) -> list[Point]:
        """Rays to kilometres, or to what is `scale` times as many around another middle. A map is made of thousands of
        points, so that to call a function for each costs more than to place it."""
        sqrt, (right, down), own_sin, own_cos = math.sqrt, middle, self._sin, self._cos
        turn = math.radians(self.longitude)
        turn_sin, turn_cos, size = math.sin(turn), math.cos(turn), EARTH_RADIUS * scale
        placed = []
        for x, y, z in rays:
            ahead = turn_cos * x + turn_sin * y
            toward = 1 + own_sin * z + own_cos * ahead
            # The antipode lies on the rim, not at infinity.
            grown = size * sqrt(2 / (toward if toward > 1e-9 else 1e-9))
            placed.append(
                (grown * (turn_cos * y - turn_sin * x) + right, grown * (own_sin * ahead - own_cos * z) + down)
            )
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
