"""OGC API Features, core and GeoJSON: reserves and geoparks as point layers for GIS programs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from geoparks.models import Geopark
from reserves.models import BiosphereReserve

CONFORMS = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
COLLECTIONS: dict[str, tuple[type[BiosphereReserve] | type[Geopark], str, str]] = {
    "reserves": (BiosphereReserve, "Biosphere reserves", "One representative point each, not a boundary."),
    "geoparks": (Geopark, "Geoparks", "Designated and aspiring; one representative point each, not a boundary."),
}
GEOJSON = "application/geo+json"
MOST, USUAL = 1000, 100


def _link(request: HttpRequest, path: str, rel: str, kind: str = "application/json") -> dict[str, str]:
    return {"href": request.build_absolute_uri(f"/api/ogc/{path}"), "rel": rel, "type": kind}


def landing(request: HttpRequest) -> JsonResponse:
    links = [
        _link(request, "", "self"),
        _link(request, "conformance", "conformance"),
        _link(request, "collections", "data"),
        {"href": request.build_absolute_uri("/api/openapi.json"), "rel": "service-desc", "type": "application/json"},
    ]
    return JsonResponse({"title": "EABRN designated sites", "links": links})


def conformance(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"conformsTo": CONFORMS})


def _collection(request: HttpRequest, name: str) -> dict[str, Any]:
    _model, title, description = COLLECTIONS[name]
    return {
        "id": name,
        "title": title,
        "description": description,
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [[-180, -90, 180, 90]]}},
        "links": [
            _link(request, f"collections/{name}", "self"),
            _link(request, f"collections/{name}/items", "items", GEOJSON),
        ],
    }


def collections(request: HttpRequest) -> JsonResponse:
    listed = [_collection(request, name) for name in COLLECTIONS]
    return JsonResponse({"collections": listed, "links": [_link(request, "collections", "self")]})


def collection(request: HttpRequest, name: str) -> JsonResponse:
    if name not in COLLECTIONS:
        raise Http404(name)
    return JsonResponse(_collection(request, name))


def _feature(site: Any) -> dict[str, Any]:
    located = site.longitude is not None
    return {
        "type": "Feature",
        "id": site.slug,
        "geometry": {"type": "Point", "coordinates": [float(site.longitude), float(site.latitude)]}
        if located
        else None,
        "properties": {
            "name": site.name,
            "member_states": site.state_codes,
            "status": site.status,
            "designation_year": site.designation_year,
            "area_ha": None if site.area_ha is None else float(site.area_ha),
            "accuracy_km": site.accuracy_km,
        },
    }


def _whole(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise ValueError(f"{name} is not a whole number")
    return min(int(text), most)


def _box(request: HttpRequest) -> list[float] | None:
    """West, south, east, north; a box across the 180th meridian has west above east."""
    if not (text := request.GET.get("bbox", "")):
        return None
    corners = [float(part) for part in text.split(",")]
    if len(corners) != 4 or not all(-180 <= corner <= 180 for corner in corners):
        raise ValueError("bbox has four numbers: west,south,east,north")
    return corners


def items(request: HttpRequest, name: str) -> HttpResponse:
    if name not in COLLECTIONS:
        raise Http404(name)
    try:
        limit, offset, box = (
            _whole(request, "limit", USUAL, MOST),
            _whole(request, "offset", 0, 9_999_999),
            _box(request),
        )
        if limit < 1:
            raise ValueError("limit is at least 1")
    except ValueError as error:
        return JsonResponse({"code": "InvalidParameterValue", "description": str(error)}, status=400)
    sites = COLLECTIONS[name][0].objects.published()
    if box:
        west, south, east, north = box
        sites = sites.filter(latitude__range=(south, north))
        sites = (
            sites.filter(longitude__range=(west, east))
            if west <= east
            else sites.exclude(longitude__gt=east, longitude__lt=west).exclude(longitude=None)
        )
    matched = sites.count()
    features = [_feature(site) for site in sites[offset : offset + limit]]
    links = [_link(request, f"collections/{name}/items", "self", GEOJSON)]
    if offset + limit < matched:
        box_part = f"&bbox={request.GET['bbox']}" if box else ""
        links.append(
            _link(request, f"collections/{name}/items?limit={limit}&offset={offset + limit}{box_part}", "next", GEOJSON)
        )
    body = {
        "type": "FeatureCollection",
        "features": features,
        "links": links,
        "numberMatched": matched,
        "numberReturned": len(features),
    }
    return JsonResponse(body, content_type=GEOJSON)


def item(request: HttpRequest, name: str, slug: str) -> HttpResponse:
    if name not in COLLECTIONS:
        raise Http404(name)
    site = COLLECTIONS[name][0].objects.published().filter(slug=slug).first()
    if site is None:
        raise Http404(slug)
    body = _feature(site) | {"links": [_link(request, f"collections/{name}", "collection")]}
    return JsonResponse(body, content_type=GEOJSON)
