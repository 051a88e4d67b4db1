"""Filters every list shares: words, sort order from a fixed list, repeatable choices, years."""

from typing import cast

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..models import RecordQuerySet
from ..template_context import Cleaned

FIRST_YEAR, LAST_YEAR = 1900, 2100


class SortFilter(django_filters.ChoiceFilter):
    """Order by one of a few named orders; `orders` maps the value of the parameter to fields of the model."""

    def __init__(self, *args: object, orders: dict[str, tuple[str | OrderBy, ...]], **kwargs: object) -> None:
        self.orders = orders
        kwargs.setdefault("label", _("Sort"))
        kwargs.setdefault("empty_label", None)
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.order_by(*self.orders[value]) if value else qs


class WordsFilter(django_filters.CharFilter):
    """Words of a name, handed to the queryset's own `matching` verb."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("label", _("Name, in any script"))
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return cast(RecordQuerySet, qs).matching(value) if value else qs


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """A column holds one of the chosen values."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class ArrayChoicesFilter(ChoicesFilter):
    """Any of the chosen values is in an array column."""

    def filter(self, qs: QuerySet, value: list[str]) -> QuerySet:
        return qs.filter(**{f"{self.field_name}__overlap": value}) if value else qs


class YearFilter(django_filters.Filter):
    """A year on one side of which a column lies: `lookup_expr` is gte or lte."""

    field_class = forms.IntegerField

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("min_value", FIRST_YEAR)
        kwargs.setdefault("max_value", LAST_YEAR)
        super().__init__(*args, **kwargs)


class YearsForm(forms.Form):
    """A filter with `year_min` and `year_max`."""

    def clean(self) -> Cleaned:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("year_min"), cleaned.get("year_max")
        if first is not None and last is not None and first > last:
            self.add_error("year_max", _now("The last year lies before the first, %(first)d.") % {"first": first})
        return cleaned


def newest_first(field: str, *ties: str) -> tuple[str | OrderBy, ...]:
    """An order that puts what has no value last. `ties` decide between equals: by something that a reader can see, never by
    the number of a row, which only tells which was written first."""
    return (F(field).desc(nulls_last=True), *ties)
