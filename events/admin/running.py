"""The running of an event in the admin: ways in, questions, materials, attendance with a log of corrections."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.admin.shared import when
from activities.attendance.sessions_admin import AttendedSessionAdmin, CorrectionBlock, HandMadeRows
from activities.materials import files
from activities.materials.forms import CheckedFile
from activities.models import JoinLink, Material
from history.record_pages import HistoryMixin
from record_admin.forms import RecordForm
from record_admin.model_admin import RecordAdmin
from record_admin.rows import Blocks
from records.template_context import Label

from ..models import EventSession, RunningEvent, Survey
from ..participation import joining


class _Offering(Protocol):
    """A request that knows which sessions the rows of its page offer."""

    sessions_offered: list[tuple[object, Label]]


class SessionsOfEvent(BaseModelAdmin):
    """Rows inside an event's form choose among its own sessions."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: object
    ) -> forms.ModelChoiceField | None:
        if db_field.name != "session":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        number = str(request.resolver_match.kwargs.get("object_id", "")) if request.resolver_match else ""
        sessions = EventSession.objects.filter(activity=int(number) if number.isdecimal() else 0)
        field = super().formfield_for_foreignkey(db_field, request, **{**kwargs, "queryset": sessions})
        if field is None:
            return None
        offering = cast(_Offering, request)
        if not hasattr(request, "sessions_offered"):  # asked once, not by each row
            listed = cast(Iterable[tuple[object, Label]], field.choices)
            offering.sessions_offered = [choice for choice in listed]  # noqa: C416 - `list` would count first
        field.choices = offering.sessions_offered
        return field


class JoinLinks(SessionsOfEvent, Blocks):
    model = JoinLink
    fields = (("provider", "url"), "session", ("meeting_number", "passcode"), "dial_in")


@admin.action(description=_("Make the personal addresses worthless and send new ones"))
def renew_addresses(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """An action for registrations: each person gets a mail with the new address."""
    renewed = 0
    for registration in queryset:
        try:
            joining.renew_address(registration=registration)
        except ValidationError as error:
            model_admin.message_user(request, f"{registration}: {error.messages[0]}", messages.WARNING)
        else:
            renewed += 1
    text = ngettext("%(n)d new address is on its way.", "%(n)d new addresses are on their way.", renewed)
    model_admin.message_user(request, text % {"n": renewed}, messages.SUCCESS)


@admin.action(description=_("Make the personal addresses worthless, tell nobody"))
def revoke_addresses(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """For addresses that have come into wrong hands; the next reminder brings the new one."""
    count = 0
    for registration in queryset:
        joining.revoke_address(registration=registration)
        count += 1
    text = ngettext("%(n)d address no longer works.", "%(n)d addresses no longer work.", count)
    model_admin.message_user(request, text % {"n": count}, messages.SUCCESS)


@admin.register(EventSession)
class EventSessionAdmin(AttendedSessionAdmin):
    activity_field = "event"
    inlines = (HandMadeRows, CorrectionBlock)


class MaterialForm(CheckedFile, RecordForm):
    """A material among others of its event."""


class MaterialBlocks(SessionsOfEvent, Blocks):
    model = Material
    form = MaterialForm
    fields = (
        ("kind", "title"), ("language", "session"), "file", "url", ("has_captions", "has_transcript"), ("visibility", "order"),
    )  # fmt: skip


class _Counted(Protocol):
    """An event of the list, with what was counted for it."""

    confirmed_count: int
    open_count: int
    new_count: int


@admin.register(RunningEvent)
class RunningEventAdmin(HistoryMixin, RecordAdmin):
    """One event while it is run: all that is done for it, and what is put up afterwards."""

    list_display = ("title", "when", "status", "confirmed", "to_decide", "asked")
    has_sheet_of_list = False
    list_filter = ("status", "kind", "format")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "slug")
    readonly_fields = ("called", "when", "pages")
    fieldsets = (
        (None, {"fields": ["called", "when", "pages"]}),
        (_("Afterwards"), {"fields": ["written_summary"]}),
    )
    inlines = (MaterialBlocks,)
    actions: tuple[str, ...] = ()
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(
                confirmed_count=Count("registrations", Q(registrations__state="confirmed"), distinct=True),
                open_count=Count("attendance_matches", Q(attendance_matches__state="open"), distinct=True),
                new_count=Count("advance_questions", Q(advance_questions__state="new"), distinct=True),
            )
        )

    @admin.display(description=_("event"))
    def called(self, event: RunningEvent) -> str:
        return event.title

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, event: RunningEvent) -> str:
        return when(event)

    @admin.display(description=_("confirmed people"), ordering="confirmed_count")
    def confirmed(self, event: _Counted) -> int:
        return event.confirmed_count

    @admin.display(description=_("names to decide"), ordering="open_count")
    def to_decide(self, event: _Counted) -> int:
        return event.open_count

    @admin.display(description=_("new questions"), ordering="new_count")
    def asked(self, event: _Counted) -> int:
        return event.new_count

    @admin.display(description=_("what there is to do"))
    def pages(self, event: RunningEvent) -> SafeString:
        survey = Survey.objects.filter(event=event.pk).first()
        own = f"?activity__id__exact={event.pk}"
        links = [
            (reverse("admin:events_event_change", args=[event.pk]), _("The event: sessions, trainers, ways in")),
            (reverse("admin:events_advancequestion_changelist") + own, _("Questions sent in advance")),
            (reverse("admin:events_sign_in_sheet", args=[event.pk]), _("Sign-in sheet to print")),
            (reverse("admin:events_attendance_on_site", args=[event.pk]), _("Enter who signed on site")),
            (reverse("admin:events_attendance_import", args=[event.pk]), _("Import attendance from Zoom, Tencent Meeting or a sheet")),
            (reverse("admin:events_attendancematch_changelist") + f"{own}&state__exact=open", _("Names to be decided")),
            (reverse("admin:events_survey_change", args=[survey.pk]) if survey
             else reverse("admin:events_survey_add") + f"?event={event.pk}", _("Survey")),
        ]  # fmt: skip
        rows = [*links, *((reverse("admin:events_eventsession_change", args=[one.pk]), _("Attendance: %s") % one.title)
                          for one in event.sessions.all())]  # fmt: skip
        return format_html_join("", '<p><a href="{}">{}</a></p>', rows)

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        """Files are kept with their size, and taken away with their row."""
        if formset.model is not Material:
            return super().save_formset(request, form, formset, change)
        for row in formset.save(commit=False):
            files.store(material=row)
        for row in formset.deleted_objects:
            files.withdraw(material=row)
        return None
