"""Drawings of designated_sites/drawing for templates, with their words translated.

`site` is any object with kind, slug, name, longitude and latitude; a page needs parts/atlas.css, for the locator also
parts/locator.css.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from designated_sites.models import DesignatedSite
from records.formats import measures

from ..drawing import atlas as atlas_drawing
from ..drawing import contour as contour_drawing
from ..drawing import locator as locator_drawing
from ..drawing import zones as zone_drawing
from ..listing.result_map import ResultMap

register = template.Library()

# Up to which width a plate is drawn in cells of this size with so many lines.
FINENESS = ((160, 6, 8), (480, 12, 9), (10_000, 32, 13))
LOCATOR_SIZE = (640, 430)


def _real(value: Decimal | float | None) -> float | None:
    return None if value is None or value == "" else float(value)


@register.simple_tag
def contour(slug: str, kind: str = "", width: int = 120, height: int = 96) -> SafeString:
    """`{% contour site.slug site.kind 360 200 %}`: the plate of a site; without a kind the bare lines."""
    cell, levels = next((cell, levels) for widest, cell, levels in FINENESS if width <= widest)
    return mark_safe(contour_drawing.plate(slug, kind, width, height, cell, levels))


@register.simple_tag
def zones_glyph(core: Any, buffer: Any, transition: Any) -> SafeString:
    """Hectares of the three zones, each possibly None, as the small figure of a list."""
    return mark_safe(zone_drawing.glyph(_real(core), _real(buffer), _real(transition)))


@register.simple_tag
def zones_figure(core: Any, buffer: Any, transition: Any) -> SafeString:
    """Hectares of the three zones, each possibly None, as the large figure. Shares are shares of the three together, and
    are given only when all three are known."""
    zones = (_real(core), _real(buffer), _real(transition))
    labels = (_("Core area"), _("Buffer zone"), _("Transition area"))
    known = [zone for zone in zones if zone is not None]
    total = sum(known)
    if not known or total <= 0:
        return mark_safe(zone_drawing.figure((None, None, None), labels, ("", "", ""), _("The zones are not known.")))
    figures = tuple(
        _("not known")
        if zone is None
        else measures.per_cent(zone / total)
        if len(known) == len(zones)
        else _("%(number)s ha") % {"number": measures.grouped(zone)}
        for zone in zones
    )
    shown = (
        _("%(zone)s: %(figure)s") % {"zone": label, "figure": shown}
        for label, shown in zip(labels, figures, strict=True)
    )
    title = _("Zones drawn to scale as nested circles. %(zones)s.") % {"zones": "; ".join(shown)}
    return mark_safe(zone_drawing.figure(zones, labels, figures, title))


def _marker(site: DesignatedSite) -> atlas_drawing.Marker | None:
    """A site, or a tuple (kind, longitude, latitude) or (kind, longitude, latitude, faded); None when it has no point."""
    if isinstance(site, atlas_drawing.Marker):
        return site
    values = site if isinstance(site, tuple | list) else (site.kind, site.longitude, site.latitude)
    kind, longitude, latitude, *faded = values
    if longitude is None or latitude is None:
        return None
    return atlas_drawing.Marker(kind, float(longitude), float(latitude), bool(faded and faded[0]))


def _counted(reserves: int, geoparks: int) -> str:
    return _("Map of the sites (biosphere reserves: %(reserves)s, geoparks: %(geoparks)s)") % {
        "reserves": reserves,
        "geoparks": geoparks,
    }


@register.inclusion_tag("designated_sites/_atlas.html")
def atlas(sites: Iterable[Any], label: str = "", small: bool = False) -> dict[str, object]:
    """The network map with a marker for every site that has a point. `label` says what is shown; `small` for a map at
    the side of a list, whose markers are drawn larger."""
    markers = tuple(marker for marker in map(_marker, sites) if marker)
    shown = [marker.kind for marker in markers if not marker.faded]
    label = label or _counted(shown.count("reserve"), shown.count("geopark"))
    return {"label": label, "small": small, "markers": mark_safe(atlas_drawing.markers_svg(markers, small))}


@register.inclusion_tag("designated_sites/_atlas.html")
def atlas_of(plate: ResultMap) -> dict[str, object]:
    """The network map at the side of a directory, with what was found among all."""
    label = _counted(plate.located("reserve"), plate.located("geopark"))
    return {"label": label, "small": True, "markers": mark_safe(plate.svg())}


@register.simple_tag
def locator(site: DesignatedSite) -> SafeString:
    """Where a site lies. A site without a point gets its contour plate instead."""
    if site.longitude is None or site.latitude is None:
        return contour(site.slug, site.kind, 480, 322)
    words = {
        "name": site.name,
        "point": measures.coordinates(site.latitude, site.longitude),
        "region": getattr(site, "admin_region", ""),
    }
    place = _("%(name)s lies at %(point)s, %(region)s.") if words["region"] else _("%(name)s lies at %(point)s.")
    svg = locator_drawing.locator(
        site.slug,
        site.kind,
        (float(site.longitude), float(site.latitude)),
        title=_("Locator map: %(name)s") % words,
        description=place % words,
        size=LOCATOR_SIZE,
        unit=_("km"),
    )
    return mark_safe(svg)
