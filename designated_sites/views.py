"""The page of one site. Reserves and geoparks name their model and template."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.views.generic import DetailView

from directory.panels import Panel, panels_of
from network.states import states_by_code

from .citing import citation_of
from .entries import other_designations
from .linked_data import Property, linked_data
from .public_facts import PublicFact
from .public_history import PublicHistory
from .redirects import moved_to
from .site_page import CONFIDENCE, Anchor, accuracy, contents, local_names, name_lines
from .sources_by_fact import WHOLE, sources_by_fact


class SiteDetailView(DetailView):
    """The page of one site. An old address leads to the present one; what is not published does not exist."""

    model: Any  # a kind of DesignatedSite
    public_facts: ClassVar[Mapping[str, PublicFact]]  # whose changes the page tells
    context_object_name = "site"

    def get_queryset(self) -> Any:
        return self.model.objects.published().with_names().prefetch_related("photos")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            if site := moved_to(self.model.objects.published(), kwargs["slug"]):
                return HttpResponsePermanentRedirect(site.get_absolute_url())
            raise

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site, panels = self.object, panels_of(self.object)
        by_code = states_by_code()
        states = [by_code[code] for code in site.state_codes if code in by_code]
        history = PublicHistory(
            site, self.public_facts, {code: state.name for code, state in by_code.items()}
        ).entries()
        sources = sources_by_fact(site.sources)
        return super().get_context_data(**kwargs) | {
            "states": states,
            "local_names": local_names(site),
            "name_lines": name_lines(site),
            "designations": other_designations(site),
            "accuracy": accuracy(site),
            "confidence_words": CONFIDENCE[site.confidence],
            "panels": panels,
            "sources": sources,
            "sourced": {source.key for source in sources},
            "by_fact": any(source.key != WHOLE for source in sources),
            "history": history,
            "citation": citation_of(site),
            "linked_data": linked_data(site, states, self.linked_facts()),
            "contents": contents(self.sections(panels), site, panels, has_history=bool(history)),
        }

    def sections(self, panels: list[Panel]) -> list[Anchor]:
        """The sections this kind of site has of its own, in the order of the page."""
        raise NotImplementedError

    def linked_facts(self) -> list[Property]:
        """What only this kind of site has, for machines."""
        raise NotImplementedError
