"""The JSON API: records as data, without a key. Its description stands at /api/openapi.json, for people at /api/docs."""

from typing import Annotated, Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, NinjaAPI, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from activities.models.standing import with_rooms
from designated_sites.models import DesignatedSite
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from reserves.models import BiosphereReserve
from trainings.models import Training

from . import schemas as out
from .answers import terms, unchanged_is_304, unchanged_this_minute_is_304
from .description import ApiPage

MOST: Final = 1000
MISSING: Final = {404: out.ErrorOut}
WRONG: Final = {422: out.ErrorOut, **MISSING}  # a NUL byte in a query is an address that does not exist


class PublicAPI(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """By it programs that are made from the description call an operation: it stays, whichever module answers."""
        return f"opendata_api_{operation.view_func.__name__}"


api = PublicAPI(
    title="EABRN portal",
    version="1",
    description=(
        "Designated sites of the East Asian Biosphere Reserve Network, its events, trainings, documents, partners and "
        "programmes. Areas are hectares, points WGS 84. No key is needed. An answer carries an ETag: ask with "
        "If-None-Match, and 304 says that nothing has changed."
    ),
    urls_namespace="api",
    docs=ApiPage(),
)


class PageQuery(Schema):
    """How a list is searched and paged."""

    q: str = Field("", max_length=200)
    limit: int = Field(100, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)


class SiteQuery(PageQuery):
    """How a list of sites is narrowed."""

    state: list[Annotated[str, Field(pattern="^[A-Z]{2}$")]] = Field(default_factory=list, max_length=20)
    status: DesignatedSite.Status | None = None


def _narrowed(sites: Any, query: SiteQuery) -> QuerySet:
    if query.state:
        sites = sites.filter(state_codes__overlap=query.state)
    return sites.filter(status=query.status) if query.status else sites


def _paged(records: Any, query: PageQuery) -> dict[str, Any]:
    found = records.matching(query.q)
    items = list(found[query.offset : query.offset + query.limit])
    return {"count": found.count(), "limit": query.limit, "offset": query.offset, "items": items, **terms()}


def _with_places(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"items": with_rooms(page["items"])}


def _one(records: QuerySet, slug: str) -> Any:
    if (found := records.filter(slug=slug).first()) is None:
        raise HttpError(404, f"Nothing has the slug {slug[:80]!r}.")
    return found


@api.exception_handler(ValidationError)
def wrong_parameters(request: HttpRequest, error: ValidationError) -> Any:
    return api.create_response(request, {"detail": error.errors}, status=422)


@api.get("/reserves", response={200: out.ReservesOut, **WRONG}, summary=_("Biosphere reserves"))
@decorate_view(unchanged_is_304)
def reserves(request: HttpRequest, query: Query[SiteQuery]) -> dict[str, Any]:
    return _paged(_narrowed(BiosphereReserve.objects.published().with_names(), query), query)


@api.get("/reserves/{slug}", response={200: out.ReserveOut, **MISSING}, summary=_("One biosphere reserve"))
@decorate_view(unchanged_is_304)
def reserve(request: HttpRequest, slug: str) -> Any:
    return _one(BiosphereReserve.objects.published().with_names(), slug)


@api.get("/geoparks", response={200: out.GeoparksOut, **WRONG}, summary=_("Geoparks, designated and aspiring"))
@decorate_view(unchanged_is_304)
def geoparks(request: HttpRequest, query: Query[SiteQuery]) -> dict[str, Any]:
    return _paged(_narrowed(Geopark.objects.published().with_names(), query), query)


@api.get("/geoparks/{slug}", response={200: out.GeoparkOut, **MISSING}, summary=_("One geopark"))
@decorate_view(unchanged_is_304)
def geopark(request: HttpRequest, slug: str) -> Any:
    return _one(Geopark.objects.published().with_names(), slug)


@api.get("/events", response={200: out.EventsOut, **WRONG}, summary=_("Events, the latest first"))
@decorate_view(unchanged_this_minute_is_304)
def events(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _with_places(_paged(Event.objects.published().latest_first(), query))


@api.get("/trainings", response={200: out.TrainingsOut, **WRONG}, summary=_("Trainings, the latest first"))
@decorate_view(unchanged_this_minute_is_304)
def trainings(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _with_places(_paged(Training.objects.published().latest_first(), query))


@api.get("/documents", response={200: out.DocumentsOut, **WRONG}, summary=_("Documents"))
@decorate_view(unchanged_is_304)
def documents(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _paged(Document.objects.published(), query)


@api.get("/partners", response={200: out.PartnersOut, **WRONG}, summary=_("Partners"))
@decorate_view(unchanged_is_304)
def partners(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _paged(Partner.objects.published(), query)


@api.get(
    "/programmes", response={200: out.ProgrammesOut, **WRONG}, summary=_("Programmes, networks, projects and offers")
)
@decorate_view(unchanged_is_304)
def programmes(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    return _paged(Programme.objects.published().select_related("parent"), query)


@api.get("/member-states", response=list[out.StateOut], summary=_("Member states"))
@decorate_view(unchanged_is_304)
def member_states(request: HttpRequest) -> QuerySet:
    return MemberState.objects.published()


@api.get("/", response=dict[str, str], summary=_("Where to start"))
def start(request: HttpRequest) -> dict[str, str]:
    base = request.build_absolute_uri("/api/")
    lists = ("reserves", "geoparks", "events", "trainings", "documents", "partners", "programmes", "member-states")
    return {name: f"{base}{name}" for name in (*lists, "openapi.json", "docs", "ogc/")}
