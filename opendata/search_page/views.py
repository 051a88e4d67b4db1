"""One search over everything that is published."""

from typing import Unpack

from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import models
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from designated_sites.models import DesignatedSite, SiteName
from designated_sites.page.contents import local_names
from network.models import MemberState
from network.states import names_of, states_by_code
from records.listing.lists import page_number
from records.template_context import Context, Files, FormOptions, Posted
from search.sources import sources

from .finding import Found, Hit, counts, find, hits, suggestions

PER_PAGE = 25


class SearchForm(forms.Form):
    """Words, and optionally one kind of record."""

    q = forms.CharField(label=_("Search the portal"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *((source.key, source.title) for source in sources())]  # type: ignore[attr-defined]


def contexts_of(found: list[Hit], states: dict[str, MemberState]) -> list[Context]:
    """The hits with their kind and member states in words, and a site with its names in the script of the place, unless
    it was found by one of them and says so."""
    return [
        {
            "hit": hit,
            "kind": capfirst(hit.record._meta.verbose_name),
            "where": names_of(getattr(hit.record, "state_codes", ()), states),
            "local_names": [name for name in _local_names(hit.record) if name.name != hit.why],
        }
        for hit in found
    ]


def _local_names(record: models.Model) -> list[SiteName]:
    return local_names(record) if isinstance(record, DesignatedSite) else []


class SearchView(TemplateView):
    """All hits in pages, the best first; `kind` leaves those of one kind, and each kind says how many it has."""

    template_name = "opendata/search.html"

    def get_context_data(self, **kwargs: object) -> Context:
        form = SearchForm(self.request.GET)
        context = super().get_context_data(**kwargs) | {"form": form}
        words = form.cleaned_data["q"].strip() if form.is_valid() else ""
        if not words:
            return context
        found = find(words)
        if not found:
            return context | {"words": words, "meant": suggestions(words)}
        kind = form.cleaned_data["kind"]
        wanted = [one for one in found if one.source and one.source.key == kind] if kind else found
        page = self._page(wanted)
        return context | {
            "words": words,
            "kind": kind,
            "kinds": counts(found),
            "found": len(found),
            "page_obj": page,
            "hits": contexts_of(hits(page.object_list), states_by_code()),
        }

    def _page(self, found: list[Found]) -> Page:
        try:
            return Paginator(found, PER_PAGE).page(page_number(self.request))
        except EmptyPage as error:
            raise Http404(str(error)) from error
