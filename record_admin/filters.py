"""Filters that lists of records in the admin share."""

from typing import TypeAlias

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from records.template_context import Label

from .untranslated import lacking

Filters: TypeAlias = tuple[str | type[admin.ListFilter] | tuple[str, type[admin.FieldListFilter]], ...]
"""What a list is narrowed by, in the order of the page."""


class LacksLanguageFilter(admin.SimpleListFilter):
    """Public records without title, name or summary in a language."""

    title = _("public, but lacks words in")
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return lacking(queryset, value) if value in dict(settings.LANGUAGES) else queryset


class YearFilter(admin.SimpleListFilter):
    """Records of one year; a subclass names the column."""

    title = _("year")
    parameter_name = "year"
    column = "year"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        years = model_admin.model._default_manager.exclude(**{self.column: None}).order_by(f"-{self.column}")
        return [(str(year), str(year)) for year in years.values_list(self.column, flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return (
            queryset.filter(**{self.column: int(value)})
            if value.isascii() and value.isdigit() and len(value) < 5
            else queryset
        )
