"""The history in the admin as lists: of everything, of what must be accounted for, of purges. Nothing can be changed.

`record_admin.admin` registers them, as lists that can what all lists of the admin can.
"""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .actor import set_reason
from .bringing_back import bring_back, gone, record_of
from .models import Change, DeletedRecord
from .reasons import BringBackForm
from .record_pages import PER_PAGE, HistoryMixin
from .record_tables import root_table
from .sentences import name_of_table
from .who import actor_label, name_of, names_of

__all__ = ["HistoryMixin"]


class TableFilter(admin.SimpleListFilter):
    """Changes of one kind of record, each by its name."""

    title = _("kind of record")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        tables = Change.objects.order_by("table_name").values_list("table_name", flat=True).distinct()
        return sorted(((table, name_of_table(table)) for table in tables), key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(table_name=self.value()) if self.value() else queryset


class ReadOnlyAdmin(admin.ModelAdmin):
    """What nobody changes, administrators neither."""

    list_per_page = PER_PAGE
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "record", "key", "action", "actor_id", "reason")
    list_filter = ("action", TableFilter)
    date_hierarchy = "at"
    search_fields = ("=key", "reason")
    search_help_text = _("Number of the record, or words of the reason")

    @admin.display(description=_("record of"), ordering="table_name")
    def record(self, change: Change) -> str:
        return name_of_table(change.table_name)


class DeletedRecordAdmin(ReadOnlyAdmin):
    """What was deleted within 90 days, and the way back. Each is seen by whoever may delete records of its kind."""

    list_display = ("called", "kind", "at", "who", "reason")
    list_display_links = None
    search_fields = ("=key", "reason")
    search_help_text = _("Number of the record, or words of the reason")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return DeletedRecord.objects.restorable(self._tables(request)).order_by("-pk")

    def _tables(self, request: HttpRequest) -> set[str]:
        owners = self.admin_site._registry.items()
        return {
            root_table(model._meta.db_table)
            for model, owner in owners
            if issubclass(type(owner), HistoryMixin) and owner.has_delete_permission(request)
        }

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Whoever may delete anything may look for it here."""
        return bool(self._tables(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/restore/", self.admin_site.admin_view(self.restore_view), name="history_deletedrecord_restore"
        )
        return [own, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """A deletion has no history of its own: its page tells who and why."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:history_deletedrecord_restore", object_id)

    @admin.display(description=_("record"))
    def called(self, deletion: DeletedRecord) -> str:
        page = reverse("admin:history_deletedrecord_restore", args=[deletion.pk])
        return format_html('<a href="{}">{}</a>', page, record_of(deletion))

    @admin.display(description=_("kind of record"))
    def kind(self, deletion: DeletedRecord) -> str:
        return str(capfirst(record_of(deletion)._meta.verbose_name))

    @admin.display(description=_("who"))
    def who(self, deletion: DeletedRecord) -> str:
        return name_of(deletion.actor_id, names_of({deletion.actor_id} if deletion.actor_id else set()))

    @transaction.atomic
    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What comes back, and once it is confirmed, the record again."""
        deletion = get_object_or_404(self.get_queryset(request).select_for_update(), pk=pk)
        found = gone(deletion)
        form = BringBackForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                set_reason(form.cleaned_data["reason"])
                record = bring_back(deletion=deletion)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                self.message_user(request, _("“%s” is back, with its rows.") % record, messages.SUCCESS)
                return redirect(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", record.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring back: %s") % found.record,
            "opts": self.opts,
            "counts": found.counts,
            "since": actor_label(deletion),
            "reason": deletion.reason,
            "form": form,
            "back": reverse("admin:history_deletedrecord_changelist"),
            "button": _("Bring back"),
        }
        return TemplateResponse(request, "admin/history/bring_back.html", context)


class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "actor_id", "subject_label", "subject_id", "detail", "origin")
    list_filter = ("what",)
    date_hierarchy = "at"
    search_fields = ("=actor_id", "=subject_id", "detail")
    search_help_text = _("Number of an account or record, or words of the details")


class PurgeRunAdmin(ReadOnlyAdmin):
    list_display = ("at", "rule", "before", "rows", "error")
    list_filter = ("rule",)
    date_hierarchy = "at"
