"""Sites as rows of a download: plain facts under the names the data files and the API use, in English."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, TruncDate
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from modeltranslation.manager import MultilingualQuerySet

from history.versions import Version
from records.cached import cached
from records.listing.exports import WRITERS, Download, Feature, plain_number
from records.listing.json_rows import JsonRow, Trimmed
from records.one_snapshot import in_parts

from ..models import DesignatedSite, SiteName, SiteQuerySet

COLUMNS: Final = (
    "kind", "slug", "name", "local_names", "other_names", "member_states", "status", "designation_year", "latitude",
    "longitude", "accuracy_km", "area_ha", "admin_region", "summary", "other_designations", "website", "unesco_url",
    "page", "sources", "confidence", "confirmed_on",
)  # fmt: skip
MOST_AT_ONCE: Final = 500  # sites: some 400 KB
_DAY: Final = Value("YYYY-MM-DD")


def _facts(model: type[DesignatedSite]) -> dict[str, Combinable]:
    """Each column as an expression: what a table is read from, and what the database writes as JSON, is the same."""
    page = _page(model.kind)
    return {
        "kind": Value(model.kind, output_field=CharField()),
        "slug": F("slug"),
        "name": F("name"),
        "local_names": _names(Q(kind=SiteName.Kind.LOCAL)),
        "other_names": _names(~Q(kind=SiteName.Kind.LOCAL)),
        "member_states": F("state_codes"),
        "status": F("status"),
        "designation_year": F("designation_year"),
        "latitude": Trimmed("latitude"),
        "longitude": Trimmed("longitude"),
        "accuracy_km": F("accuracy_km"),
        "area_ha": Trimmed("area_ha"),
        "admin_region": F("admin_region_en"),
        "summary": F("summary_en"),
        "other_designations": F("other_designations"),
        "website": F("website"),
        "unesco_url": F("unesco_url"),
        "page": page,
        "sources": F("sources"),
        "confidence": F("confidence"),
        "confirmed_on": Func(
            TruncDate("confirmed_at", tzinfo=dt.UTC), _DAY, function="TO_CHAR", output_field=CharField()
        ),
    }


def _names(which: Q) -> ArraySubquery:
    return ArraySubquery(
        SiteName._base_manager.filter(which, site=OuterRef("pk")).order_by("order", "pk").values("name")
    )


def _page(kind: str) -> Concat:
    """The address of the page: a slug stands in it as it is."""
    before, _slug, after = reverse(f"{kind}-detail", args=["-slug-"]).partition("-slug-")
    return Concat(Value(settings.SITE_URL + before), "slug", Value(after), output_field=CharField())


def _read(sites: SiteQuerySet, *expressions: Combinable, flat: bool = False) -> Iterator[Any]:
    """Every column is named here in its own language: nothing has to be looked up for each row."""

    def read(part: QuerySet) -> QuerySet:
        return cast(QuerySet, cast(MultilingualQuerySet, part).rewrite(False)).values_list("pk", *expressions)

    for _pk, *row in in_parts(sites, read, key=itemgetter(0)):
        yield row[0] if flat else row


def site_download(stem: str, title: str, sites: SiteQuerySet, **more: Combinable) -> Download:
    """Sites of one kind; `more` gives the columns that only this kind has, as expressions."""
    columns = (*COLUMNS, *more)
    return Download(stem, title, columns, _features(sites, more), _geojson(sites, more))


def _features(sites: SiteQuerySet, more: dict[str, Combinable]) -> Iterator[Feature]:
    facts = _facts(sites.model) | more
    for row in _read(sites, *facts.values()):
        values: dict[str, Any] = {
            name: plain_number(value) if type(value) is Decimal else value
            for name, value in zip(facts, row, strict=True)
        }
        located = values["longitude"] is not None
        point = (float(values["longitude"]), float(values["latitude"])) if located else None
        yield Feature(f"{values['kind']}:{values['slug']}", values["name"], values, point)


def _geojson(sites: SiteQuerySet, more: dict[str, Combinable]) -> Iterator[str]:
    place = Func("longitude", "latitude", function="ARRAY", template="%(function)s[%(expressions)s]")
    feature = JsonRow(
        type=Value("Feature"),
        id=Concat(Value(f"{sites.model.kind}:"), "slug", output_field=CharField()),
        geometry=Case(When(longitude__isnull=False, then=JsonRow(type=Value("Point"), coordinates=place))),
        properties=JsonRow(**_facts(sites.model), **more),
    )
    yield from _read(sites, Cast(feature, TextField()), flat=True)


def written_once(version: Version, download: Download) -> Download:
    """A download of all sites whose GeoJSON is written once for a version of the data: maps ask for it again and again."""

    def parts() -> Iterator[str]:
        if text := cached("geojson", version, lambda: ",\n".join(download.geojson or ()), download.stem):
            yield text

    return replace(download, geojson=parts())


def download_response(download: Download, ending: str) -> HttpResponseBase:
    """The download in the format its address ends in."""
    if ending not in WRITERS:
        raise Http404(f"no download as {ending[:20]!r}")
    return WRITERS[ending](download)


def refused(form: Form) -> HttpResponse:
    """A download of a wrong filter is refused in words; an empty file would pass for a finding."""
    lines = [f"{form.fields[name].label or name}: {error}" for name, errors in form.errors.items() for error in errors]
    return HttpResponse("\n".join([*lines, ""]), status=400, content_type="text/plain; charset=utf-8")
