"""One list of the admin as it is asked for: its rows, what narrows it, its columns, its pages."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from math import ceil
from operator import and_
from typing import Any, cast

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import build_q_object_from_lookup_parameters, get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation, ValidationError
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.template_context import Label

from . import counting
from .addresses import ACROSS, NONE_OF, NOT_A_FILTER, OURS, question, without
from .counting import MOST, KnownPaginator, counted
from .days import Days
from .moments import Moments, name_of
from .options import IN_THE_BAR, Chip, Field, Narrowing, chips, fields_of
from .views import BuiltIn

CHECKBOX = "action_checkbox"


class RecordList(ChangeList):
    """A list whose counts do not grow with it; several values of a field are “or”, fields are “and”."""

    queryset: QuerySet
    root_queryset: QuerySet
    model_admin: Any

    def __init__(
        self,
        request: HttpRequest,
        model: type[models.Model],
        list_display: Sequence[Any],
        list_display_links: Any,
        list_filter: Any,
        date_hierarchy: str | None,
        *rest: Any,
    ) -> None:
        self.request, self.asked = request, request.GET
        owner = rest[-3]
        self.moments = Moments(model, owner.zone_of_list, request)
        list_display = [*list_display, *owner.further_columns]
        self.offered = [name for name in list_display if name != CHECKBOX]
        self.first_names = [name for name in self.offered if name not in owner.further_columns]
        self.shown_names = self._shown(owner.columns_kept(request))
        self.day_column = get_fields_from_path(model, date_hierarchy)[-1] if date_hierarchy else None
        shown: list[Any] = [self.moments.column(name) for name in list_display]
        links = list_display_links and [column for column in shown if name_of(column) in list_display_links]
        super().__init__(request, model, shown, links, list_filter, None, *rest)
        self.sortable_by = None  # by every column that knows its order
        if not self.is_popup:
            self.title = capfirst(str(self.opts.verbose_name_plural))

    def _shown(self, kept: Sequence[str]) -> list[str]:
        """The columns chosen, in the order of the list. The first one leads to the record, and is always there."""
        known = [name for name in self.offered if name in kept]
        return [self.offered[0], *(name for name in known if name != self.offered[0])] if known else self.first_names

    # What is asked -------------------------------------------------------------------------------------------------
    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in OURS}

    @cached_property
    def days(self) -> Days | None:
        return Days.of(self.day_column, self.asked, self.moments.reader()) if self.day_column else None

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        """The rows that match, in their order. As Django does it, but with several values of a field, and with “none of”."""
        self.filter_specs, self.has_filters, remaining, may_repeat, self.has_active_filters = self.get_filters(request)
        self.remaining = {name: value for name, value in self.get_filters_params().items() if name in remaining}
        self.asks = list(self._asks(request, remaining))
        rows = self.root_queryset
        try:
            for spec, condition in self.asks:
                rows = spec.queryset(request, rows) if condition is None else rows.filter(condition)
        except (SuspiciousOperation, ImproperlyConfigured):
            raise
        except Exception as error:  # as Django does: there is no other way to know that a lookup makes no sense
            raise IncorrectLookupParameters(str(error)) from error
        if not rows.query.select_related:
            rows = self.apply_select_related(rows)
        rows = rows.order_by(*self.get_ordering(request, rows))
        rows, search_may_repeat = self.model_admin.get_search_results(request, rows, self.query)
        return rows.distinct() if may_repeat or search_may_repeat else rows

    def _asks(self, request: HttpRequest, remaining: Any) -> Iterator[tuple[Any, Q | None]]:
        """Each filter that is set, with its condition. A filter with one value narrows by its own hand: None."""
        narrowing = Narrowing(request, self.root_queryset)
        for spec in self.filter_specs:
            names = [str(name) for name in spec.expected_parameters()]
            ticked = [value for name in names for value in self.asked.getlist(name)]
            if not ticked:
                continue
            plain = (
                isinstance(spec, SimpleListFilter) and len(ticked) == 1 and names[0] not in self.asked.getlist(NONE_OF)
            )
            yield spec, None if plain else narrowing.asked(spec, self.asked)
        if self.days and (condition := self.days.condition()) is not None:
            yield self.days, condition
        if remaining:
            yield None, build_q_object_from_lookup_parameters(remaining)

    def apply_select_related(self, rows: QuerySet) -> QuerySet:
        """With the records that the columns chosen name."""
        rows = super().apply_select_related(rows)
        named = [name for name in self.model_admin.further_columns if name in self.shown_names and self._is_link(name)]
        return rows.select_related(*named) if named else rows

    def _is_link(self, name: str) -> bool:
        return any(field.name == name and field.many_to_one for field in self.opts.get_fields())

    # Rows and counts -----------------------------------------------------------------------------------------------
    def get_results(self, request: HttpRequest) -> None:
        """Counts as far as needed: the page asked for, or MOST rows. A page behind the last one is the last one."""
        self.is_across = ACROSS in self.asked
        most = max(MOST, max(self.page_num, 1) * self.list_per_page)
        asked = {"found": (self.queryset, most)}
        if self.is_narrowed:
            asked["whole"] = (self.root_queryset, MOST)
        counts = counted(self.model, asked)
        self.result_count = self.queryset.count() if self.is_across else counts["found"]
        self.is_small = counts.get("whole", counts["found"]) <= MOST
        self.most = most if self.result_count <= most else MOST
        self.show_full_result_count, self.full_result_count, self.show_admin_actions = False, None, True
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        self.paginator = KnownPaginator(self.queryset, self.list_per_page)
        self.paginator.known = self.result_count
        self.page_num = min(max(self.page_num, 1), max(ceil(self.result_count / self.list_per_page), 1))
        if (self.show_all and self.can_show_all) or not self.multi_page:
            self.page_num = 1
            self.result_list = list(self.queryset)
        else:
            first = (self.page_num - 1) * self.list_per_page
            self.result_list = list(self.queryset[first : first + self.list_per_page])

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asks or self.query)

    @property
    def count_words(self) -> str:
        return counting.in_words(self.result_count, max(self.most, self.result_count if self.is_across else 0))

    @property
    def first_shown(self) -> int:
        return (self.page_num - 1) * self.list_per_page + 1

    @property
    def last_shown(self) -> int:
        return self.first_shown + len(self.result_list) - 1

    # The bar above the table -----------------------------------------------------------------------------------------
    @cached_property
    def fields(self) -> list[Field]:
        found = fields_of(self.filter_specs, self, self.asked)
        self._count(found)
        return found

    @property
    def fields_in_bar(self) -> list[Field]:
        return [one for one in self.fields if one.options][:IN_THE_BAR]

    @property
    def further_fields(self) -> list[Field]:
        """Those that share a fold, so that the bar stays a line."""
        return [one for one in self.fields if one.options][IN_THE_BAR:]

    @property
    def number_of_further(self) -> int:
        return sum(bool(one.chosen) for one in self.further_fields)

    @cached_property
    def built_in(self) -> list[BuiltIn]:
        """The views that the list itself offers, with their counts: `fields` counts them in the same query."""
        _counted_with = self.fields
        return self._built_in

    def _count(self, fields: list[Field]) -> None:
        """How many rows each value would leave, given what else is set; in one query, and of small lists alone. The views of
        the list are counted with them."""
        counts: dict[str, Count] = {}
        if self.is_small:
            for number, one in enumerate(fields):
                if one.is_counted and not hasattr(one.spec, "counts"):
                    counts |= self._counts_of(one, number)
        offered = list(self.model_admin.list_views)
        counts |= {f"view{place}": Count("pk", filter=view.condition) for place, view in enumerate(offered)}
        found = self.root_queryset.order_by().aggregate(**counts) if counts else {}
        for number, one in enumerate(fields):
            by_hand = self._counted_by_hand(one)
            for place, option in enumerate(one.options):
                option.count = found.get(f"of{number}_{place}") if by_hand is None else by_hand.get(option.value, 0)
        self._built_in = [BuiltIn(view, found[f"view{place}"]) for place, view in enumerate(offered)]

    def _counted_by_hand(self, one: Field) -> Mapping[str, int] | None:
        """A filter that knows better than the database how many rows each of its values has says it: `counts(rows)`."""
        if not self.is_small or not hasattr(one.spec, "counts"):
            return None
        return cast(Mapping[str, int], one.spec.counts(self.root_queryset.filter(self._others(one))))

    def _counts_of(self, one: Field, number: int) -> dict[str, Count]:
        narrowing, within = Narrowing(self.request, self.root_queryset), self._others(one)
        own = ((place, narrowing.of_option(one, option)) for place, option in enumerate(one.options))
        return {f"of{number}_{place}": Count("pk", filter=within & (asked or Q())) for place, asked in own}

    def _others(self, one: Field) -> Q:
        """What is set besides a field."""
        narrowing = Narrowing(self.request, self.root_queryset)
        others = [
            condition if condition is not None else narrowing.asked(spec, self.asked)
            for spec, condition in self.asks
            if spec is not one.spec
        ]
        if self.query:
            found = self.model_admin.get_search_results(self.request, self.root_queryset, self.query)[0]
            others.append(Q(pk__in=found.order_by().values("pk")))
        return reduce(and_, (condition for condition in others if condition is not None), Q())

    @property
    def chips(self) -> list[Chip]:
        """All that is set, each with the way to take it away."""
        found = [*chips(self.fields, self.asked), *self._remaining_chips()]
        if self.query:
            words = _("Search: “%(words)s”") % {"words": self.query}
            found.insert(0, Chip(words, question(without(self.asked, SEARCH_VAR, PAGE_VAR))))
        if self.days and (chip := self.days.chip(self.asked)):
            found.append(chip)
        return found

    def _remaining_chips(self) -> Iterator[Chip]:
        """What an address from elsewhere narrows the list by, of which the bar has no field."""
        for name, values in self.remaining.items():
            yield Chip(
                f"{capfirst(self._label_of(name))}: {self._value_of(name, values)}",
                question(without(self.asked, name, PAGE_VAR)),
            )

    def _label_of(self, lookup: str) -> Label:
        field = get_fields_from_path(self.model, lookup.split("__")[0])[-1]
        return cast(Label, getattr(field, "verbose_name", lookup))

    def _value_of(self, lookup: str, values: list[str]) -> str:
        """The record by its name where a relation is asked by its key, else what stands in the address."""
        path = lookup.removesuffix("__exact").removesuffix("__in")
        field = get_fields_from_path(self.model, path.split("__")[0])[-1]
        if field.is_relation and field.related_model and path.count("__") == 1 and len(values) == 1:
            key = path.split("__")[1]
            try:
                found = cast(Any, field.related_model)._base_manager.filter(**{key: values[0]}).first()
            except (ValueError, ValidationError):
                found = None
            return str(found or values[0])
        return ", ".join(values)

    @property
    def hidden_inputs(self) -> list[tuple[str, str]]:
        """What the form of the filters carries along: all of the address that it has no field for, but not the page."""
        own = {name for one in self.fields for name in one.names} | set(NOT_A_FILTER)
        carried = [(name, value) for name, values in self.asked.lists() if name not in own for value in values]
        order = [(name, self.asked[name]) for name in ("o", "from", "_popup", "_to_field") if name in self.asked]
        return [*carried, *order]

    @property
    def all_away(self) -> str:
        """The list without anything: never something that is set by itself."""
        left = without(self.asked, *(name for name in self.asked if name not in ("_popup", "_to_field")))
        return question(left)

    @property
    def is_showing_all(self) -> bool:
        return ALL_VAR in self.asked
