"""Where a point may lie: rough boxes per member state that catch slips of the keyboard, above all swapped coordinates.

They are ranges of plausibility for one representative point of a site, widened by a degree or so. They are not borders, say
nothing about the status of any territory and are never shown.
"""

from typing import Final, NamedTuple


class Box(NamedTuple):
    """Degrees: south, north, west, east."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


# Large states have several, so that a swapped point more often falls outside.
BOXES: Final[dict[str, tuple[Box, ...]]] = {
    "CN": (Box(15, 55, 72, 136),),
    "JP": (Box(20, 47, 122, 155),),
    "KP": (Box(36.5, 44, 123, 132),),
    "KR": (Box(31.5, 40, 123, 133),),
    "KZ": (Box(46.5, 51, 46, 49.5), Box(39.5, 56.5, 49, 89)),
    "MN": (Box(40.5, 53, 86, 121),),
    "RU": (
        Box(53, 56, 18.5, 24),
        Box(42.2, 49, 36, 46),
        Box(40.5, 49, 44, 50),
        Box(48, 53, 33, 49),
        Box(50.2, 56, 47, 63),
        Box(51.5, 56, 29.5, 63),
        Box(55, 82, 26, 70),
        Box(48.5, 82, 60, 180),
        Box(41, 82, 129, 180),
        Box(60, 75, -180, -168),
    ),
}


def fault(states: list[str], latitude: float, longitude: float) -> str:
    """Why a point cannot belong to a site of these states; '' when it may."""
    if abs(latitude) > 90 and abs(longitude) <= 90:
        return f"{latitude} is no latitude, {longitude} could be one: latitude and longitude are swapped"
    if abs(latitude) > 90 or abs(longitude) > 180:
        return f"{latitude}, {longitude} is not a point of the globe"
    boxes = [box for state in states for box in BOXES.get(state, ())]
    if not boxes or any(box.holds(latitude, longitude) for box in boxes):
        return ""
    named = " and ".join(states)
    if any(box.holds(longitude, latitude) for box in boxes):
        return f"{latitude}, {longitude} lies far from {named}, {longitude}, {latitude} would fit: latitude and longitude are swapped"
    return f"{latitude}, {longitude} lies far from {named}"
