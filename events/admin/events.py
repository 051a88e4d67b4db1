"""Events, their series and registrations in the secretariat's admin."""

from collections.abc import Callable
from typing import Any, ClassVar, Protocol, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin.personal import PersonalAdmin
from accounts.models import User
from activities.admin.shared import (
    CERTIFICATE_FIELDSET,
    CONTEXT_FIELDSET,
    IN_ZONE_OF_FORM,
    PEOPLE_FIELDSET,
    WHEN_FIELDSET,
    ActivityAdmin,
    ActivityForm,
    BodyRows,
    PostponementBlocks,
    SessionBlocks,
    SiteRows,
)
from activities.hub.admin import FormPart, HubMixin
from activities.hub.names import MATERIALS, OVERVIEW, SESSIONS, page_of
from activities.materials.rows import MaterialsStored
from activities.models.activity import TIMES
from activities.models.running import has_recording
from history.record_pages import HistoryMixin
from record_admin.fields import ReadOnlyMixin
from record_admin.fieldsets import RECORD_FIELDSET
from record_admin.listing.views import ListView
from record_admin.model_admin import RecordAdmin
from record_admin.rows import ReadOnlyRows
from records.models import Sourced
from records.template_context import Context

from ..models import Event, EventSession, Registration, RegistrationStep, Series
from ..registration import registering, waiting_list
from ..views import EventView
from .rescheduling import CapacityFormMixin, MovableMixin
from .running import EventMaterials, JoinLinks, renew_addresses, revoke_addresses


class _Counted(Protocol):
    """A series of the list, with the number of its events."""

    event_count: int


@admin.register(Series)
class SeriesAdmin(HistoryMixin, RecordAdmin):
    list_display = ("name", "events_held", "published")
    list_filter = ("published",)
    further_columns = ("slug", "updated_at")
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = ((None, {"fields": ["name"]}), RECORD_FIELDSET)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(event_count=Count("events"))

    def get_view_on_site_url(self, obj: Sourced | None = None) -> None:
        """A series has no page of its own."""

    @admin.display(description=_("events"), ordering="event_count")
    def events_held(self, series: _Counted) -> int:
        return series.event_count


class EventSessions(SessionBlocks):
    model = EventSession
    extra = 1  # an empty one: without a script none can be added


class EventForm(CapacityFormMixin, ActivityForm):
    clocks: ClassVar[dict[str, str]] = {
        **ActivityForm.clocks,
        "registration_opens_at": "timezone",
        "registration_closes_at": "timezone",
    }


