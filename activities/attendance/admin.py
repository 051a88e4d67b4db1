"""Attendance lists in the admin, the queue of names that nobody is sure of, and the log of corrections."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.admin.personal import PersonalAdmin
from record_admin.fields import ReadOnlyMixin
from record_admin.fieldsets import Fieldsets
from record_admin.listing.views import ListView

from ..admin.shared import OfActivityMixin
from ..models import AttendanceFile, AttendanceMatch
from . import pages as attendance_pages
from . import recording as attendance
from .forms import MatchForm
from .pages import AttendancePages


class ListAdmin(OfActivityMixin, PersonalAdmin):
    """Lists as they came in. To take one back, delete it: minutes are worked out without it."""

    room: ClassVar[AttendancePages]
    zone_of_list = "activity.timezone"
    nothing_yet = _("Lists are taken in on the page of an event or a training.")
    list_filter = ("provider",)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("name", self.activity_field, "provider", "rows", "imported_at", "imported_by")

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        return ("activity", "imported_by")

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("name", "activity__title_en", "activity__slug")

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return (self.activity_link_field, "name", "provider", "rows", "imported_at", "imported_by")

    get_readonly_fields = get_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages = (
            ("import", attendance_pages.import_list, "attendance_import"),
            ("on-site", attendance_pages.on_site, "attendance_on_site"),
            ("sheet", attendance_pages.sign_in_sheet, "sign_in_sheet"),
        )
        own = [
            path(
                f"{self.activity_field}/<int:pk>/{address}/",
                self.admin_site.admin_view(partial(page, room=self.room)),
                name=self.room.url_name(name),
            )
            for address, page, name in pages
        ]
        return [*own, *super().get_urls()]

    def get_deleted_objects(
        self, objs: Sequence[models.Model] | QuerySet, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """The rows of a list go with it, and nothing else refers to it; nobody needs a permission of their own for them."""
        _all, counts, _needed, _rows = super().get_deleted_objects(objs, request)
        return [str(one) for one in objs], counts, set(), []

    def delete_model(self, request: HttpRequest, obj: AttendanceFile) -> None:
        attendance.forget_list(file=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for file in queryset:
            attendance.forget_list(file=file)


class NameAdmin(OfActivityMixin, PersonalAdmin):
    """Names that lists hold: the unsure ones wait here, every decision can be taken again."""

    form = MatchForm
    list_filter = ("state",)
    list_views = (
        ListView.of("to-decide", _("To be decided"), "state", "open"),
        ListView.of("nobody", _("Nobody we know"), "state", "nobody"),
    )
    nothing_yet = _("Names come with the lists that are taken in.")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("name", "email", self.activity_field, "minutes", "state", "person", "decided_by")

    def get_list_select_related(self, request: HttpRequest) -> tuple[str, ...]:
        return ("activity", "person", "decided_by")

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("name", "email", "activity__title_en", "activity__slug")

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return (self.activity_link_field, "name", "email", "minutes", "state", "person", "decided_by", "decided_at")

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        return (
            (_("In the list"), {"fields": [self.activity_link_field, "name", "email", "minutes", "state", "person"]}),
            (_("Decision"), {"fields": ["whom", "other", "address", ("decided_by", "decided_at")]}),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AttendanceMatch, form: forms.ModelForm, change: bool) -> None:
        attendance.decide(match=obj, person=form.cleaned_data["decided"], by=request.user)  # type: ignore[arg-type]


class CorrectionAdmin(ReadOnlyMixin, PersonalAdmin):
    """What was corrected by hand, when, by whom and why. `session_link`, of each app, leads to its own page of sessions."""

    list_display = ("at", "person", "session", "was", "became", "by", "reason")
    nothing_yet = _("Minutes that an officer corrects by hand are noted here.")
    list_select_related = ("person", "session", "by")
    search_fields: ClassVar[tuple[str, ...]] = ("person__name", "session__title")
    fields = readonly_fields = ("session_link", "person", "was", "became", "reason", "by", "at")
