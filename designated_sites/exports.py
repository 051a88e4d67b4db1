"""Sites as rows of a download: plain facts under the names the data files and the API use, in English."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse

from directory.exports import WRITERS, Download, Feature, plain_number

from .models import SiteName, SiteQuerySet

COLUMNS: Final = (
    "kind", "slug", "name", "local_names", "other_names", "member_states", "status", "designation_year", "latitude",
    "longitude", "accuracy_km", "area_ha", "admin_region", "summary", "other_designations", "website", "unesco_url",
    "page", "sources", "confidence", "confirmed_on",
)  # fmt: skip
_READ: Final = (
    "slug", "name", "state_codes", "status", "designation_year", "latitude", "longitude", "accuracy_km", "area_ha",
    "admin_region_en", "summary_en", "other_designations", "website", "unesco_url", "sources", "confidence", "confirmed_at",
)  # fmt: skip


def site_features(sites: SiteQuerySet, **more: Any) -> Iterator[Feature]:
    """Sites as features, read in blocks; `more` gives further columns of this kind of site as expressions."""
    kind = sites.model.kind
    names: Any = sites.model._meta.get_field("names").related_model
    further = names._base_manager.filter(site=OuterRef("pk")).order_by("order", "pk")
    listed = ArraySubquery(further.values(row=JSONObject(name=F("name"), kind=F("kind"))))
    rows = sites.values(*_READ, further_names=listed, **{f"more_{name}": value for name, value in more.items()})
    for row in rows.iterator(chunk_size=500):
        yield Feature(
            id=f"{kind}:{row['slug']}",
            name=row["name"],
            values=_facts(kind, row) | {name: _plain(row[f"more_{name}"]) for name in more},
            point=None if row["longitude"] is None else (float(row["longitude"]), float(row["latitude"])),
        )


def _plain(value: Any) -> Any:
    return plain_number(value) if hasattr(value, "to_integral_value") else value


def _facts(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    local = [name["name"] for name in row["further_names"] if name["kind"] == SiteName.Kind.LOCAL]
    other = [name["name"] for name in row["further_names"] if name["kind"] != SiteName.Kind.LOCAL]
    facts = {name.removesuffix("_en"): _plain(row[name]) for name in _READ}
    facts |= {
        "kind": kind,
        "local_names": local,
        "other_names": other,
        "member_states": row["state_codes"],
        "page": settings.SITE_URL + reverse(f"{kind}-detail", args=[row["slug"]]),
        "confirmed_on": row["confirmed_at"].date().isoformat() if row["confirmed_at"] else None,
    }
    return {name: facts[name] for name in COLUMNS}


def download_response(download: Download, ending: str) -> HttpResponseBase:
    """The download in the format its address ends in."""
    if ending not in WRITERS:
        raise Http404(f"no download as {ending[:20]!r}")
    return WRITERS[ending](download)


def refused(form: Form) -> HttpResponse:
    """A download of a wrong filter is refused in words; an empty file would pass for a finding."""
    lines = [f"{form.fields[name].label or name}: {error}" for name, errors in form.errors.items() for error in errors]
    return HttpResponse("\n".join([*lines, ""]), status=400, content_type="text/plain; charset=utf-8")
