"""The base map of the map page: the portal's own relief, or tiles in Web Mercator that the secretariat has chosen.

`EABRN_MAP_TILES` is a directory of tiles z/x/y.png (jpg, webp), which the portal then serves itself, or an address below
the portal's own, such as `/tiles/{z}/{x}/{y}.png`. Another host is refused: no page of the portal asks one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from designated_sites.drawing import mercator
from designated_sites.drawing.atlas import BOX, Plane
from designated_sites.drawing.laea import NETWORK

ENDINGS = {"png": "image/png", "webp": "image/webp", "jpg": "image/jpeg"}
PLACES = ("{z}", "{x}", "{y}")
A_DAY = 24 * 60 * 60
NOTHING = SafeString()


@dataclass(frozen=True)
class BaseMap:
    """`tiles` is the address of a tile with {z}, {x} and {y}; empty for the portal's own relief."""

    plane: Plane
    box: tuple[int, int, int, int]
    tiles: str = ""
    largest_zoom: int = 0
    attribution: str = ""
    picture: SafeString = NOTHING  # what the server draws under the markers, without a script

    @property
    def grid(self) -> tuple[float, ...]:
        return mercator.WORLD


OWN = BaseMap(NETWORK, BOX)


def base_map() -> BaseMap:
    tiles = _address(settings.MAP_TILES)
    if not tiles:
        return OWN
    return BaseMap(
        mercator.MERCATOR,
        mercator.box(),
        tiles,
        settings.MAP_TILES_ZOOM,
        settings.MAP_TILES_ATTRIBUTION,
        format_html("<g>{}</g>", _picture(tiles)),
    )


def _picture(tiles: str) -> SafeString:
    def images() -> Iterator[tuple[str, float, float, float, float]]:
        for column, row, x, y, side in mercator.tiles_in_window():
            filled = dict(zip(PLACES, (mercator.TILE_LEVEL, column, row), strict=True))
            address = tiles
            for place, number in filled.items():
                address = address.replace(place, str(number))
            yield address, round(x, 1), round(y, 1), round(side, 1), round(side, 1)

    return format_html_join("", '<image href="{}" x="{}" y="{}" width="{}" height="{}"/>', images())


def _address(given: str) -> str:
    """The address of the tiles; a directory is served at an address of ours."""
    if not given or all(place in given for place in PLACES):
        return given
    ending = _ending(Path(given))
    return reverse("map-tile", args=[0, 0, 0, ending]).replace("0/0/0", "/".join(PLACES)) if ending else ""


@cache
def _ending(directory: Path) -> str:
    """How the names of its tiles end, looked up once; empty when there are none."""
    found = next((path.suffix[1:] for ending in ENDINGS for path in directory.glob(f"*/*/*.{ending}")), "")
    return found


@require_safe
@cache_control(public=True, max_age=A_DAY)
def tile(request: HttpRequest, zoom: int, column: int, row: int, ending: str) -> FileResponse:
    given = settings.MAP_TILES
    if not given or "{" in given or ending not in ENDINGS:
        raise Http404("no tiles here")
    try:
        return FileResponse(
            (Path(given) / str(zoom) / str(column) / f"{row}.{ending}").open("rb"), content_type=ENDINGS[ending]
        )
    except OSError as error:
        raise Http404("no such tile") from error


def check_tiles(**kwargs: object) -> list[CheckMessage]:
    given = settings.MAP_TILES
    if not given or (Path(given).is_dir() and _ending(Path(given))):
        return []
    if given.startswith("/") and not given.startswith("//") and all(place in given for place in PLACES):
        return []
    words = (
        "EABRN_MAP_TILES is neither a directory of tiles z/x/y.png nor an address of this portal with {z}, {x} and {y}."
    )
    return [Error(words, id="opendata.E001")]
