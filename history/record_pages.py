"""The history of one record in the admin: as sentences, with the way back to a former value, and why it was changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import restoring
from .actor import set_reason
from .models import Change
from .models.changes import ChangeQuerySet
from .reasons import LONGEST, REASON, RestoreForm, WithReason
from .sentences import Detail, Sentence, in_words, sentences
from .who import actor_label, last_change

PER_PAGE: Final = 50

if TYPE_CHECKING:
    from django.contrib.admin.options import _FieldsetSpec

    class _EditedRecords(admin.ModelAdmin):
        """What the admin that the history becomes part of can do: `record_admin` has it."""

        def lock(self, object_id: str) -> None:
            raise NotImplementedError

        def fields_to_change(self, request: HttpRequest, record: models.Model) -> dict[str, tuple[str, ...]]:
            raise NotImplementedError

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
            raise NotImplementedError
else:
    _EditedRecords = object


class HistoryMixin(_EditedRecords):
    """A ModelAdmin whose history page shows every change of the record and of what belongs to it, whoever made it.

    Its form asks why; `asks_why` names the fields that are not changed without an answer.
    """

    asks_why: ClassVar[tuple[str, ...]] = ()
    delete_confirmation_template = "admin/history/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/history/delete_selected_confirmation.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        own = path("<path:object_id>/history/<int:number>/<str:column>/", view, name=name)
        return [own, *super().get_urls()]

    def former_numbers(self, record: models.Model) -> list[int]:
        """Records of the same kind that have become one with this one; their history is its own."""
        return []

    def _changes(self, record: models.Model) -> ChangeQuerySet:
        changes = Change.objects.of(record)
        for number in self.former_numbers(record):
            changes = changes | Change.objects.of_number(type(record), number)
        return changes

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        pages = Paginator(self._changes(record).latest_first(), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        changeable = self.fields_to_change(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "page_obj": page,
            "sentences": [
                self._with_ways_back(one, record, changeable) for one in sentences(page.object_list, of=record)
            ],
            "object": record,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history/record.html", context)

    def _with_ways_back(
        self, sentence: Sentence, record: models.Model, changeable: Mapping[str, tuple[str, ...]]
    ) -> tuple[Sentence, list[tuple[Detail, str]]]:
        """A sentence, and each of its details with the address where its former value is restored."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_restore"

        def way_back(detail: Detail) -> str:
            change = detail.change
            if change is None or change.action != Change.Action.UPDATE:
                return ""
            fields = changeable.get(change.table_name, ())
            return reverse(name, args=[record.pk, change.pk, detail.column]) if _is_among(detail, fields) else ""

        return sentence, [(detail, way_back(detail)) for detail in sentence.details]

    @transaction.atomic
    def restore_view(self, request: HttpRequest, object_id: str, number: int, column: str) -> HttpResponse:
        """What the record holds now and what it held then; a reason, and the former value is back."""
        if request.method == "POST":
            self.lock(object_id)
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[record.pk])
        change = get_object_or_404(Change.objects.of(record), pk=number)
        try:
            former = restoring.former(record=record, change=change, column=column)
        except FieldDoesNotExist:
            raise Http404(column) from None
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), "error")
            return redirect(page)
        form = RestoreForm(request.POST or None, initial={"seen": former.seen})
        if form.is_valid() and self._restored(request, record, former, form):
            text = _now("“%(field)s” has its former value again.") % {"field": former.field.verbose_name}
            self.message_user(request, text, "success")
            return redirect(page)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Restore a former value: %s") % record,
            "opts": self.opts,
            "original": record,
            "form": form,
            "label": former.field.verbose_name,
            "row": "" if former.row == record else str(former.row),
            "now": in_words(former.field, former.now),
            "then": in_words(former.field, former.then),
            "since": actor_label(change),
            "back": page,
            "button": _now("Restore the former value"),
        }
        return TemplateResponse(request, "admin/history/restore.html", context)

    def _restored(
        self, request: HttpRequest, record: models.Model, former: restoring.Former, form: RestoreForm
    ) -> bool:
        reason = form.cleaned_data["reason"]
        row = record if former.row == record else former.row
        try:
            restoring.refuse(
                former=former, seen=form.cleaned_data["seen"], changeable=self.fields_to_change(request, record)
            )
            with transaction.atomic():
                set_reason(reason)
                self.save_one_value(
                    request, record=record, row=row, name=former.field.name, value=former.then, further={REASON: reason}
                )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        return True

    def author_of_change(self, row: models.Model, column: str) -> str:
        change = last_change(row, column)
        return actor_label(change) if change else ""

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> "_FieldsetSpec":
        shown = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return shown
        return [*shown, (_("Why"), {"fields": [REASON]})]

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        if "fields" not in kwargs:
            kwargs["fields"] = flatten_fieldsets(self.get_fieldsets(request, obj))
        fields = kwargs["fields"]
        asked = fields is not None and REASON in fields
        kwargs["fields"] = [name for name in fields if name != REASON] if asked else fields
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (WithReason, form), {"asks_why": self.asks_why}) if asked else form

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        if reason := form.cleaned_data.get(REASON):
            set_reason(reason)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        _set_reason_of(request)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        _set_reason_of(request)
        super().delete_queryset(request, queryset)


def _set_reason_of(request: HttpRequest) -> None:
    if reason := request.POST.get(REASON, "").strip()[:LONGEST]:
        set_reason(reason)


def _is_among(detail: Detail, fields: tuple[str, ...]) -> bool:
    """Whether a detail's column belongs to one of the fields; the column of a link has a longer name."""
    return detail.column in fields or detail.column.removesuffix("_id") in fields
