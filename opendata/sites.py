"""Reserves and geoparks in one list, on one map, in one download."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast

from django.core.paginator import EmptyPage, Paginator
from django.db.models import CharField, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from designated_sites.entries import Entry, entries
from designated_sites.exports import COLUMNS, download_response, wrong_filter
from designated_sites.figures import Tally, found_of_all, in_words
from designated_sites.filters import ORDERS
from directory.exports import Download
from directory.lists import ORDER, PAGE, chips, page_number, query_without
from geoparks.views import EXPORT_COLUMNS as GEOPARK_COLUMNS
from geoparks.views import geopark_download
from reserves.views import EXPORT_COLUMNS as RESERVE_COLUMNS
from reserves.views import reserve_download

from .site_filters import KINDS, SitesFilter

PER_PAGE = 25


@dataclass(frozen=True)
class Line:
    """As much of a site as counting, ordering and a map need."""

    kind: str
    pk: int
    slug: str
    name: str
    status: str
    state_codes: list[str]
    longitude: Any
    latitude: Any

    @property
    def is_located(self) -> bool:
        return self.latitude is not None

    @property
    def url(self) -> str:
        return reverse(f"{self.kind}-detail", args=[self.slug])


def _both(querysets: dict[str, QuerySet], order: str) -> list[Line]:
    """Sites of both kinds in one order, in one query."""
    columns = ("pk", "slug", "name", "status", "state_codes", "longitude", "latitude", "designation_year", "area_ha")
    parts = [
        sites.order_by().values(*columns, which=Value(kind, output_field=CharField()))
        for kind, sites in querysets.items()
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by(*ORDERS[order], "which")
    shown = Line.__dataclass_fields__.keys() - {"kind"}
    return [Line(row["which"], **{name: row[name] for name in shown}) for row in rows]


def _tally(lines: Iterable[Line]) -> Tally:
    return Tally((line.kind, line.status) for line in lines)


class SitesPage(TemplateView):
    """What list and map share: the form, what it finds, and what there is."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        narrowed = SitesFilter(self.request.GET)
        everything = _both({kind: model.objects.published() for kind, (model, _title) in KINDS.items()}, "name")
        found = _both(narrowed.found(), narrowed.order) if narrowed.is_valid() else []
        set_filters = chips(narrowed.form, self.request.GET) if narrowed.is_valid() else []
        here = {(line.kind, line.pk) for line in found}
        return super().get_context_data(**kwargs) | {
            "form": narrowed.form,
            "states": narrowed.states,
            "lines": found,
            "in_all": in_words(_tally(everything)),
            "result": found_of_all(_tally(found), _tally(everything)),
            "found": len(found),
            "markers": [
                (line.kind, line.longitude, line.latitude, (line.kind, line.pk) not in here) for line in everything
            ],
            "some_are_faint": len(found) < len(everything),
            "chips": set_filters,
            "filtered": bool(set_filters) or not narrowed.is_valid(),
            "kept": query_without(self.request.GET, PAGE),
        }


class SiteListView(SitesPage):
    template_name = "opendata/sites.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        try:
            page = Paginator(context["lines"], PER_PAGE).page(page_number(self.request))
        except EmptyPage as error:
            raise Http404("no such page") from error
        return context | {"page_obj": page, "entries": _entries(page, context["states"])}


def _entries(lines: Iterable[Line], states: Any) -> list[Entry]:
    """The full records of the lines of one page, in their order."""
    wanted = list(lines)
    full: dict[tuple[str, int], Entry] = {}
    for kind, (model, _title) in KINDS.items():
        sites = model.objects.with_names().filter(pk__in=[line.pk for line in wanted if line.kind == kind])
        full |= {(kind, entry.site.pk): entry for entry in entries(sites, states)}
    return [full[line.kind, line.pk] for line in wanted if (line.kind, line.pk) in full]


class MapView(SitesPage):
    """The map with the list of its sites beside it; everything is in the list, also what has no point.

    The form asks for kind and state; the other filters of the list are carried along.
    """

    template_name = "opendata/map.html"
    asked = ("kind", "state")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, lines = context["form"], cast(list[Line], context["lines"])
        others = [name for name in form.fields if name not in (*self.asked, ORDER)]
        shared = [line for line in lines if len(line.state_codes) > 1]
        groups = [
            {"title": state.name, "lines": [line for line in lines if line.state_codes == [code]]}
            for code, state in context["states"].items()
        ]
        elsewhere = [
            line for line in lines if len(line.state_codes) < 2 and not context["states"].keys() & line.state_codes
        ]
        groups += [
            {"title": _("Shared by several states"), "lines": shared},
            {"title": _("Member state not known"), "lines": elsewhere},
        ]
        return context | {
            "shown": [form[name] for name in self.asked],
            "carried": [(name, value) for name in others for value in self.request.GET.getlist(name) if value],
            "groups": [group for group in groups if group["lines"]],
        }


@require_safe
def site_export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Both kinds in one file, reserves first; a column that one kind does not have is empty there."""
    narrowed = SitesFilter(request.GET)
    if not narrowed.is_valid():
        return wrong_filter(narrowed.first)
    found = narrowed.found()
    features = chain(reserve_download(found["reserve"]).features, geopark_download(found["geopark"]).features)
    columns = tuple(dict.fromkeys((*COLUMNS, *RESERVE_COLUMNS, *GEOPARK_COLUMNS)))
    return download_response(Download("eabrn-sites", "EABRN designated sites", columns, features), ending)
