"""Rows inside a record's form."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from modeltranslation.admin import TranslationStackedInline

from .edit_conflicts.admin import as_seen
from .edit_conflicts.as_seen import AsSeen
from .fields import FieldsMixin, ReadOnlyMixin
from .fieldsets import EnglishFirst
from .forms import RecordFormSet


class RowsMixin(FieldsMixin, InlineModelAdmin):
    """Rows inside a record's form; `related` and `prefetched` name what their cells show."""

    formset: type[forms.BaseInlineFormSet] = RecordFormSet
    extra = 0
    related: ClassVar[tuple[str, ...]] = ()
    prefetched: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if self.related:
            rows = rows.select_related(*self.related)
        return rows.prefetch_related(*self.prefetched)

    def get_formset(
        self, request: HttpRequest, obj: models.Model | None = None, **kwargs: object
    ) -> type[forms.BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = as_seen(request, formset.form, AsSeen)
        return formset


class Rows(RowsMixin, admin.TabularInline):
    """Rows of a table, one line each. A cell has no label of its own, so its field says the name of the column."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and field.label and not isinstance(field.widget, forms.MultiWidget):
            field.widget.attrs.setdefault("aria-label", field.label)
        return field


class Blocks(RowsMixin, admin.StackedInline):
    """Rows with much text, one block each."""


class TranslatedBlocks(EnglishFirst, RowsMixin, TranslationStackedInline):
    """Blocks whose texts exist in several languages."""

    fold_for_each_language = False


class ReadOnlyRows(ReadOnlyMixin, Rows):
    """Rows to read."""
