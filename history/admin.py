"""The history in the admin: of one record as sentences, and of everything as a list. Nothing of it can be changed."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from .models import AuditEntry, Change, PurgeRun
from .sentences import name_of_table, sentences

PER_PAGE = 50


class HistoryMixin:
    """A ModelAdmin whose history page shows every change of the record and of what belongs to it, whoever made it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        this: Any = self
        record = this.get_object(request, object_id)
        if record is None:
            raise Http404(object_id)
        if not this.has_view_or_change_permission(request, record):
            raise PermissionDenied
        pages = Paginator(Change.objects.of(record).latest_first(), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        context = {
            **this.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "page_obj": page,
            "sentences": sentences(page.object_list),
            "object": record,
            "opts": this.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history/record.html", context)


class TableFilter(admin.SimpleListFilter):
    """Changes of one kind of record, each by its name."""

    title = _("kind of record")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
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
