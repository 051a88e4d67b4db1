"""How the lists of events and trainings are narrowed, and in which orders they stand."""

from collections.abc import Mapping
from typing import Final, cast

import django_filters
from django import forms
from django.db.models import Case, F, Func, IntegerField, QuerySet, When
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.listing.filters import (
    FIRST_YEAR,
    LAST_YEAR,
    ArrayChoicesFilter,
    ChoicesFilter,
    SortFilter,
    WordsFilter,
    YearFilter,
)

from ..models import Activity, ActivityQuerySet

# What is to come stands first, the next at the top; then what was, the latest at the top.
COMING_FIRST: Final = (
    F("is_coming").desc(),
    Case(When(is_coming=True, then=F("starts_at"))).asc(nulls_last=True),
    F("starts_at").desc(),
    F("slug").asc(),
)
ORDERS: Final[dict[str, tuple[str | OrderBy, ...]]] = {
    "coming": COMING_FIRST,
    "newest": ("-starts_at", "slug"),
    "oldest": ("starts_at", "slug"),
    "title": ("title", "slug"),
}
ORDER_LABELS: Final = [
    ("coming", _("Coming first")),
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("title", _("Title")),
]


class LocalYear(Func):
    """The year in which an activity starts on the clocks of its own zone, where 1995 in Seoul begins in 1994 of UTC."""

    template = "EXTRACT(YEAR FROM timezone(%(expressions)s))::int"
    output_field = IntegerField()

    def __init__(self) -> None:
        super().__init__(F("timezone"), F("starts_at"))


class LocalYearFilter(YearFilter):
    def filter(self, qs: QuerySet, value: int | None) -> QuerySet:
        return qs.alias(local_year=LocalYear()).filter(local_year=value) if value is not None else qs


class SeriesFilter(django_filters.ChoiceFilter):
    """One series, by its slug."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(series__slug=value) if value else qs


class CountedFilter(django_filters.ChoiceFilter):
    """The records behind a figure of the statistics."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return cast(ActivityQuerySet, qs).counted() if value else qs


class ActivityForm(forms.Form):
    field_order = ("q", "kind", "state", "year", "format", "series", "counted", "sort")


class ActivityFilterSet(django_filters.FilterSet):
    """Takes the member states and the series that have something to show, which the page needs too."""

    q = WordsFilter(label=_("Words of the title, place or summary"))
    state = ArrayChoicesFilter(field_name="state_codes", label=_("Held in"))
    year = LocalYearFilter(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    format = ChoicesFilter(
        label=_("Format"),
        choices=[choice for choice in Activity.Format.choices if choice[0] != Activity.Format.UNKNOWN],
    )
    series = SeriesFilter(label=_("Series"), empty_label=_("All"))
    counted = CountedFilter(
        label=_("Shown"),
        empty_label=_("All on record"),
        choices=[("true", _("As the statistics count: a series once"))],
    )
    sort = SortFilter(orders=ORDERS, choices=ORDER_LABELS)

    def __init__(
        self, *args: object, states: Mapping[str, MemberState], series: Mapping[str, str], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.filters["state"].extra["choices"] = [(code, state.name) for code, state in states.items()]
        self.filters["series"].extra["choices"] = list(series.items())
