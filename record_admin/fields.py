"""How the columns of our models are edited in the admin, in forms and in rows, or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from records.chosen_files import keeping
from records.form_fields import ChecksField, LinesField, TextField, ZoneField
from records.formats.vocabulary import Designation, Language, validate_zone
from records.template_context import Keywords, Label

from .forms import ManyKnown, OneKnown, RecordForm
from .links import choice_with_links


class FieldsMixin(BaseModelAdmin):
    """How the columns of our models are edited, in forms and in rows."""

    form: type[forms.ModelForm] = RecordForm
    checked_arrays: ClassVar[Mapping[str, Sequence[tuple[str, Label]]]] = {
        "languages": Language.choices,
        "other_designations": Designation.choices,
    }

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        if isinstance(db_field, ArrayField):
            return self._array(db_field)
        if validate_zone in db_field.validators:
            initial = db_field.get_default() if db_field.has_default() else None
            facts = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text, "initial": initial}
            return ZoneField(required=not db_field.blank, **facts)
        if isinstance(db_field, models.TextField) and not db_field.choices:
            kwargs.setdefault("form_class", TextField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, forms.SplitDateTimeWidget):
            for widget, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
                widget.attrs["aria-label"] = format_lazy("{}: {}", field.label, part)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = choice_with_links(field.widget, cast(Any, field).queryset.model, self.admin_site, request)
            field.widget.can_delete_related = False  # nobody deletes a partner from within an event
        if field:
            field.widget = keeping(field.widget)
        return field

    def _array(self, db_field: Any) -> forms.Field:
        label = capfirst(db_field.verbose_name)
        facts: Keywords = {"label": label, "required": False, "help_text": db_field.help_text}
        # What can be chosen is ticked, never typed as codes: the column itself knows its choices, or `checked_arrays` does.
        if choices := db_field.base_field.choices or self.checked_arrays.get(db_field.name):
            return ChecksField(choices=list(choices), **facts)
        entry = db_field.base_field.formfield()
        entry.validators = [*entry.validators, *db_field.base_field._validators]  # those the column itself names
        return LinesField(entry, **facts)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", OneKnown(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        through = db_field.remote_field.through
        through_our_own_model = through is not None and not through._meta.auto_created
        if not through_our_own_model and db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", ManyKnown(db_field, self.admin_site))
        elif not through_our_own_model:
            kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ReadOnlyMixin(BaseModelAdmin):
    """Records or rows that only acts write."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
