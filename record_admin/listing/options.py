"""The filters of a list as a form: each field with its values to tick, several of which are “or”, or none of them.

Django's own filters know one link for each choice. What the link would put into the address is the name and value of a box.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final, cast

from django.contrib.admin import EmptyFieldListFilter, FieldListFilter, SimpleListFilter
from django.contrib.admin.filters import DateFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import build_q_object_from_lookup_parameters, prepare_lookup_value
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.template_context import Label

from .addresses import NONE_OF, question, without

IN_THE_BAR: Final = 5  # fields that have a fold of their own; the others share one
MOST_COUNTED: Final = 40  # values of a field beyond which it is not said how many rows each has


@dataclass
class Option:
    """One value of a field, and how many rows it would leave; None where nobody has counted."""

    name: str
    value: str
    label: Label
    is_set: bool
    count: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing would be found; a box that is ticked can still be taken back."""
        return self.count == 0 and not self.is_set


@dataclass
class Field:
    """A filter as a field of the form. `spec` is Django's own, which knows how rows are narrowed."""

    spec: Any
    label: Label
    names: tuple[str, ...]
    options: list[Option] = field(default_factory=list)
    is_negated: bool = False

    @property
    def key(self) -> str:
        return self.names[0]

    @property
    def chosen(self) -> list[Option]:
        return [one for one in self.options if one.is_set]

    @property
    def is_counted(self) -> bool:
        """Not of a field with very many values."""
        return len(self.options) <= MOST_COUNTED

    @property
    def can_be_negated(self) -> bool:
        """Of two values the one is the other left out."""
        return len(self.options) > 2

    def words(self) -> str:
        """Place: confirmed or held; Place: none of confirmed, held."""
        values, label = [str(one.label) for one in self.chosen], capfirst(str(self.label))
        if self.is_negated:
            return _("%(field)s: not %(values)s") % {"field": label, "values": ", ".join(values)}
        return _("%(field)s: %(values)s") % {"field": label, "values": _(" or ").join(values)}


@dataclass(frozen=True)
class Chip:
    """Something that is set, and the address without it."""

    words: str
    address: str


def fields_of(specs: Iterable[Any], changelist: Any, query: QueryDict) -> list[Field]:
    """The filters of a list, with what is ticked by the address."""
    found = []
    for spec in specs:
        names = tuple(spec.expected_parameters())
        one = Field(spec, spec.title, names, is_negated=names[0] in query.getlist(NONE_OF))
        one.options = list(_options(spec, names, changelist, query))
        found.append(one)
    return found


def _options(spec: Any, names: tuple[str, ...], changelist: Any, query: QueryDict) -> Iterator[Option]:
    for choice in spec.choices(changelist):
        led_to = QueryDict(choice["query_string"].removeprefix("?"))
        pairs = [(name, led_to[name]) for name in names if name in led_to]
        if len(pairs) == 1:  # none: “all”, which is nothing ticked
            name, value = pairs[0]
            yield Option(name, value, choice["display"], is_set=value in query.getlist(name))


def _condition(spec: Any, request: HttpRequest, rows: QuerySet, values: Mapping[str, list[str]]) -> Q | None:
    """What a filter asks of rows if these values are ticked: any of them. None: nothing of it is ticked."""
    if not values:
        return None
    if isinstance(spec, SimpleListFilter | EmptyFieldListFilter):
        ((name, ticked),) = values.items()
        return _any(_alone(spec, request, rows, name, value) for value in ticked)
    if isinstance(spec, DateFieldListFilter):
        return build_q_object_from_lookup_parameters(cast(dict[str, Iterable[object]], spec.used_parameters))
    return _any(_looked_up(name, ticked) for name, ticked in values.items())


def _looked_up(name: str, ticked: list[str]) -> Q:
    """A lookup of the address with any of its values, read as Django reads it."""
    return build_q_object_from_lookup_parameters({name: cast(Iterable[object], prepare_lookup_value(name, ticked))})


def _any(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for one in conditions:
        found |= one
    return found


def _alone(spec: Any, request: HttpRequest, rows: QuerySet, name: str, value: str) -> Q:
    """A filter that knows one value at a time, asked for this one."""
    one = copy(spec)
    one.used_parameters = {name: value}
    if isinstance(one, EmptyFieldListFilter):
        one.lookup_val = value
    found = one.queryset(request, rows)
    return Q() if found is None else Q(pk__in=found.order_by().values("pk"))


class Narrowing:
    """What the filters of a list ask of its rows, by field, so that counts can leave one of them out."""

    def __init__(self, request: HttpRequest, rows: QuerySet) -> None:
        self._request, self._rows = request, rows

    def asked(self, one: Any, query: QueryDict) -> Q | None:
        """The condition of one filter of Django's, as the address has it; None if it is not set."""
        names = one.expected_parameters()
        values = {name: query.getlist(name) for name in names if name in query}
        try:
            found = _condition(one, self._request, self._rows, values)
        except (ValueError, ValidationError) as error:
            raise IncorrectLookupParameters(str(error)) from error
        if found is None or names[0] not in query.getlist(NONE_OF):
            return found
        return ~Q(pk__in=self._rows.filter(found).order_by().values("pk"))

    def of_option(self, one: Field, option: Option) -> Q | None:
        """The condition of one value. Of a column of the table itself it is asked directly, else by the rows found."""
        spec = one.spec
        if isinstance(spec, FieldListFilter) and not isinstance(spec, EmptyFieldListFilter):
            found = _looked_up(option.name, [option.value])
            own = not spec.field.many_to_many and option.name.count("__") < 2 + spec.field.is_relation
            return found if own else Q(pk__in=self._rows.filter(found).order_by().values("pk"))
        return _condition(spec, self._request, self._rows, {option.name: [option.value]})


def chips(fields: Iterable[Field], query: QueryDict) -> Iterator[Chip]:
    """What is set, each with the address without it. The page one is on goes too."""
    for one in fields:
        if one.chosen:
            left = without(query, *one.names, "p")
            others = [name for name in left.getlist(NONE_OF) if name != one.key]
            left.setlist(NONE_OF, others)
            yield Chip(one.words(), question(left))
