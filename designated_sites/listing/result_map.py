"""The small map at the side of a directory: where the sites found lie, among all."""

from collections import defaultdict
from typing import Final

from records.listing import bitset

from ..drawing.atlas import Marker, markers_svg
from ..drawing.laea import NETWORK
from .site_table import Site, SiteTable

MANY: Final = 600  # sites, from which on only one marker is drawn in each field of a grid
GRID: Final = 100  # km: less than the breadth of a marker, so that the map looks the same and stays small


class ResultMap:
    """The markers of a set of sites. Each is drawn once for a version of the data."""

    def __init__(self, table: SiteTable, found: int) -> None:
        self._table, self._found = table, found

    def located(self, kind: str) -> int:
        """How many of the sites found have a point."""
        located: int = self._table.keep("located", self._located)
        return (located & self._found & self._table.options["kind"].get(kind, 0)).bit_count()

    def svg(self) -> str:
        return self._table.keep(("plate", self._found), self._draw)

    def _draw(self) -> str:
        places: list[tuple[Site, int]] = self._table.keep("places", self._places)
        return markers_svg(
            tuple(
                Marker(site.kind, float(site.longitude), float(site.latitude), not some & self._found)
                for site, some in places
            ),
            small=True,
        )

    def _located(self) -> int:
        return bitset.of_flags(bytes(site.is_located for site in self._table.sites))

    def _places(self) -> list[tuple[Site, int]]:
        """A site for each marker, with all the sites whose marker it is."""
        located = [(position, site) for position, site in enumerate(self._table.sites) if site.is_located]
        if len(located) <= MANY:
            return [(site, 1 << position) for position, site in located]
        fields: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for position, site in located:
            x, y = NETWORK.to_plane(float(site.longitude), float(site.latitude))
            fields[site.kind, round(x / GRID), round(y / GRID)].append(position)
        size = self._table.size
        return [(self._table.site(those[0]), bitset.of_positions(those, size)) for those in fields.values()]
