"""Lists of records: a filter is a form, an invalid one shows its errors and nothing else, every list has pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django_filters.views import FilterView

from ..template_context import Context, Keywords

PAGE = "page"
ORDER = "sort"


@dataclass(frozen=True)
class Chip:
    """One value of a filter that is set, and the query of the same list without it."""

    label: str
    query: str
    name: str = ""


def page_number(request: HttpRequest) -> int:
    """The page asked for. What is no plain number of a page is not found; a number beyond the last page is the
    paginator's to refuse."""
    text = request.GET.get(PAGE) or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) > 0):
        raise Http404(f"no page {text[:20]!r}")
    return int(text)


def without(data: QueryDict, *names: str) -> QueryDict:
    """The query with some parameters taken out."""
    rest: QueryDict = data.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def query_without(data: QueryDict, *names: str) -> str:
    """The same as written in an address, beginning with `?`, or empty when nothing is left."""
    return f"?{encoded}" if (encoded := without(data, *names).urlencode()) else ""


def without_blanks(data: QueryDict) -> QueryDict:
    """What was filled in of a form sent by GET: the empty fields that a browser sends along say nothing."""
    rest = QueryDict(mutable=True)
    for name, values in data.lists():
        if filled := [value for value in values if value.strip()]:
            rest.setlist(name, filled)
    return rest


def is_set(value: object) -> bool:
    """A filter whose cleaned value narrows the list."""
    return value not in (None, "", [])


def written(value: object) -> str:
    """A cleaned value as it stands in an address."""
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)


def chips(form: forms.Form, data: QueryDict) -> list[Chip]:
    """The filters that are set, in the order of the form. Order and page are no filters."""
    return [chip for name in form.fields if name != ORDER for chip in _chips_of(form, name, data)]


def _chips_of(form: forms.Form, name: str, data: QueryDict) -> Iterator[Chip]:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if not is_set(value):
        return
    words = dict(getattr(field, "choices", ()))
    if not isinstance(value, list):
        shown = words.get(value) or _("%(label)s: %(value)s") % {"label": field.label, "value": written(value)}
        yield Chip(str(shown), query_without(data, name, PAGE) or ".", name)
        return
    for chosen in dict.fromkeys(value):
        rest = data.copy()
        rest.setlist(name, [other for other in data.getlist(name) if other != chosen])
        yield Chip(str(words[chosen]), query_without(rest, PAGE) or ".", name)


class RecordListView(FilterView):
    """A filtered list with pages. A wrong value answers 200 with the form's error; an unknown page is 404.

    The page gets `form`, `found` (how many records the filter finds), `filtered`, `chips`, and `kept`: the query that
    downloads of the same set take. An order that is a filter called `sort` does not make a list filtered.
    """

    paginate_by = 25
    strict = True

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """All links of the page keep the query, in its short form."""
        request.GET = without_blanks(request.GET)  # type: ignore[assignment]
        super().setup(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().published()

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        """The filter is always bound, so that an empty query and none are the same list."""
        return super().get_filterset_kwargs(filterset_class) | {"data": self.request.GET}

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> object:
        page_number(self.request)
        return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        form: forms.Form = context["filter"].form
        set_filters = chips(form, self.request.GET) if form.is_valid() else []
        return context | {
            "form": form,
            "found": context["paginator"].count,
            "filtered": bool(set_filters) or not form.is_valid(),
            "chips": set_filters,
            "kept": query_without(self.request.GET, PAGE),
        }
