"""OGC API Features, core and GeoJSON: reserves and geoparks as point layers for GIS programs.

QGIS and GDAL open the address /api/ogc/ and read layer by layer, following `next` links.
"""

import math
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Max, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from geoparks.models import Geopark
from reserves.models import BiosphereReserve

from .answers import terms, unchanged_is_304

CONFORMS: Final = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
COLLECTIONS: Final[dict[str, tuple[type[BiosphereReserve] | type[Geopark], str, str]]] = {
    "reserves": (BiosphereReserve, "Biosphere reserves", "One representative point each, not a boundary."),
    "geoparks": (Geopark, "Geoparks", "Designated and aspiring; one representative point each, not a boundary."),
}
GEOJSON: Final = "application/geo+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.1"
WGS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MOST, USUAL = 1000, 100
# Parameters of a list of features; any other is refused, as the standard asks.
KNOWN: Final = frozenset({"limit", "offset", "bbox", "state", "status", "q", "f"})


def _link(request: HttpRequest, path: str, rel: str, kind: str = "application/json") -> dict[str, str]:
    return {"href": request.build_absolute_uri(f"/api/ogc/{path}"), "rel": rel, "type": kind}


@require_safe
@unchanged_is_304
def landing(request: HttpRequest) -> JsonResponse:
    links = [
        _link(request, "", "self"),
        _link(request, "conformance", "conformance"),
        _link(request, "collections", "data"),
        {"href": request.build_absolute_uri("/api/openapi.json"), "rel": "service-desc", "type": OPENAPI},
        {"href": request.build_absolute_uri("/api/docs"), "rel": "service-doc", "type": "text/html"},
        {"href": terms()["terms"], "rel": "license", "type": "text/html"},
    ]
    return JsonResponse({"title": "EABRN designated sites", "links": links, **terms()})


@require_safe
def conformance(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"conformsTo": CONFORMS})


def _published(name: str) -> Any:
    if name not in COLLECTIONS:
        raise Http404(name)
    return COLLECTIONS[name][0].objects.published()


def _collection(request: HttpRequest, name: str) -> dict[str, object]:
    _model, title, description = COLLECTIONS[name]
    sides = {side: how(column) for side, (how, column) in _SIDES.items()}
    box = _published(name).filter(longitude__isnull=False).aggregate(**sides)
    extent = [float(box[side]) for side in _SIDES] if box["west"] is not None else [-180.0, -90.0, 180.0, 90.0]
    return {
        "id": name,
        "title": title,
        "description": description,
        "itemType": "feature",
        "crs": [WGS84],
        "extent": {"spatial": {"bbox": [extent], "crs": WGS84}},
        "links": [
            _link(request, f"collections/{name}", "self"),
            _link(request, f"collections/{name}/items", "items", GEOJSON),
            {"href": terms()["terms"], "rel": "license", "type": "text/html"},
        ],
    }


_SIDES: Final = {
    "west": (Min, "longitude"), "south": (Min, "latitude"), "east": (Max, "longitude"), "north": (Max, "latitude"),
}  # fmt: skip


@require_safe
@unchanged_is_304
def collections(request: HttpRequest) -> JsonResponse:
    listed = [_collection(request, name) for name in COLLECTIONS]
    return JsonResponse({"collections": listed, "links": [_link(request, "collections", "self")]})


@require_safe
@unchanged_is_304
def collection(request: HttpRequest, name: str) -> JsonResponse:
    _published(name)
    return JsonResponse(_collection(request, name))


def _feature(site: Any) -> dict[str, object]:
    located = site.longitude is not None
    point = {"type": "Point", "coordinates": [float(site.longitude), float(site.latitude)]} if located else None
    return {
        "type": "Feature",
        "id": site.slug,
        "geometry": point,
        "properties": {
            "slug": site.slug,
            "name": site.name,
            # Text, not a list: GIS programs keep lists of words badly.
            "member_states": ",".join(site.state_codes),
            "status": site.status,
            "designation_year": site.designation_year,
            "area_ha": None if site.area_ha is None else float(site.area_ha),
            "accuracy_km": site.accuracy_km,
            "confidence": site.confidence,
        },
    }


def _whole(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise ValueError(f"{name} is not a whole number")
    return min(int(text), most)


def _box(request: HttpRequest) -> list[float] | None:
    """West, south, east, north, or with heights between them; a box across the 180th meridian has west above east."""
    if not (text := request.GET.get("bbox", "")):
        return None
    parts = [float(part) for part in text.split(",")]
    corners = [parts[0], parts[1], parts[3], parts[4]] if len(parts) == 6 else parts
    if len(corners) != 4 or not all(math.isfinite(part) for part in parts):
        raise ValueError("bbox has four numbers: west,south,east,north")
    west, south, east, north = corners
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("bbox lies within -180,-90,180,90, and south is not above north")
    return corners


def _narrowed(request: HttpRequest, sites: Any, box: list[float] | None) -> QuerySet:
    if states := request.GET.getlist("state"):
        sites = sites.filter(state_codes__overlap=states)
    if status := request.GET.get("status"):
        sites = sites.filter(status=status)
    sites = sites.matching(request.GET.get("q", "")[:200])
    if box is None:
        return sites
    west, south, east, north = box
    sites = sites.filter(latitude__range=(south, north))
    if west <= east:
        return sites.filter(longitude__range=(west, east))
    return sites.exclude(longitude__gt=east, longitude__lt=west).exclude(longitude=None)


@require_safe
@unchanged_is_304
def items(request: HttpRequest, name: str) -> HttpResponse:
    published = _published(name)
    try:
        if unknown := sorted(set(request.GET) - KNOWN):
            raise ValueError(f"unknown parameter {unknown[0][:40]!r}")
        limit, offset = _whole(request, "limit", USUAL, MOST), _whole(request, "offset", 0, 9_999_999)
        if limit < 1:
            raise ValueError("limit is at least 1")
        sites = _narrowed(request, published, _box(request))
    except ValueError as error:
        return JsonResponse({"code": "InvalidParameterValue", "description": str(error)}, status=400)
    matched = sites.count()
    features = [_feature(site) for site in sites[offset : offset + limit]]
    links = [
        _link(request, f"collections/{name}/items", "self", GEOJSON),
        _link(request, f"collections/{name}", "collection"),
    ]
    if offset + limit < matched:
        rest = request.GET.copy()
        rest["limit"], rest["offset"] = str(limit), str(offset + limit)
        following = f"collections/{name}/items?{urlencode(list(rest.lists()), doseq=True)}"
        links.append(_link(request, following, "next", GEOJSON))
    body = {
        "type": "FeatureCollection",
        "features": features,
        "links": links,
        "numberMatched": matched,
        "numberReturned": len(features),
        **terms(),
    }
    return JsonResponse(body, content_type=GEOJSON)


@require_safe
@unchanged_is_304
def item(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    site = _published(name).filter(slug=slug).first()
    if site is None:
        raise Http404(slug)
    links = [
        _link(request, f"collections/{name}/items/{slug}", "self", GEOJSON),
        _link(request, f"collections/{name}", "collection"),
    ]
    return JsonResponse(_feature(site) | {"links": links}, content_type=GEOJSON)
