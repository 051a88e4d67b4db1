"""The history of one record in the admin: as sentences, with the way back to a former value, and why it was changed."""

from typing import Any, ClassVar, Final

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import restoring
from .actor import set_reason
from .models import Change
from .reasons import REASON, RestoreForm, WithReason
from .sentences import Detail, Sentence, in_words, sentences
from .who import actor_label, last_change

PER_PAGE: Final = 50


class HistoryMixin:
    """A ModelAdmin whose history page shows every change of the record and of what belongs to it, whoever made it.

    Its form asks why; `asks_why` names the fields that are not changed without an answer.
    """

    asks_why: ClassVar[tuple[str, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        this: Any = self
        name = f"{this.opts.app_label}_{this.opts.model_name}_restore"
        view = this.admin_site.admin_view(this.restore_view)
        own = path("<path:object_id>/history/<int:number>/<str:column>/", view, name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def former_numbers(self, record: models.Model) -> list[int]:
        """Records of the same kind that have become one with this one; their history is its own."""
        return []

    def _changes(self, record: models.Model) -> Any:
        changes = Change.objects.of(record)
        for number in self.former_numbers(record):
            changes = changes | Change.objects.of_number(type(record), number)
        return changes

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        this: Any = self
        record = this.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not this.has_view_or_change_permission(request, record):
            raise PermissionDenied
        pages = Paginator(self._changes(record).latest_first(), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        changeable = this.fields_to_change(request, record)
        context = {
            **this.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "page_obj": page,
            "sentences": [
                self._with_ways_back(one, record, changeable) for one in sentences(page.object_list, of=record)
            ],
            "object": record,
            "opts": this.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history/record.html", context)

    def _with_ways_back(
        self, sentence: Sentence, record: models.Model, changeable: Any
    ) -> tuple[Sentence, list[tuple[Detail, str]]]:
        """A sentence, and each of its details with the address where its former value is restored."""
        this: Any = self
        name = f"admin:{this.opts.app_label}_{this.opts.model_name}_restore"

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
        this: Any = self
        if request.method == "POST":
            this.lock(object_id)
        record = this.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not this.has_change_permission(request, record):
            raise PermissionDenied
        page = reverse(f"admin:{this.opts.app_label}_{this.opts.model_name}_history", args=[record.pk])
        change = get_object_or_404(Change.objects.of(record), pk=number)
        try:
            former = restoring.former(record=record, change=change, column=column)
        except FieldDoesNotExist:
            raise Http404(column) from None
        except ValidationError as refused:
            this.message_user(request, " ".join(refused.messages), "error")
            return redirect(page)
        form = RestoreForm(request.POST or None, initial={"seen": former.seen})
        if form.is_valid() and self._restored(request, record, former, form):
            text = _now("“%(field)s” has its former value again.") % {"field": former.field.verbose_name}
            this.message_user(request, text, "success")
            return redirect(page)
        context = {
            **this.admin_site.each_context(request),
            "title": _now("Restore a former value: %s") % record,
            "opts": this.opts,
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

    def _restored(self, request: HttpRequest, record: object, former: restoring.Former, form: RestoreForm) -> bool:
        this: Any = self
        reason = form.cleaned_data["reason"]
        row = record if former.row == record else former.row
        try:
            restoring.refuse(
                former=former, seen=form.cleaned_data["seen"], changeable=this.fields_to_change(request, record)
            )
            with transaction.atomic():
                set_reason(reason)
                this.save_one_value(
                    request, record=record, row=row, name=former.field.name, value=former.then, further={REASON: reason}
                )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return False
        return True

    def author_of_change(self, row: models.Model, column: str) -> str:
        change = last_change(row, column)
        return actor_label(change) if change else ""

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        this: Any = self
        shown = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is None or not this.has_change_permission(request, obj):
            return shown
        return [*shown, (_("Why"), {"fields": [REASON]})]

    def get_form(self, request: HttpRequest, obj: object = None, change: bool = False, **kwargs: Any) -> Any:
        this: Any = self
        if "fields" not in kwargs:
            kwargs["fields"] = flatten_fieldsets(this.get_fieldsets(request, obj))
        fields = kwargs["fields"]
        asked = fields is not None and REASON in fields
        kwargs["fields"] = [name for name in fields if name != REASON] if asked else fields
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (WithReason, form), {"asks_why": self.asks_why}) if asked else form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if reason := form.cleaned_data.get(REASON):
            set_reason(reason)
        super().save_model(request, obj, form, change)  # type: ignore[misc]


def _is_among(detail: Detail, fields: tuple[str, ...]) -> bool:
    """Whether a detail's column belongs to one of the fields; the column of a link has a longer name."""
    return detail.column in fields or detail.column.removesuffix("_id") in fields
