"""The search of the workspace, from every page: over everything that the reader may see, by a name in any script, an
address, a reference, the number of a certificate. Nothing of what is typed is written anywhere."""

from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from records.listing.lists import page_number
from records.template_context import Context

from .finders import Finder, finders_for, only_page
from .hits import Hit
from .pages import WorkPage

SHOWN: Final = 6
PER_PAGE: Final = 50


class WordsForm(forms.Form):
    """What somebody looks for; `group` leaves the hits of one kind."""

    q = forms.CharField(max_length=200, required=False)
    group = forms.SlugField(required=False)


@dataclass(frozen=True)
class Group:
    """The hits of one kind that are shown, and whether there are more."""

    finder: Finder
    hits: list[Hit]
    more: bool


def group_of(finder: Finder, words: str, start: int, number: int) -> Group:
    hits = finder.find(words, start, start + number + 1)
    return Group(finder, hits[:number], len(hits) > number)


@method_decorator(never_cache, name="dispatch")
class SearchPage(WorkPage, TemplateView):
    """One hit for a reference, a number or an address opens it, and so does all that was found, if it is one; else the hits of each
    kind, the best first."""

    title = _("Search")
    template_name = "admin/search.html"

    @cached_property
    def form(self) -> WordsForm:
        form = WordsForm(self.request.GET)
        form.is_valid()
        return form

    @property
    def words(self) -> str:
        return " ".join(self.form.cleaned_data.get("q", "").split())

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        finders = finders_for(request.user)
        group = self.form.cleaned_data.get("group", "")
        if self.words and not group and (page := only_page(finders, self.words) or self._only_hit()):
            return redirect(page)
        return super().get(request, *args, **kwargs)

    @cached_property
    def groups(self) -> list[Group]:
        """The hits of each kind, the best first."""
        finders = finders_for(self.request.user) if self.words else []
        return [group for group in (group_of(finder, self.words, 0, SHOWN) for finder in finders) if group.hits]

    def _only_hit(self) -> str:
        """The address of what was found, if it is all that was found; it is said there, since nobody has chosen it."""
        hits = [hit for group in self.groups for hit in group.hits]
        if len(hits) != 1 or not self.groups[0].finder.opens_alone:
            return ""
        messages.info(self.request, _now("“%(words)s”: nothing else was found.") % {"words": self.words})
        return hits[0].address

    def get_context_data(self, **kwargs: object) -> Context:
        known: Context = {"searched": self.words, "form": self.form}
        finders = finders_for(self.request.user) if self.form.cleaned_data.get("group") else []
        chosen = [one for one in finders if one.slug == self.form.cleaned_data.get("group")]
        if chosen:
            number = page_number(self.request)
            known |= {"group": group_of(chosen[0], self.words, (number - 1) * PER_PAGE, PER_PAGE), "number": number}
        else:
            known["groups"] = self.groups
        return super().get_context_data(**{**known, **kwargs})
