"""The page of one site. Reserves and geoparks name their model and template."""

from collections.abc import Mapping
from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.text import Truncator
from django.views.generic import DetailView

from history.versions import data_version
from network.states import states_by_code
from records.cached import cached, drawn
from records.draft_words import in_words_of
from records.listing.panels import Panel, panels_of
from records.template_context import Context

from ..listing.list_items import other_designations
from ..models import DesignatedSite, SiteQuerySet
from .cached_page import PublicPage, until
from .citation import citation_of
from .contents import Anchor, accuracy, contents, local_names, name_lines
from .linked_data import Property, linked_data
from .public_facts import PublicFact
from .public_history import PublicHistory
from .redirects import moved_to
from .sources_by_fact import WHOLE, sources_by_fact

AROUND = "designated_sites/page.html"
DESCRIBED = 160  # characters of the summary that a search engine shows


class SiteDetailView(DetailView):
    """The page of one site. An old address leads to the present one; what is not published does not exist."""

    model: type[DesignatedSite]
    public_facts: ClassVar[Mapping[str, PublicFact]]  # whose changes the page tells
    template_name: str  # of what everybody sees
    context_object_name = "site"
    draft: int | None = None  # the key of one that staff look at before it is published
    draft_language: str = ""

    def get_queryset(self) -> SiteQuerySet:
        sites = self.model.objects.filter(pk=self.draft) if self.draft else self.model.objects.published()
        return sites.with_names().prefetch_related("photos")

    def get(self, request: HttpRequest, *args: object, slug: str) -> HttpResponse:
        if self.draft:
            return render(request, AROUND, {"page": self.public_page()})
        version = data_version()
        published = self.model.objects.published()
        # The day of the last change is on the page, and a record saved as it was has a new one but makes no new version.
        record = published.filter(slug=slug).order_by().values_list("pk", "updated_at").first()
        if record is None:
            if site := moved_to(published, slug):
                return HttpResponsePermanentRedirect(site.get_absolute_url())
            raise Http404(f"no {self.model.kind} {slug[:80]}")
        page = cached("site-page", version, self.public_page, self.model.kind, *record, until=lambda page: page.until)
        return render(request, AROUND, {"page": page})

    def public_page(self) -> PublicPage:
        """What everybody sees, drawn without the request."""
        site = self.object = self.get_object()
        if self.draft_language:
            in_words_of(site, self.draft_language)
        context = self.get_context_data()
        del context["view"]  # which has the request
        return PublicPage(
            title=site.name,
            description=Truncator(site.summary).chars(DESCRIBED),
            linked_data=context["linked_data"],
            main=drawn(self.template_name, context),
            until=until(context["panels"]),
        )

    def get_context_data(self, **kwargs: object) -> Context:
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
