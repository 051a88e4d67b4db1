"""Lambert azimuthal equal-area projection on the sphere: east of the centre is x, south of it is y, both in kilometres."""

import math

EARTH_RADIUS = 6371.0088  # km, mean radius

Point = tuple[float, float]


class Laea:
    """A plane that touches the globe at its centre. Areas are true everywhere, north is up at the centre only."""

    def __init__(self, longitude: float, latitude: float) -> None:
        self.longitude, self.latitude = longitude, latitude
        self._sin, self._cos = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))

    def to_plane(self, longitude: float, latitude: float) -> Point:
        """Degrees to kilometres. Any turn of longitude will do: 190 is 170 W."""
        phi, turn = math.radians(latitude), math.radians(longitude - self.longitude)
        sin_phi, cos_phi, cos_turn = math.sin(phi), math.cos(phi), math.cos(turn)
        toward = 1 + self._sin * sin_phi + self._cos * cos_phi * cos_turn
        scale = EARTH_RADIUS * math.sqrt(2 / max(toward, 1e-9))  # the antipode lies on the rim, not at infinity
        return scale * cos_phi * math.sin(turn), -scale * (self._cos * sin_phi - self._sin * cos_phi * cos_turn)

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