@admin.register(Event)
class EventAdmin(HubMixin, MaterialsStored, MovableMixin, ActivityAdmin):
    form = EventForm
    public_view = EventView
    details_on_to = ((SESSIONS, _("Save, go on to sessions")),)
    form_parts: ClassVar[dict[str, FormPart]] = {
        SESSIONS: FormPart(_("Sessions and joining"), inlines=(EventSessions, JoinLinks)),
        MATERIALS: FormPart(
            _("Materials"), ((_("Afterwards"), {"fields": ["written_summary", "recording_url"]}),), (EventMaterials,)
        ),
    }
    moments: ClassVar[dict[str, str | Promise]] = dict.fromkeys(EventForm.clocks, IN_ZONE_OF_FORM)
    list_display = ("title", "kind", "when", "status", "format", "states", "series", "published")
    list_filter = ("kind", *ActivityAdmin.list_filter, ("series", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("series",)
    autocomplete_fields = ("series", "part_of", *ActivityAdmin.autocomplete_fields)
    inlines = (BodyRows, SiteRows, PostponementBlocks)
    fieldsets = (
        (None, {"fields": ["title", ("kind", "status", "is_sample"), "series", "part_of"]}),
        WHEN_FIELDSET,
        (_("Registration"), {"fields": [("registration_opens_at", "registration_closes_at")]}),
        PEOPLE_FIELDSET,
        (_("Text"), {"fields": ["summary", "outcomes"]}),
        CERTIFICATE_FIELDSET,
        CONTEXT_FIELDSET,
        (RECORD_FIELDSET[0], {"fields": ["confidence", *RECORD_FIELDSET[1]["fields"]]}),
    )

    actions = (*ActivityAdmin.actions, "free_unconfirmed")

    def after_act(self, record: Event) -> str:
        return page_of(record, OVERVIEW)

    def part_context(self, record: Event, slug: str) -> Context:
        """Where there is a recording, the way to tell people of it."""
        if slug != MATERIALS or not has_recording(record):
            return {}
        return {"announces": page_of(record, "announce-recording")}

    @admin.action(description=_("Free all places that nobody has confirmed"), permissions=["change"])
    def free_unconfirmed(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = cast(User, request.user)
        for event in queryset.order_by("pk"):
            done = registering.free_unconfirmed(event=event, by=by)
            text = ngettext("%(event)s: %(count)d place was freed.", "%(event)s: %(count)d places were freed.", done)
            self.message_user(request, text % {"event": event, "count": done}, messages.SUCCESS)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Event, form: forms.ModelForm, change: bool) -> None:
        """A new time is a new version of the calendar entry; new places are offered to those who wait."""
        if change and set(TIMES) & set(form.changed_data):
            obj.sequence += 1
        super().save_model(request, obj, form, change)
        if change and {"capacity_onsite", "capacity_online"} & set(form.changed_data):
            waiting_list.set_capacity(event=obj, onsite=obj.capacity_onsite, online=obj.capacity_online)


class _Signed(Protocol):
    """A step with the address of who took it."""

    by_email: str | None


class StepRows(ReadOnlyRows):
    """Why somebody has a place, waits, or was passed over."""

    model = RegistrationStep
    fields = readonly_fields = ("at", "state", "why", "by")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        author = User.objects.filter(pk=OuterRef("by_id")).values("email")
        return super().get_queryset(request).annotate(by_email=Subquery(author))

    @admin.display(description=_("by"))
    def by(self, step: _Signed) -> str:
        return step.by_email or "–"


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyMixin, PersonalAdmin):
    """Places taken, to read: only the acts of registration move them, since they count places."""

    inlines = (StepRows,)
    list_display = ("person", "event", "state", "presence", "audience", "created_at", "held_until")
    further_columns = ("registered_by", "confirmed_at", "cancelled_at")
    zone_of_list = "event.timezone"
    list_views = (
        ListView.of("with-place", _("With a place"), "state", *Registration.HOLDING),
        ListView.of("to-confirm", _("To confirm"), "state", "held", "offered"),
        ListView.of("waiting-list", _("Waiting list"), "state", "waiting"),
        ListView.of("ended", _("Ended"), "state", *Registration.GONE),
    )
    nothing_yet = _("People register on the public page of an event, or a focal point registers them.")
    list_filter = ("state", "presence", "audience")
    list_select_related = ("person", "event")
    search_fields = ("person__name", "person__native_name", "person__email", "event__title_en", "event__slug")
    date_hierarchy = "created_at"
    actions: Any = ("confirm", "cancel", renew_addresses, revoke_addresses)
    fields = readonly_fields = (
        "event", "person", "state", "presence", "audience", "registered_by", "created_at", "confirmed_at", "held_until",
        "queued_at", "cancelled_at",
    )  # fmt: skip

    @admin.action(description=_("Confirm the place, and tell the person"), permissions=["act"])
    def confirm(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = cast(User, request.user)
        self._each(request, queryset, lambda one: registering.confirm(registration=one, by=by))

    @admin.action(description=_("Cancel the registration, and tell the person"), permissions=["act"])
    def cancel(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = cast(User, request.user)
        why = _now("Cancelled by the secretariat.")
        self._each(request, queryset, lambda one: registering.cancel(registration=one, why=why, by=by))

    def has_act_permission(self, request: HttpRequest) -> bool:
        """Rows are read-only, the acts on them are for whoever may change registrations."""
        return bool(request.user.has_perm("events.change_registration"))

    def _each(self, request: HttpRequest, queryset: QuerySet, act: Callable[[Registration], Registration]) -> None:
        done = 0
        for one in queryset.order_by("pk"):
            try:
                act(one)
                done += 1
            except ValidationError as refused:
                self.message_user(request, f"{one.person}: {' '.join(refused.messages)}", messages.WARNING)
        text = ngettext("%(count)d registration was changed.", "%(count)d registrations were changed.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)
