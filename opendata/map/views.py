"""The map of the sites, with the list of the same sites beside it. A script makes the picture movable; without it the page
is complete (static/js/map)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from designated_sites.drawing.atlas import VIEW, Marker, markers_svg
from designated_sites.drawing.laea import Point
from designated_sites.listing.directories import Directory
from designated_sites.listing.views import DirectoryView
from designated_sites.models import SiteName
from network.models import MemberState
from records.cached import cached, drawn
from records.listing.lists import ORDER
from records.template_context import Context

from ..sites.filters import BOTH, SitesFilterForm
from ..sites.views import Line
from .base_map import BaseMap, base_map

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
        Marker(site.kind, float(site.longitude), float(site.latitude), not directory.found >> position & 1)
        for position, site in enumerate(table.sites)
        if site.is_located
    ]
    shown = [marker.kind for marker in markers if not marker.faded]
    local, states = _local_names(lines), directory.states
    groups = [
        {"title": title, "rows": [_row(line, base, states, local) for line in found]}
        for title, found in _by_state(lines, states)
        if found
    ]
    return Sheet(
        picture=mark_safe(markers_svg(markers, plane=base.plane, behind=base.picture)),
        label=_("Map of the sites (biosphere reserves: %(reserves)s, geoparks: %(geoparks)s)")
        % {"reserves": shown.count("reserve"), "geoparks": shown.count("geopark")},
        rows=drawn("opendata/map_rows.html", {"groups": groups, "lines": lines, "markers": markers}),
    )


def _by_state(lines: list[Line], states: Mapping[str, MemberState]) -> list[tuple[str, list[Line]]]:
    groups = [(state.name, [line for line in lines if line.state_codes == [code]]) for code, state in states.items()]
    shared = [line for line in lines if len(line.state_codes) > 1]
    elsewhere = [line for line in lines if len(line.state_codes) < 2 and not states.keys() & line.state_codes]
    return [*groups, (_("Shared by several states"), shared), (_("Member state not known"), elsewhere)]


def _row(
    line: Line, base: BaseMap, states: Mapping[str, MemberState], local: Mapping[int, object]
) -> dict[str, object]:
    """A line with its place on the map and with what its card says."""
    place: Point | None = None
    if line.is_located:
        x, y = base.plane.to_plane(float(line.longitude), float(line.latitude))
        place = round(x), round(y)
    shared_by = [states[code].name for code in line.state_codes if code in states] if len(line.state_codes) > 1 else []
    return {
        "line": line,
        "place": place,
        "codes": " ".join(code for code in line.state_codes if code in states),
        "shared_by": shared_by,
        "local_names": local.get(line.pk, []),
    }


def _local_names(lines: list[Line]) -> dict[int, list[Context]]:
    """The names in the script of the place, of all sites of the list in one query, by the number of the site."""
    found: dict[int, list[Context]] = {}
    names = SiteName.objects.filter(site__in=[line.pk for line in lines], kind=SiteName.Kind.LOCAL)
    for row in names.values("site_id", "name", "language"):
        found.setdefault(row["site_id"], []).append({**row})
    return found
