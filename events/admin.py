"""Events, their series and registrations in the secretariat's admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import PersonalAdmin
from directory.admin import RECORD_FIELDSET, ReadOnlyMixin, RecordAdmin
from history.admin import HistoryMixin

from . import attendance_admin, questions_admin, survey_admin  # noqa: F401 - each registers what it shows
from .models import (
    Event,
    EventInvolvement,
    EventPostponement,
    EventSession,
    EventSite,
    Registration,
    Series,
)
from .occasion_admin import (
    CONTEXT_FIELDSET,
    IN_ZONE_OF_FORM,
    PEOPLE_FIELDSET,
    WHEN_FIELDSET,
    BodyRows,
    OccasionAdmin,
    OccasionForm,
    PostponementBlocks,
    SessionBlocks,
    SiteRows,
)
from .running_admin import JoinLinks, renew_addresses, revoke_addresses


@admin.register(Series)
class SeriesAdmin(HistoryMixin, RecordAdmin):
    list_display = ("name", "events_held", "published")
    list_filter = ("published",)
    prepopulated_fields = {"slug": ("name_en",)}
    fieldsets = ((None, {"fields": ["name"]}), RECORD_FIELDSET)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(event_count=Count("events"))

    def get_view_on_site_url(self, obj: Any = None) -> None:
        """A series has no page of its own."""

    @admin.display(description=_("events"), ordering="event_count")
    def events_held(self, series: Any) -> int:
        return int(series.event_count)


class EventBodies(BodyRows):
    model = EventInvolvement


class EventSites(SiteRows):
    model = EventSite


class EventPostponements(PostponementBlocks):
    model = EventPostponement


class EventSessions(SessionBlocks):
    model = EventSession


class EventForm(OccasionForm):
    clocks: ClassVar[dict[str, str]] = {
        **OccasionForm.clocks,
        "registration_opens_at": "timezone",
        "registration_closes_at": "timezone",
    }


@admin.register(Event)
class EventAdmin(OccasionAdmin):
    form = EventForm
    moments: ClassVar[dict[str, Any]] = dict.fromkeys(EventForm.clocks, IN_ZONE_OF_FORM)
    list_display = ("title", "kind", "when", "status", "format", "states", "series", "published")
    list_filter = ("kind", *OccasionAdmin.list_filter, ("series", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("series",)
    autocomplete_fields = ("series", "part_of", *OccasionAdmin.autocomplete_fields)
    inlines = (EventBodies, EventSites, EventSessions, JoinLinks, EventPostponements)
    fieldsets = (
        (None, {"fields": ["title", ("kind", "status", "is_sample"), "series", "part_of"]}),
        WHEN_FIELDSET,
        (_("Registration"), {"fields": [("registration_opens_at", "registration_closes_at")]}),
        PEOPLE_FIELDSET,
        (_("Text"), {"fields": ["summary", "outcomes"]}),
        CONTEXT_FIELDSET,
        (RECORD_FIELDSET[0], {"fields": ["confidence", *RECORD_FIELDSET[1]["fields"]]}),
    )


@admin.register(Registration)
class RegistrationAdmin(ReadOnlyMixin, PersonalAdmin):
    """Places taken, to read: only the acts of registration move them, since they count places."""

    list_display = ("person", "event", "state", "presence", "audience", "created_at", "held_until")
    list_filter = ("state", "presence", "audience")
    list_select_related = ("person", "event")
    search_fields = ("person__name", "person__native_name", "person__email", "event__title_en", "event__slug")
    date_hierarchy = "created_at"
    actions: Any = (renew_addresses, revoke_addresses)
    fields = readonly_fields = (
        "event", "person", "state", "presence", "audience", "registered_by", "created_at", "confirmed_at", "held_until",
        "queued_at", "cancelled_at",
    )  # fmt: skip
