"""The map of the sites, with the list of the same sites beside it. A script makes the picture movable; without it the page
is complete (static/js/map)."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from designated_sites.drawing.atlas import VIEW, Marker, markers_svg
from designated_sites.drawing.laea import Point
from designated_sites.models import SiteName
from network.models import MemberState
from records.listing.lists import ORDER

from ..sites.filters import KINDS
from ..sites.views import Line, SitesPage
from .base_map import BaseMap, base_map

MODULES: Final = [
    f"js/map/{name}.js"
    for name in ("view", "sites", "layers", "tiles", "clusters", "markers", "cards", "controls", "keyboard", "gestures")
]  # fetched at once, and not one after the other as the script finds them


class MapView(SitesPage):
    """Everything found is in the list, also what has no point; what was not found stays on the map, faint."""

    template_name = "opendata/map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        lines, states = cast(list[Line], context["lines"]), context["states"]
        base, local = base_map(), _local_names(lines)
        markers = tuple(
            Marker(kind, float(longitude), float(latitude), faded)
            for kind, longitude, latitude, faded in context["markers"]
            if longitude is not None
        )
        shown = [marker.kind for marker in markers if not marker.faded]
        return context | {
            "base_map": base,
            "window": VIEW,
            "grid": " ".join(f"{number:.2f}" for number in base.grid),
            "modules": MODULES,
            "picture": mark_safe(markers_svg(markers, plane=base.plane, behind=base.picture)),
            "picture_label": _("Map of the sites (biosphere reserves: %(reserves)s, geoparks: %(geoparks)s)")
            % {"reserves": shown.count("reserve"), "geoparks": shown.count("geopark")},
            "order": self.request.GET.get(ORDER, ""),
            "groups": [
                {"title": title, "rows": [_row(line, base, states, local) for line in found]}
                for title, found in _by_state(lines, states)
                if found
            ],
        }


def _by_state(lines: list[Line], states: Mapping[str, MemberState]) -> list[tuple[str, list[Line]]]:
    groups = [(state.name, [line for line in lines if line.state_codes == [code]]) for code, state in states.items()]
    shared = [line for line in lines if len(line.state_codes) > 1]
    elsewhere = [line for line in lines if len(line.state_codes) < 2 and not states.keys() & line.state_codes]
    return [*groups, (_("Shared by several states"), shared), (_("Member state not known"), elsewhere)]


def _row(
    line: Line, base: BaseMap, states: Mapping[str, MemberState], local: Mapping[tuple[str, int], Any]
) -> dict[str, Any]:
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
        "local_names": local.get((line.kind, line.pk), []),
    }


def _local_names(lines: list[Line]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """The names in the script of the place, of all sites of the list in one query for each kind."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for kind, (model, _label) in KINDS.items():
        wanted = [line.pk for line in lines if line.kind == kind]
        names = model._meta.get_field("names").related_model.objects.filter(site__in=wanted)
        for row in names.filter(kind=SiteName.Kind.LOCAL).values("site_id", "name", "language"):
            found.setdefault((kind, row["site_id"]), []).append(row)
    return found
