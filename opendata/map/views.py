"""The map of the sites, with the list of the same sites beside it. A script makes the picture movable; without it the page
is complete (static/js/map)."""

from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from designated_sites.drawing.atlas import VIEW, Marker, markers_svg
from designated_sites.listing.directories import Directory
from designated_sites.listing.views import DirectoryView
from records.cached import cached, drawn
from records.listing.lists import ORDER
from records.template_context import Context

from ..sites.filters import BOTH, SitesFilterForm
from .base_map import BaseMap, base_map
from .rows import groups_of

MODULES: Final = [
    f"js/map/{name}.js"
    for name in ("view", "sites", "layers", "tiles", "clusters", "markers", "cards", "controls", "keyboard", "gestures")
]  # fetched at once, and not one after the other as the script finds them


@dataclass(frozen=True)
class Sheet:
    """The picture with its label, and the list beside it."""

    picture: SafeString
    label: str
    rows: SafeString


class MapView(DirectoryView):
    """Everything found is in the list, also what has no point; what was not found stays on the map, faint."""

    kinds = BOTH
    form_class = SitesFilterForm
    template_name = "opendata/map.html"

    def get_context_data(self, **kwargs: object) -> Context:
        context, base = super().get_context_data(**kwargs), base_map()
        directory = self.directory
        found = f"{directory.found:x}", directory.order
        drawn_now = None if directory.is_bounded else _sheet(directory, base)
        sheet = drawn_now or cached("map", directory.version, lambda: _sheet(directory, base), *found, base.tiles)
        return context | {
            "base_map": base,
            "window": VIEW,
            "grid": " ".join(f"{number:.2f}" for number in base.grid),
            "modules": MODULES,
            "sheet": sheet,
            "order": self.request.GET.get(ORDER, ""),
        }


def _sheet(directory: Directory, base: BaseMap) -> Sheet:
    lines, table = directory.sites(), directory.table
    markers = [
        Marker(site.kind, *site.point, not directory.found >> position & 1)
        for position, site in enumerate(table.sites)
        if site.is_located
    ]
    shown = [marker.kind for marker in markers if not marker.faded]
    groups = groups_of(lines, directory.states, base.plane)
    return Sheet(
        picture=mark_safe(markers_svg(markers, plane=base.plane, behind=base.picture)),
        label=_("Map of the sites (biosphere reserves: %(reserves)s, geoparks: %(geoparks)s)")
        % {"reserves": shown.count("reserve"), "geoparks": shown.count("geopark")},
        rows=drawn("opendata/map_rows.html", {"groups": groups, "lines": lines, "markers": markers}),
    )
