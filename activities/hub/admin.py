"""What the admin of events, or of trainings, adds so that each record has a hub: addresses, the head above Django's own forms,
and forms of single parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path

from record_admin.fieldsets import Fieldset, Fieldsets
from record_admin.listing.record_list import RecordList
from record_admin.workspace.pages import hub_context
from records.template_context import Context, Label

from ..timezones.wall_clock import zone_named
from .names import DETAILS, HISTORY, OVERVIEW, page_of, url_name
from .registered import pages_of_hub


@dataclass(frozen=True)
class FormPart:
    """A part of the hub that is a part of the record's form: some of its fields, some of its rows. `on_to` is the part to
    which its second button leads, with the words of the button."""

    label: Label
    fieldsets: tuple[Fieldset, ...] = ()
    inlines: tuple[type[InlineModelAdmin], ...] = ()
    on_to: tuple[tuple[str, Label], ...] = ()


class HubChangeList(RecordList):
    """A line of the list leads to the hub."""

    def url_for_result(self, result: models.Model) -> str:
        return page_of(result, OVERVIEW)


class HubMixin(admin.ModelAdmin):
    """`form_parts` names the parts that are parts of the form; other parts are pages that apps have registered."""

    form_parts: ClassVar[dict[str, FormPart]] = {}
    details_on_to: ClassVar[tuple[tuple[str, Label], ...]] = ()
    change_form_template = "admin/activities/change_form.html"

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return HubChangeList

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = [
            path(f"<int:pk>/{page.address}", view(page.view.as_view(model_admin=self)), name=url_name(self.model, page.name))
            for page in pages_of_hub(self.model)
        ]  # fmt: skip
        forms = [
            path(f"<int:object_id>/{slug}/", view(partial(self.form_part_view, slug=slug)), name=url_name(self.model, slug))
            for slug in self.form_parts
        ]  # fmt: skip
        return [*pages, *forms, *super().get_urls()]

    # Forms of single parts --------------------------------------------------------------------------------------------
    def form_part_view(self, request: HttpRequest, object_id: int, slug: str) -> HttpResponse:
        """The form of the record with the fields and rows of one part alone."""
        request.form_part = slug  # type: ignore[attr-defined]
        part = self.form_parts[slug]
        return self.changeform_view(request, str(object_id), "", {"title": part.label, "on_to": part.on_to})

    def _part(self, request: HttpRequest) -> FormPart | None:
        return self.form_parts.get(getattr(request, "form_part", ""))

    def lines_of(self, request: HttpRequest) -> Fieldsets:
        part = self._part(request)
        return super().lines_of(request) if part is None else part.fieldsets  # type: ignore[misc]

    def get_inlines(self, request: HttpRequest, obj: models.Model | None) -> tuple[type[InlineModelAdmin], ...]:
        part = self._part(request)
        return tuple(super().get_inlines(request, obj)) if part is None else part.inlines

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if self._part(request) else super().get_prepopulated_fields(request, obj)

    def fields_to_change(self, request: HttpRequest, record: models.Model) -> dict[str, tuple[str, ...]]:
        """In all parts together: what was changed in any of them can be restored."""
        found: dict[str, tuple[str, ...]] = {}
        for slug in ("", *self.form_parts):
            request.form_part = slug  # type: ignore[attr-defined]
            for table, names in super().fields_to_change(request, record).items():  # type: ignore[misc]
                found[table] = (*found.get(table, ()), *names)
        request.form_part = ""  # type: ignore[attr-defined]
        return found

    def save_one_value(
        self, request: HttpRequest, *, record: models.Model, row: models.Model, name: str, **facts: Any
    ) -> None:
        """By the form of the part that has the field."""
        for slug in ("", *self.form_parts):
            request.form_part = slug  # type: ignore[attr-defined]
            if name in super().fields_to_change(request, record).get(row._meta.db_table, ()):  # type: ignore[misc]
                break
        super().save_one_value(request, record=record, row=row, name=name, **facts)  # type: ignore[misc]

    # Head and parts above Django's own pages ----------------------------------------------------------------------------
    def render_change_form(
        self,
        request: HttpRequest,
        context: Context,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        slug = getattr(request, "form_part", "") or DETAILS
        if obj is not None:
            context |= hub_context(request, obj, part=slug) | self.part_context(obj, slug)
        context.setdefault("on_to", self.details_on_to)
        context["show_save_and_add_another"] = False
        answer = super().render_change_form(request, context, add, change, form_url, obj)
        if obj is not None and hasattr(answer, "context_data"):
            answer.context_data.pop("act_links", None)  # they stand in the head
        return answer

    def part_context(self, record: Any, slug: str) -> Context:
        """What the page of a part shows beside its form."""
        return {}

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Context | None = None) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return super().history_view(
            request, object_id, hub_context(request, record, part=HISTORY) | (extra_context or {})
        )

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """In another zone the sessions, which stand on another page, begin when its clocks show what they showed before."""
        super().save_model(request, obj, form, change)
        if change and "timezone" in form.changed_data:
            before = zone_named(str(form.initial["timezone"]))
            for session in obj.sessions.all():
                for name in ("starts_at", "ends_at"):
                    wall = getattr(session, name).astimezone(before).replace(tzinfo=None)
                    setattr(session, name, wall.replace(tzinfo=obj.zone))
                session.save(update_fields=["starts_at", "ends_at"])

    # After saving -------------------------------------------------------------------------------------------------------
    def response_post_save_add(self, request: HttpRequest, obj: models.Model) -> HttpResponseRedirect:
        return self._onward(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: models.Model) -> HttpResponseRedirect:
        return self._onward(request, obj)

    def address_on_to(self, record: models.Model, page: str) -> str:
        """Where the button with the name of a page leads; a part whose form is that of another model is named by the subclass."""
        return page_of(record, page)

    def _onward(self, request: HttpRequest, record: models.Model) -> HttpResponseRedirect:
        """To the part that the pressed button named, else to the overview."""
        part = self._part(request)
        for page, _label in part.on_to if part else self.details_on_to:
            if f"_to_{page}" in request.POST:
                return HttpResponseRedirect(self.address_on_to(record, page))
        return HttpResponseRedirect(page_of(record, OVERVIEW))
