"""How far two places are from each other."""

from math import asin, cos, radians, sin, sqrt

from .laea import EARTH_RADIUS


def great_circle(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude) on the sphere."""
    lat, other = radians(here[0]), radians(there[0])
    turn = radians(there[1] - here[1])
    half = sin((other - lat) / 2) ** 2 + cos(lat) * cos(other) * sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))
