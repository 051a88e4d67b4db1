"""The history in the admin as lists: of everything, of what must be accounted for, of purges. Nothing can be changed."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import AuditEntry, Change, PurgeRun
from .record_pages import PER_PAGE, HistoryMixin
from .sentences import name_of_table

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

    show_full_result_count = False
    list_per_page = PER_PAGE
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "record", "key", "action", "actor_id", "reason")
    list_filter = ("action", TableFilter)
    search_fields = ("=key", "reason")
    search_help_text = _("Number of the record, or words of the reason")

    @admin.display(description=_("record of"))
    def record(self, change: Change) -> str:
        return name_of_table(change.table_name)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "actor_id", "subject_label", "subject_id", "detail", "origin")
    list_filter = ("what", "at")
    search_fields = ("=actor_id", "=subject_id", "detail")
    search_help_text = _("Number of an account or record, or words of the details")


@admin.register(PurgeRun)
class PurgeRunAdmin(ReadOnlyAdmin):
    list_display = ("at", "rule", "before", "rows", "error")
    list_filter = ("rule", "at")
