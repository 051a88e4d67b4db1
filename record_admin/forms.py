"""Forms of records in the admin: they know what is chosen already, and leave untouched what nobody touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, Unpack

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist
from django.db import models
from modeltranslation.fields import TranslationField

from records.form_fields import ChecksField, ZoneField
from records.template_context import Cleaned, Context, Files, Posted, RecordFormOptions
from typed_records.base import told_apart

from .edit_conflicts.as_seen import RowsAsSeen

Group: TypeAlias = tuple[str | None, list[Context], int | None]
"""Options under one heading, as widgets of Django hand them to their templates."""

if TYPE_CHECKING:

    class _Autocomplete(AutocompleteMixin, forms.Select):
        """What both widgets below are."""
else:
    _Autocomplete = AutocompleteMixin


class KnownOptions(_Autocomplete):
    """An autocomplete that is told the records chosen already, instead of asking for them row by row."""

    known: tuple[models.Model, ...] = ()

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, object] | None = None) -> list[Group]:
        known = {str(record.pk): record for record in self.known}
        wanted = [str(key) for key in value if str(key) not in ("", "None")]
        if not known.keys() >= set(wanted):
            return super().optgroups(name, value, attr)
        empty = not self.is_required and not self.allow_multiple_selected
        options = [self.create_option(name, "", "", False, 0)] if empty else []
        for key in wanted:
            label = told_apart(known[key], self.field.related_model)
            options.append(self.create_option(name, known[key].pk, label, True, len(options)))
        return [(None, options, 0)]


class OneKnown(KnownOptions, AutocompleteSelect):
    """Autocomplete of a foreign key."""


class ManyKnown(KnownOptions, AutocompleteSelectMultiple):
    """Autocomplete of a many-to-many relation."""


class RecordForm(forms.ModelForm):
    """Form of one record, or of one row of a record."""

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # inside the links to add and change
            if isinstance(widget, KnownOptions):
                widget.known = self._chosen(name)
            if isinstance(field, ChecksField | ZoneField):
                field.admit(self.initial.get(name))

    def _chosen(self, name: str) -> tuple[models.Model, ...]:
        field: Any = self.instance._meta.get_field(name)
        if field.many_to_many:
            return tuple(getattr(self.instance, "_prefetched_objects_cache", {}).get(name, ()))
        loaded = getattr(self.instance, name) if field.is_cached(self.instance) else None
        return (loaded,) if loaded else ()

    def clean(self) -> Cleaned:
        """A translation that is not there is NULL in the database: two empty names would count as the same name."""
        data = super().clean() or self.cleaned_data
        for name, value in data.items():
            if value in ("", None) and self._is_optional_translation(name):
                data[name] = "" if self.initial.get(name) == "" else None
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The type of a record is in no form, and counts in its constraints: an address is taken once in each type."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {getattr(self.instance, "TYPE_COLUMN", "")}

    def _is_optional_translation(self, name: str) -> bool:
        try:
            field = self.instance._meta.get_field(name)
        except FieldDoesNotExist:  # a field of the form alone
            return False
        return isinstance(field, TranslationField) and field.null


class RecordFormSet(RowsAsSeen):
    """Rows that know the record they belong to without asking for it one by one."""

    fk: models.ForeignKey

    def _construct_form(self, i: int, **kwargs: object) -> object:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if form.instance.pk is not None:
            setattr(form.instance, self.fk.name, self.instance)
        return form

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = form.fields["DELETE"].label


@dataclass(frozen=True)
class ShownError:
    """One line of the summary above a form: what is wrong, and the id of the field to go to ("" for the whole form)."""

    text: str
    label: str = ""
    id: str = ""


def error_summary(forms_shown: list[forms.ModelForm], formsets: list[forms.BaseModelFormSet]) -> list[ShownError]:
    """All errors of a page of the admin in the words that stand at the fields, in the order of the page."""
    shown = [error for form in forms_shown for error in _errors_of(form)]
    for formset in formsets:
        if not formset.is_bound:
            continue
        shown.extend(ShownError(str(text)) for text in formset.non_form_errors())
        called = formset.model._meta.verbose_name if formset.model else ""
        rows = enumerate(formset.forms, start=1)
        shown.extend(error for nth, form in rows for error in _errors_of(form, f"{called} {nth}"))
    return shown


def _errors_of(form: forms.BaseForm, row: str = "") -> list[ShownError]:
    shown: list[ShownError] = []
    for name, errors in form.errors.items():
        known = name != NON_FIELD_ERRORS and name in form.fields
        label = str(form[name].label) if known else ""
        label = ", ".join(filter(None, [row, label]))
        shown.extend(ShownError(str(text), label, form[name].id_for_label if known else "") for text in errors)
    return shown
