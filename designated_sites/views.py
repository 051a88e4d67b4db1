"""Lists, pages and downloads of one kind of site. Reserves and geoparks name their model, filter and templates."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from directory.exports import Download
from directory.panels import Panel, panels_of
from network.states import states_by_code
from network.views import StatesListView

from .entries import entries, other_designations
from .exports import download_response, wrong_filter
from .figures import found_of_all, in_words, tally
from .filters import SiteFilterSet
from .models import SiteQuerySet
from .redirects import moved_to
from .site_page import CONFIDENCE, Anchor, accuracy, contents, local_names, name_lines


class Place(NamedTuple):
    """As much of a site as counting and a map need."""

    pk: int
    status: str
    state_codes: list[str]
    longitude: Decimal | None
    latitude: Decimal | None


class SiteListView(StatesListView):
    """The directory of one kind of site, with a small map of what was found among all."""

    model: Any  # a kind of DesignatedSite

    def get_queryset(self) -> Any:
        return self.model.objects.published().with_names()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = self.model.objects.published().values_list("pk", "status", "state_codes", "longitude", "latitude")
        everything = [Place(*row) for row in rows]
        found = self._found(context, {place.pk for place in everything})
        all_counted = tally(self.model.kind, (place.status for place in everything))
        counted = tally(self.model.kind, (place.status for place in everything if place.pk in found))
        return context | {
            "entries": entries(context["page_obj"], context["states"]),
            "in_all": in_words(all_counted),
            "shared_in_all": sum(len(place.state_codes) > 1 for place in everything),
            "result": found_of_all(counted, all_counted),
            "markers": [
                (self.model.kind, place.longitude, place.latitude, place.pk not in found) for place in everything
            ],
            "some_are_faint": len(found) < len(everything),
        }

    def _found(self, context: dict[str, Any], everything: set[int]) -> set[int]:
        if not context["filtered"]:
            return everything
        return set(context["paginator"].object_list.order_by().values_list("pk", flat=True))


class SiteDetailView(DetailView):
    """The page of one site. An old address leads to the present one; what is not published does not exist."""

    model: Any  # a kind of DesignatedSite
    context_object_name = "site"

    def get_queryset(self) -> Any:
        return self.model.objects.published().with_names().prefetch_related("member_states", "photos")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            if site := moved_to(self.model.objects.published(), kwargs["slug"]):
                return HttpResponsePermanentRedirect(site.get_absolute_url())
            raise

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site, panels = self.object, panels_of(self.object)
        return super().get_context_data(**kwargs) | {
            "states": [state for state in site.member_states.all() if state.published],
            "local_names": local_names(site),
            "name_lines": name_lines(site),
            "designations": other_designations(site),
            "accuracy": accuracy(site),
            "confidence_words": CONFIDENCE[site.confidence],
            "panels": panels,
            "contents": contents(self.sections(panels), site, panels),
        }

    def sections(self, panels: list[Panel]) -> list[Anchor]:
        """The sections this kind of site has of its own, in the order of the page."""
        raise NotImplementedError


def export_view(
    model: Any, filterset_class: type[SiteFilterSet], download: Callable[[SiteQuerySet], Download]
) -> Callable[..., HttpResponseBase]:
    """The view of a download that keeps the filter of the list. A wrong filter is answered 400 with the reasons."""

    @require_safe
    def view(request: HttpRequest, ending: str) -> HttpResponseBase:
        sites = model.objects.published()
        filterset = filterset_class(request.GET, sites, request=request, states=states_by_code())
        if not filterset.is_valid():
            return wrong_filter(filterset)
        return download_response(download(filterset.qs), ending)

    return view
