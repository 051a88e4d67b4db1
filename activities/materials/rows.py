"""Materials as rows in the form of an event or training in the admin, and rows that choose among its own sessions."""

from collections.abc import Iterable
from typing import ClassVar, Protocol, cast

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest

from record_admin.forms import RecordForm
from record_admin.rows import Blocks
from records.template_context import Label

from ..models import Material, Session
from . import files
from .forms import CheckedFile


class _Offering(Protocol):
    """A request that knows which sessions the rows of its page offer."""

    sessions_offered: list[tuple[object, Label]]


class SessionsOfActivity(BaseModelAdmin):
    """Rows inside a form choose among the sessions of its event or training; `session_model` is the one whose pages are linked."""

    session_model: ClassVar[type[Session]] = Session

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> forms.ModelChoiceField | None:
        if db_field.name != "session":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        number = str(request.resolver_match.kwargs.get("object_id", "")) if request.resolver_match else ""
        sessions = self.session_model.objects.filter(activity=int(number) if number.isdecimal() else 0)
        field = super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": sessions})
        if field is None:
            return None
        offering = cast(_Offering, request)
        if not hasattr(request, "sessions_offered"):  # asked once, not by each row
            listed = cast(Iterable[tuple[object, Label]], field.choices)
            offering.sessions_offered = [choice for choice in listed]  # noqa: C416 - `list` would count first
        field.choices = offering.sessions_offered
        return field


class MaterialForm(CheckedFile, RecordForm):
    """A material among others of its event or training."""


class MaterialBlocks(SessionsOfActivity, Blocks):
    model = Material
    form = MaterialForm
    extra = 1  # an empty one: without a script none can be added
    fields = (
        ("kind", "title"), ("language", "session"), "file", "url", ("has_captions", "has_transcript"), ("visibility", "order"),
    )  # fmt: skip


class MaterialsStored(BaseModelAdmin):
    """Files of materials are kept with their size, and taken away with their row."""

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        if formset.model is not Material:
            return super().save_formset(request, form, formset, change)  # type: ignore[misc]
        for row in formset.save(commit=False):
            files.store(material=row)
        for row in formset.deleted_objects:
            files.withdraw(material=row)
        return None
