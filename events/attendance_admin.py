"""Lists of attendance in the admin, the queue of names that nobody is sure of, and the log of corrections."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.admin import PersonalAdmin
from directory.admin import ReadOnlyMixin

from . import attendance, attendance_pages
from .attendance_forms import MatchForm
from .models import AttendanceCorrection, AttendanceFile, AttendanceMatch


@admin.register(AttendanceFile)
class AttendanceFileAdmin(PersonalAdmin):
    """Lists as they came in. To take one back, delete it: minutes are worked out without it."""

    list_display = ("name", "event", "provider", "rows", "imported_at", "imported_by")
    list_filter = ("provider",)
    list_select_related = ("event", "imported_by")
    search_fields = ("name", "event__title_en", "event__slug")
    fields = readonly_fields = ("event", "name", "provider", "rows", "imported_at", "imported_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("event/<int:pk>/import/", view(attendance_pages.import_list), name="events_attendance_import"),
            path("event/<int:pk>/on-site/", view(attendance_pages.on_site), name="events_attendance_on_site"),
            path("event/<int:pk>/sheet/", view(attendance_pages.sign_in_sheet), name="events_sign_in_sheet"),
            *super().get_urls(),
        ]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The rows of a list go with it; nobody needs a permission of their own for them."""
        _all, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return [str(one) for one in objs], counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: AttendanceFile) -> None:
        attendance.forget_list(file=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for file in queryset:
            attendance.forget_list(file=file)


class ToDecideFilter(admin.SimpleListFilter):
    """What waits for a decision stands first; the rest is a click away."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("all", _("All")), *[choice for choice in AttendanceMatch.State.choices if choice[0] != "open"]]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": AttendanceMatch.State.OPEN.label}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        return queryset if value == "all" else queryset.filter(state=value or AttendanceMatch.State.OPEN)


@admin.register(AttendanceMatch)
class AttendanceMatchAdmin(PersonalAdmin):
    """Names that lists hold: the unsure ones wait here, every decision can be taken again."""

    form = MatchForm
    list_display = ("name", "email", "event", "minutes", "state", "person", "decided_by")
    list_filter = (ToDecideFilter,)
    list_select_related = ("event", "person", "decided_by")
    search_fields = ("name", "email", "event__title_en", "event__slug")
    readonly_fields = ("event", "name", "email", "minutes", "state", "person", "decided_by", "decided_at")
    fieldsets = (
        (_("In the list"), {"fields": ["event", "name", "email", "minutes", "state", "person"]}),
        (_("Decision"), {"fields": ["whom", "other", "address", ("decided_by", "decided_at")]}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AttendanceMatch, form: Any, change: bool) -> None:
        attendance.decide(match=obj, person=form.cleaned_data["decided"], by=request.user)  # type: ignore[arg-type]


@admin.register(AttendanceCorrection)
class AttendanceCorrectionAdmin(ReadOnlyMixin, PersonalAdmin):
    """What was corrected by hand, when, by whom and why."""

    list_display = ("at", "person", "session", "was", "became", "by", "reason")
    list_select_related = ("person", "session", "by")
    search_fields = ("person__name", "session__title", "session__event__slug")
    fields = readonly_fields = ("session", "person", "was", "became", "reason", "by", "at")
