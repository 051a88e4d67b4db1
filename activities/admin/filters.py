"""Filters that the lists of events and of trainings share."""

from collections.abc import Callable
from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from records.template_context import Label

from ..models import ActivityQuerySet


class YearOfStart(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        days = model_admin.model._default_manager.dates("starts_at", "year", order="DESC")
        return [(str(day.year), str(day.year)) for day in days]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        known = value.isascii() and value.isdigit() and 0 < int(value) < 10_000
        return queryset.filter(starts_at__year=int(value)) if known else queryset


LeftOver = Callable[[QuerySet], QuerySet]
_further: dict[str, tuple[Label, LeftOver]] = {}


def register_left_over(name: str, label: Label, verb: LeftOver) -> None:
    """An app above says what else may be left to do once an event or training is over; in its `workspace.py`."""
    _further[name] = (label, verb)


class LeftOverFilter(admin.SimpleListFilter):
    """What is over and still waits for somebody to say so, to tell of it, or to do what else is left."""

    title = _("afterwards")
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        own: list[tuple[str, Label]] = [
            ("announced", _("Over, still announced")),
            ("untold", _("Held, nothing told of it")),
        ]
        return [*own, *((name, label) for name, (label, _verb) in _further.items())]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if further := _further.get(self.value() or ""):
            return further[1](queryset)
        if self.value() == "announced":
            return cast(ActivityQuerySet, queryset).over_but_announced()
        return cast(ActivityQuerySet, queryset).held_and_untold() if self.value() == "untold" else queryset
