"""Views of a list: those that the list itself offers, and those that officers keep."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.http import QueryDict
from django.utils.http import urlencode

from records.template_context import Label

from ..models import SavedView
from .addresses import OUT_OF, VIEW, kept_part
from .counting import in_words

MOST_BUILT_IN: Final = 6


@dataclass(frozen=True)
class ListView:
    """A view that a list offers to everybody: the address it stands for, and the same as a condition, by which it is counted.
    An admin names at most six."""

    slug: str
    label: Label
    query: str
    condition: Q
    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, slug: str, label: Label, field: str, *values: object) -> "ListView":
        """The rows in which a field has one of these values."""
        said = [str(int(value)) if isinstance(value, bool) else str(value) for value in values]
        query = urlencode([(f"{field}__exact", value) for value in said])
        return cls(slug, label, query, Q(**{f"{field}__in": values}))

    @classmethod
    def empty(cls, slug: str, label: Label, field: str, *, is_empty: bool) -> "ListView":
        """The rows in which a field, or a moment, is not filled in; or is."""
        return cls(slug, label, f"{field}__isempty={int(is_empty)}", Q(**{f"{field}__isnull": is_empty}))


@dataclass(frozen=True)
class BuiltIn:
    """A view of the list itself, with the number of its rows."""

    view: ListView
    count: int

    @property
    def count_words(self) -> str:
        return in_words(self.count)


@dataclass
class OfferedViews:
    """The views of one list as one officer may see them; `opened` is the one that the address names."""

    built_in: tuple[ListView, ...] = ()
    kept: list[SavedView] = field(default_factory=list)
    opened: ListView | SavedView | None = None
    is_unknown: bool = False

    def named(self, slug: str) -> ListView | SavedView | None:
        views: Iterable[ListView | SavedView] = (*self.built_in, *self.kept)
        return next((one for one in views if one.slug == slug), None)


def offered(officer_id: int, label: str, built_in: tuple[ListView, ...]) -> OfferedViews:
    """A private view of somebody else is not among them, on any path."""
    return OfferedViews(built_in, list(SavedView.objects.for_officer(officer_id, label)))


def opened(views: OfferedViews, query: QueryDict) -> QueryDict:
    """The address with the filter and order of the view that it names. What else stands in it comes on top, and counts where
    both say something. From there on the address says itself what is set, and from which view one came."""
    slug = query.get(VIEW) or query.get(OUT_OF)
    if not slug:
        return query
    views.opened = views.named(slug)
    if VIEW not in query:
        return query
    views.is_unknown = views.opened is None
    made = QueryDict(views.opened.query if views.opened else "", mutable=True)
    for name, values in query.lists():
        if name not in (VIEW, OUT_OF):
            made.setlist(name, values)
    if views.opened:
        made[OUT_OF] = views.opened.slug
    return made


def is_as_kept(view: ListView | SavedView, query: QueryDict) -> bool:
    """Whether the list shows what the view stands for, and nothing else."""
    return kept_part(query) == kept_part(QueryDict(view.query))
