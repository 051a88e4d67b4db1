"""Records edited by several officers: one form at a time is saved, and none over a version that its author has not seen."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from records.template_context import Context
from typed_records.locks import lock

from .as_seen import AsSeen, AsSeenRecord
from .marks import Sheet
from .one_value import refuse_invalid, sent_with


class _WithSheet(Protocol):
    """A request that brought a form back."""

    sheet: Sheet


def as_seen(request: HttpRequest, form: type[forms.ModelForm], mixin: type[AsSeen]) -> type[forms.ModelForm]:
    """The class of a form, told what the page that comes back was made from."""
    sheet = getattr(request, "sheet", None)
    return type(form.__name__, (mixin, form), {"sheet": sheet}) if sheet else form


class VersionedAdmin(admin.ModelAdmin):
    """Compares a form that comes back with the record, and saves single values by the record's own form."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Context | None = None,
    ) -> HttpResponse:
        """One form at a time is saved of a record, and none that was made from a version which is not the present one."""
        if object_id is None or request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        cast(_WithSheet, request).sheet = Sheet.read(request.POST, self.author_of_change)
        with transaction.atomic():
            self.lock(object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def lock(self, object_id: str) -> None:
        """Others who save the same record wait until this transaction ends."""
        try:
            key = self.opts.pk.to_python(unquote(object_id))
        except (ValidationError, ValueError):
            return  # no record has such a number, as the page will say
        with suppress(self.model.DoesNotExist):
            lock(self.model, key)

    def fields_to_change(self, request: HttpRequest, record: models.Model) -> dict[str, tuple[str, ...]]:
        """What this person may change in the form of a record, by table: of the record, and of the rows in its form."""
        if not self.has_change_permission(request, record):
            return {}
        fields = tuple(self.get_form(request, record, change=True).base_fields)
        found = {one._meta.db_table: fields for one in (self.model, *self.opts.all_parents)}
        for inline in self.get_inline_instances(request, record):
            if inline.has_change_permission(request, record):
                form = inline.get_formset(request, record).form
                found[inline.opts.db_table] = tuple(form.base_fields)
        return found

    def save_one_value(
        self,
        request: HttpRequest,
        *,
        record: models.Model,
        row: models.Model,
        name: str,
        value: object,
        further: Mapping[str, str],
    ) -> None:
        """Saves one value of a record, or of a row in its form, as if the form had been sent with it."""
        if row._meta.db_table == self.opts.db_table:
            form = sent_with(self.get_form(request, record, change=True), row, name, value, further)
            refuse_invalid(form, row)
            self.save_model(request, self.save_form(request, form, change=True), form, True)
        else:
            inlines = self.get_inline_instances(request, record)
            inline = next(one for one in inlines if one.opts.db_table == row._meta.db_table)
            rows = inline.get_formset(request, record)(instance=record, queryset=inline.model._base_manager.none())
            form = sent_with(rows.form, row, name, value, further, **rows.get_form_kwargs(None))
            refuse_invalid(form, row)
            form.save()
        self.log_change(request, record, [{"changed": {"fields": [name]}}])

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return as_seen(request, form, AsSeenRecord) if change else form

    def author_of_change(self, row: models.Model, column: str) -> str:
        """Who changed a column of the record, or of a row of it, last, and when. Records with a history know it."""
        return ""

    def versions_shown(self, request: HttpRequest, forms_shown: Sequence[forms.BaseModelForm]) -> Context:
        """What the template needs: the marks that the form carries, and the values of which there are two versions."""
        sheet: Sheet = getattr(request, "sheet", None) or Sheet({}, {}, self.author_of_change)
        return {"seen": sheet.to_carry(forms_shown), "conflicts": sheet.conflicts}
