"""The JSON API: sites as data, without a key. Its description stands at /api/openapi.json, to try out at /api/docs."""

from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import ValidationError

from designated_sites.models import DesignatedSite
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve

MOST = 1000

api = NinjaAPI(
    title="EABRN portal",
    version="1",
    description="Designated sites of the East Asian Biosphere Reserve Network. Areas are hectares, points WGS 84.",
    urls_namespace="api",
)


class NameOut(Schema):
    """A further name of a site."""

    name: str
    kind: str
    language: str


class SiteOut(Schema):
    """A designated site with its facts and their sources."""

    kind: str
    slug: str
    name: str
    names: list[NameOut]
    member_states: list[str] = Field(alias="state_codes")
    status: str
    designation_year: int | None
    latitude: Decimal | None
    longitude: Decimal | None
    accuracy_km: int | None
    area_ha: Decimal | None
    admin_region: str
    summary: str
    other_designations: list[str]
    website: str
    unesco_url: str
    sources: list[str]
    confidence: str

    @staticmethod
    def resolve_names(site: Any) -> list[Any]:
        return list(site.names.all())


class ReserveOut(SiteOut):
    """A biosphere reserve; each zone may be unknown."""

    ecosystem: str
    core_ha: Decimal | None
    buffer_ha: Decimal | None
    transition_ha: Decimal | None
    extension_years: list[int]


class GeoparkOut(SiteOut):
    """A geopark, designated or aspiring."""

    geological_theme: str


class PageOut(Schema):
    """Where a list stands."""

    count: int
    limit: int
    offset: int


class ReservesOut(PageOut):
    items: list[ReserveOut]


class GeoparksOut(PageOut):
    items: list[GeoparkOut]


class StateOut(Schema):
    """A member state of the network."""

    code: str
    name: str
    local_name: str
    joined_year: int | None
    time_zones: list[str]


class ErrorOut(Schema):
    """What was wrong with a request."""

    detail: Any


class SiteQuery(Schema):
    """How a list is narrowed and paged."""

    state: list[Annotated[str, Field(pattern="^[A-Z]{2}$")]] = Field(default_factory=list, max_length=20)
    status: DesignatedSite.Status | None = None
    q: str = Field("", max_length=200)
    limit: int = Field(100, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)


def _narrowed(sites: Any, query: SiteQuery) -> QuerySet:
    if query.state:
        sites = sites.filter(state_codes__overlap=query.state)
    if query.status:
        sites = sites.filter(status=query.status)
    return sites.matching(query.q) if query.q else sites


def _paged(sites: QuerySet, query: SiteQuery) -> dict[str, Any]:
    items = list(sites.with_names()[query.offset : query.offset + query.limit])  # type: ignore[attr-defined]
    return {"count": sites.count(), "limit": query.limit, "offset": query.offset, "items": items}


@api.exception_handler(ValidationError)
def wrong_parameters(request: HttpRequest, error: ValidationError) -> Any:
    return api.create_response(request, {"detail": error.errors}, status=422)


@api.get("/reserves", response={200: ReservesOut, 422: ErrorOut}, summary="Biosphere reserves")
def reserves(request: HttpRequest, query: Query[SiteQuery]) -> dict[str, Any]:
    return _paged(_narrowed(BiosphereReserve.objects.published(), query), query)


@api.get("/geoparks", response={200: GeoparksOut, 422: ErrorOut}, summary="Geoparks, designated and aspiring")
def geoparks(request: HttpRequest, query: Query[SiteQuery]) -> dict[str, Any]:
    return _paged(_narrowed(Geopark.objects.published(), query), query)


@api.get("/member-states", response=list[StateOut], summary="Member states")
def member_states(request: HttpRequest) -> QuerySet:
    return MemberState.objects.published()


@api.get("/", response=dict[str, str], summary="Where to start")
def start(request: HttpRequest) -> dict[str, str]:
    base = request.build_absolute_uri("/api/")
    return {name: f"{base}{name}" for name in ("reserves", "geoparks", "member-states", "openapi.json", "docs", "ogc/")}
