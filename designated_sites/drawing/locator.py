"""Where a site lies: coast, rivers and lakes around it, an inset of the region, a scale. North is up.

One Lambert projection per site, centred on it, so that nothing is ever cut by an antimeridian. The drawing carries its
own colours as attributes; the classes let static/css/parts/locator.css put those of the theme in their place.
"""

from dataclasses import dataclass
from html import escape

from .basemap import basemap, silhouette
from .frame import Frame
from .laea import NETWORK, Point
from .lines import QUARTERS, Line, path_data

ACROSS = 1900.0  # km from side to side: the neighbours of a site and a coast that readers know
WIDER = 2800.0  # deep inland, where the picture would be empty
FEW = 500  # points of coast, lakes and rivers below which a picture is empty
INK, SEA, LAND, COAST = "#11303f", "#d6e4ec", "#f2ede1", "#7d9aaa"
REGION = (-6650, -4850, 12600)  # the inset's window on the network's plane: left, top, width in km; it is 4 to 3
MARKS = {
    "reserve": '<circle class="mark-reserve" r="{r}" fill="#005f86" stroke="#fff" stroke-width="{rim}"/>',
    "geopark": (
        '<path class="mark-geopark" d="M0-{r}L{r} 0 0 {r}-{r} 0z" fill="#b3430e" stroke="#fff" stroke-width="{rim}"'
        ' stroke-linejoin="round"/>'
    ),
}


def _path(lines: list[Line], attributes: str, close: bool = False) -> str:
    data = path_data(lines, close)
    return f'<path d="{data}" {attributes}/>' if data else ""


@dataclass(frozen=True)
class Ground:
    """What the base map shows in a frame, in pixels."""

    frame: Frame
    land: list[Line]
    lakes: list[Line]
    rivers: list[Line]

    @property
    def points(self) -> int:
        return sum(map(len, (*self.land, *self.lakes, *self.rivers)))


def _ground(point: Point, size: tuple[int, int], across: float) -> Ground:
    base, frame = basemap(), Frame(*point, *size, across)
    return Ground(frame, frame.areas(base.land), frame.areas(base.lakes), frame.courses(base.rivers))


def _ground_svg(ground: Ground, uid: str) -> str:
    """Sea, land with two soft halos, graticule, rivers, lakes. One path of the land is used three times."""
    frame, q = ground.frame, QUARTERS
    lake = f'class="lake" fill="{SEA}" stroke="#9cc0d4" stroke-width="{q * 0.8:g}" fill-rule="evenodd"'
    return (
        f'<rect class="sea" width="{frame.width}" height="{frame.height}" fill="{SEA}"/>'
        f'<g transform="scale({1 / q})" fill="none" stroke-linejoin="round">'
        f'<defs><path id="{uid}" d="{path_data(ground.land, close=True)}" fill-rule="evenodd"/></defs>'
        f'<use href="#{uid}" class="halo-1" stroke="#dfeaf0" stroke-width="{q * 20}"/>'
        f'<use href="#{uid}" class="halo-2" stroke="#e9f1f5" stroke-width="{q * 9}"/>'
        f'<use href="#{uid}" class="land" fill="{LAND}" stroke="{COAST}" stroke-width="{q}"/>'
        + _path(frame.graticule(), f'class="grid" stroke="#48697c" stroke-opacity=".18" stroke-width="{q * 0.8:g}"')
        + _path(ground.rivers, f'class="river" stroke="#9cc0d4" stroke-width="{q}"')
        + _path(ground.lakes, lake, close=True)
        + "</g>"
    )


def _spot(frame: Frame, kind: str) -> str:
    """The site itself, ringed so that the eye finds it."""
    return (
        f'<g transform="translate({frame.width / 2:g} {frame.height / 2:g})">'
        '<circle class="spot" r="19" fill="#fff" fill-opacity=".55"/>'
        f'<circle class="bar" r="19" fill="none" stroke="{INK}" stroke-width="1.4"/>'
        f"{MARKS[kind].format(r=9, rim=2.5)}</g>"
    )


def _scale_bar(frame: Frame, unit: str) -> str:
    kilometres, length = frame.scale()
    left, foot = frame.width - length - 16, frame.height - 20
    return (
        f'<path class="bar" d="M{left:.1f} {foot}v6h{length:.1f}v-6" fill="none" stroke="{INK}" stroke-width="1.5"/>'
        f'<text x="{left + length / 2:.0f}" y="{foot - 3}" font-size="12" text-anchor="middle" fill="{INK}"'
        f' stroke="{LAND}" stroke-width="3" paint-order="stroke">{kilometres:g} {escape(unit)}</text>'
    )


def _inset(frame: Frame, kind: str) -> str:
    """The region as a silhouette, with the frame of the map carried over point by point."""
    land, step = silhouette()
    width = min(168, round(frame.width * 0.3))
    height = round(width * 0.75)
    left, top, across = REGION
    scale = width / across

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = NETWORK.to_plane(longitude, latitude)
        return (x - left) * scale, (y - top) * scale

    outline = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in frame.outline())
    x, y = place(frame.longitude, frame.latitude)
    return (
        f'<svg x="10" y="{frame.height - height - 10}" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' aria-hidden="true"><rect class="inset" width="{width}" height="{height}" fill="#e9f1f5"/>'
        f'<path class="inset-land" transform="translate({-left * scale:.1f} {-top * scale:.1f}) scale({scale * step:.4f})"'
        f' d="{land}" fill="#c9c6b4"/>'
        f'<polygon class="bar" points="{outline}" fill="none" stroke="{INK}" stroke-width="1.2"/>'
        f'<g transform="translate({x:.1f} {y:.1f})">{MARKS[kind].format(r=4.5, rim=1.5)}</g>'
        f'<rect class="bar" x=".5" y=".5" width="{width - 1}" height="{height - 1}" fill="none" stroke="{INK}"/></svg>'
    )


def drawing(key: str, kind: str, point: Point, size: tuple[int, int], unit: str) -> str:
    """All that is seen, without the words for those who cannot see it. Some 15 KB.

    `key` is unique on the page, `point` is longitude and latitude in degrees, `size` in px, `unit` the sign for km.
    """
    ground = _ground(point, size, ACROSS)
    if ground.points < FEW:
        ground = _ground(point, size, WIDER)
    frame = ground.frame
    return _ground_svg(ground, key) + _spot(frame, kind) + _scale_bar(frame, unit) + _inset(frame, kind)


def locator(
    slug: str,
    kind: str,
    point: Point,
    *,
    title: str,
    description: str,
    size: tuple[int, int] = (640, 430),
    unit: str = "km",
) -> str:
    """The locator map of a site. Ids carry kind, slug and width: inline drawings share the ids of their page."""
    key = f"locator-{kind}-{slug}-{size[0]}"
    body = drawing(key, kind, point, size, unit)
    return (
        f'<svg class="locator" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="{key}-title {key}-text">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-text">{escape(description)}</desc>{body}</svg>'
    )
