"""Filters that the lists of events and of trainings share."""

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


class LeftOverFilter(admin.SimpleListFilter):
    """What is over and still waits for somebody to say so, or to tell of it."""

    title = _("afterwards")
    parameter_name = "left"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return [("announced", _("Over, still announced")), ("untold", _("Held, nothing told of it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "announced":
            return cast(ActivityQuerySet, queryset).over_but_announced()
        return cast(ActivityQuerySet, queryset).held_and_untold() if self.value() == "untold" else queryset
