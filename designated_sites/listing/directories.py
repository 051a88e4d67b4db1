"""A directory as somebody asked for it: the form, what it finds, its chips and its short address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from history.versions import data_version
from network.states import states_by_code
from records.cached import cached
from records.listing.bounded_queries import is_bounded
from records.listing.lists import ORDER, PAGE, Chip, chips, is_set, query_without, without_blanks, written
from search.models import SearchEntry

from ..models import SiteQuerySet
from .faceting import Faceted
from .filters import ORDERS, SiteFilterForm
from .site_table import Kind, Site, SiteTable, table_of

NAME = next(iter(ORDERS))  # the order of a list that nobody ordered


def short_query(form: SiteFilterForm) -> QueryDict:
    """The one way to write what a valid form says: parameters in its order, values sorted, nothing that goes without
    saying. It is the same in every language."""
    query = QueryDict(mutable=True)
    for name in form.fields:
        value = form.cleaned_data.get(name)
        if is_set(value) and (name, value) != (ORDER, NAME):
            query.setlist(name, sorted(set(value)) if isinstance(value, list) else [written(value)])
    return query


@dataclass(frozen=True)
class WayOut:
    """Of a list that finds nothing: the filter to take away, in the words of its chips, and what is found then."""

    label: str
    query: str
    found: int


class Directory:
    """`data` is the query of the request, as a browser sends it. A wrong value finds nothing."""

    def __init__(self, kinds: Sequence[Kind], form_class: type[SiteFilterForm], data: QueryDict) -> None:
        data = without_blanks(data)
        self.kinds = kinds
        self.version = data_version()  # before anything is read
        self.table: SiteTable = table_of(self.version, *kinds)
        self.states = cached("states", self.version, states_by_code)
        self.form = form_class(data, states=self.states)
        self.is_valid = self.form.is_valid()
        cleaned = self.form.cleaned_data if self.is_valid else {}
        self.query = short_query(self.form) if self.is_valid else data
        self.chips: list[Chip] = chips(self.form, self.query) if self.is_valid else []
        self.narrowed = Faceted(self.table, cleaned, self._matching(cleaned.get("q", "")))
        self.found = self.narrowed.found if self.is_valid else 0
        self.order = cleaned.get(ORDER) or NAME

    def _matching(self, words: str) -> int | None:
        """Sites whose names or texts hold the words, of all kinds in one query. The table knows which are published."""
        if not words:
            return None
        kinds = {kind.model._meta.label_lower: kind.model.kind for kind in self.kinds}
        found = SearchEntry.objects.whole().matching(words).keys_by_label(kinds)
        return self.table.some({kinds[label]: keys for label, keys in found.items()})

    @property
    def is_bounded(self) -> bool:
        """What is drawn of it may be kept: it is one of a known number of sets and orders."""
        return is_bounded(self.query, self.form)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips) or not self.is_valid

    @property
    def is_whole(self) -> bool:
        """All sites, in the order of a list that nobody ordered."""
        return not self.is_narrowed and self.order == NAME

    @property
    def kept(self) -> str:
        """The query that links to other views and downloads of the same set take."""
        return query_without(self.query, PAGE)

    def canonical(self, page: int = 1) -> str:
        """What stands after the address of a page in its canonical link; a wrong query has none of its own."""
        if not self.is_valid:
            return ""
        query: Any = self.query.copy()
        if page > 1:
            query[PAGE] = page
        return query_without(query)

    def positions(self) -> list[int]:
        """What is found, in the order asked for, as positions in the table."""
        return self.table.ordered(self.found, self.order)

    def sites(self) -> list[Site]:
        """The same as sites."""
        return [self.table.site(position) for position in self.positions()]

    def records(self, kind: Kind) -> SiteQuerySet:
        """The full records of one kind among what is found, in the order asked for."""
        records: SiteQuerySet = kind.model.objects.published().order_by(*ORDERS[self.order])
        if not self.is_narrowed:
            return records
        return records.filter(pk__in=[site.pk for site in self.sites() if site.kind == kind.model.kind])

    def way_out(self) -> WayOut | None:
        best = self.narrowed.best_removal()
        if best is None:
            return None
        name, number = best
        rest = query_without(self.query, name, PAGE)
        words = [chip.label for chip in self.chips if chip.name == name]
        return WayOut(", ".join(words), rest or ".", number)
