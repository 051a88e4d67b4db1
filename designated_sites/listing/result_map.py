"""The small map at the side of a directory: where the sites found lie, among all."""

from history.versions import Version
from records.cached import cached

from ..drawing.atlas import Marker, markers_svg
from .site_table import SiteTable


class ResultMap:
    """The markers of a set of sites; kept where the set is one of a known number."""

    def __init__(self, version: Version, table: SiteTable, found: int, *, is_bounded: bool) -> None:
        self._version, self._table, self._found, self._is_bounded = version, table, found, is_bounded

    def located(self, kind: str) -> int:
        """How many of the sites found have a point."""
        return (self._table.located & self._found & self._table.options["kind"].get(kind, 0)).bit_count()

    def svg(self) -> str:
        if not self._is_bounded:
            return self._draw()
        kinds = sorted(self._table.options["kind"])
        return cached("result-map", self._version, self._draw, kinds, f"{self._found:x}")

    def _draw(self) -> str:
        return markers_svg(
            [Marker(site.kind, *site.point, not some & self._found) for site, some in self._table.places],
            small=True,
        )
