"""One search over everything that is published."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from directory.search import Source, sources

FIRST = 6  # of each kind, before the reader asks for all
PER_PAGE = 25


class SearchForm(forms.Form):
    """Words, and optionally one kind of record."""

    q = forms.CharField(label=_("Search the portal"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *((source.key, source.title) for source in sources())]  # type: ignore[attr-defined]


class SearchView(TemplateView):
    """Without a kind the first hits of every kind; with one, all its hits in pages."""

    template_name = "opendata/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SearchForm(self.request.GET)
        context = super().get_context_data(**kwargs) | {"form": form}
        words = form.cleaned_data["q"].strip() if form.is_valid() else ""
        if not words:
            return context
        if kind := form.cleaned_data["kind"]:
            source = next(source for source in sources() if source.key == kind)
            return context | {"words": words, "source": source, "page_obj": self._page(source, words)}
        groups = [group for source in sources() if (group := self._first(source, words))]
        return context | {"words": words, "groups": groups, "found": sum(group["count"] for group in groups)}

    def _first(self, source: Source, words: str) -> dict[str, Any] | None:
        hits = source.find(words)
        count = hits.count()
        return {"source": source, "hits": hits[:FIRST], "count": count} if count else None

    def _page(self, source: Source, words: str) -> Any:
        number = self.request.GET.get("page") or "1"
        paginator = Paginator(source.find(words), PER_PAGE)
        if not (number.isascii() and number.isdigit() and len(number) < 7 and 1 <= int(number) <= paginator.num_pages):
            raise Http404(f"no page {number[:20]!r}")
        return paginator.page(int(number))
