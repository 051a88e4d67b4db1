"""What the admins of events and trainings share: moments on the wall clock, bodies, sites, sessions and moves as rows."""

import datetime as dt
from typing import ClassVar, Final, Protocol, Unpack

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from history.record_pages import HistoryMixin
from network.admin import StateFilter, StatesColumn
from record_admin.fieldsets import FieldOptions, Fieldset, Fieldsets
from record_admin.filters import Filters, LacksLanguageFilter
from record_admin.links import linked
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin, RecordAdmin
from record_admin.rows import Blocks, Rows
from records.formats.partial_dates import Precision, show_partial
from records.template_context import Cleaned, Files, Posted, RecordFormOptions

from ..models import TIMES, Activity, ActivitySite, Involvement, Postponement
from ..timezones.wall_clock import WallClockForm, WallClockRow, WallClockRows, clock_field, on_the_wall
from .filters import LeftOverFilter, YearOfStart

IN_ZONE_OF_FORM = _("Time in the time zone of this record.")
IN_ZONE_OF_RECORD = _("Time in the zone of the place, as chosen above.")

WHEN_FIELDSET: Fieldset = (
    _("When and where"),
    {
        "fields": [
            ("starts_at", "start_precision"),
            ("ends_at", "end_precision"),
            "timezone",
            ("format", "venue"),
            "member_states",
            "other_countries",
        ],
        "description": _("Where only the day, the month or the year is known, say so beside the date."),
    },
)
PEOPLE_FIELDSET: Fieldset = (
    _("Who took part"),
    {
        "fields": [
            ("participants", "participants_note"),
            ("participating_codes", "participating_note"),
            "languages",
            ("capacity_onsite", "capacity_online"),
        ]
    },
)
CONTEXT_FIELDSET: Fieldset = (
    _("Programme, fund and documents"),
    {"fields": ["programmes", "programme_names", ("fund_code", "result_code"), "documents", "url"]},
)
CERTIFICATE_FIELDSET: Fieldset = (
    _("Certificates"),
    {"fields": ["gives_certificates", ("attendance_share", "certified_hours")]},
)


def when(activity: Activity) -> str:
    """Start and end as far as they are known, in the zone of the place."""
    start = _shown(activity.starts_at, activity.start_precision, activity)
    end = _shown(activity.ends_at, activity.end_precision, activity) if activity.ends_at else ""
    if start[:10] == end[:10]:
        end = end[11:]
    timed = Precision.MINUTE in (activity.start_precision, activity.end_precision)
    return " – ".join(filter(None, [start, end])) + (f" ({activity.timezone})" if timed else "")


def _shown(moment: dt.datetime, precision: str, activity: Activity) -> str:
    local = on_the_wall(moment, activity.zone)
    return f"{local:%Y-%m-%d %H:%M}" if precision == Precision.MINUTE else show_partial(local.date(), precision)


class MomentsMixin(BaseModelAdmin):
    """Moments of a form are typed in the zone the form knows; `moments` gives their help texts."""

    moments: ClassVar[dict[str, str | Promise]] = {}

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: object
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return clock_field(field, self.moments[db_field.name]) if field and db_field.name in self.moments else field


class ActivityForm(WallClockForm):
    """The end goes with how much of it is known: preset to the minute, and without an end it says nothing."""

    clocks: ClassVar[dict[str, str]] = {"starts_at": "timezone", "ends_at": "timezone"}
    known_by: ClassVar[dict[str, str]] = {"starts_at": "start_precision", "ends_at": "end_precision"}

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        if self.instance.pk is None and "end_precision" in self.fields:
            self.initial["end_precision"] = Precision.MINUTE

    def clean(self) -> Cleaned:
        data = super().clean()
        if not {"ends_at", "end_precision"} <= self.fields.keys():
            return data
        if data.get("ends_at") and not data.get("end_precision"):
            self.add_error(
                "end_precision", _now("Say how much of the end is known: the minute, the day, the month or the year.")
            )
        elif not data.get("ends_at") and "ends_at" not in self.errors:
            data["end_precision"] = ""
        return data


class ActivityAdmin(MomentsMixin, StatesColumn, HistoryMixin, RecordAdmin):
    """Admin of one kind of activity."""

    form = ActivityForm
    asks_why: ClassVar[tuple[str, ...]] = ("status", "participants", "participating_codes")
    moments: ClassVar[dict[str, str | Promise]] = {"starts_at": IN_ZONE_OF_FORM, "ends_at": IN_ZONE_OF_FORM}
    list_filter: ClassVar[Filters] = (
        LeftOverFilter, "status", "format", YearOfStart, StateFilter, LacksLanguageFilter, "confidence", "is_sample", "published",
    )  # fmt: skip
    date_hierarchy = "starts_at"
    zone_of_list = "timezone"
    further_columns: ClassVar[tuple[str, ...]] = (
        "slug", "venue", "timezone", "participants", "capacity_onsite", "capacity_online", "fund_code", "result_code", "confidence",
        "is_sample", "updated_at",
    )  # fmt: skip
    list_views = (
        ListView.of("drafts", _("Drafts"), "status", "draft"),
        ListView.of("announced", _("Announced"), "status", "announced"),
        ListView.of("held", _("Held"), "status", "held", "reported"),
        ListView.of("cancelled", _("Cancelled"), "status", "cancelled"),
    )
    autocomplete_fields: ClassVar[tuple[str, ...]] = ("programmes", "documents")
    prepopulated_fields = {"slug": ("title_en",)}

    def is_public(self, record: Activity) -> bool:
        return bool(record.published and record.status != Activity.Status.DRAFT)

    @admin.display(description=_("when"), ordering="starts_at")
    def when(self, activity: Activity) -> str:
        return when(activity)


FIXED: Final = _("The time is public: “Move or postpone” at the top changes it, and keeps the former one on the page.")


class MovedByActMixin(BaseModelAdmin):
    """Once it is public when an activity takes place, only the act of moving changes it: that keeps the former time on the
    page, raises the version of the calendar entry and tells those who come. A draft, and one that is over, is edited freely."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str] | tuple[str, ...]:
        fixed = ["when", *TIMES] if isinstance(obj, Activity) and self._was_fixed(obj) else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Fieldsets:
        """What is fixed stands there in words, on the clocks of the place."""
        fieldsets = super().get_fieldsets(request, obj)
        if not (isinstance(obj, Activity) and self._was_fixed(obj)):
            return fieldsets
        return [(title, _without_time(options)) for title, options in fieldsets]

    def _was_fixed(self, activity: Activity) -> bool:
        """As the record came from the database: a form that is sent back has written what was typed into it meanwhile."""
        known: dict[str, object] = vars(activity)
        if "time_was_fixed" not in known:
            known["time_was_fixed"] = self.is_fixed(activity)
        return bool(known["time_was_fixed"])

    def is_fixed(self, activity: Activity) -> bool:
        if activity.status == Activity.Status.CANCELLED:
            return bool(activity.published and activity.starts_at > timezone.now())
        return bool(activity.published and activity.status == Activity.Status.ANNOUNCED)


def _without_time(options: FieldOptions) -> FieldOptions:
    """A part of a form; where it asks for the time, what it says instead."""
    rows: list[tuple[str, ...]] = [(row,) if isinstance(row, str) else tuple(row) for row in options["fields"]]
    left = [row for row in rows if not set(row) & set(TIMES)]
    return options if len(left) == len(rows) else {**options, "fields": ["when", *left], "description": FIXED}


class BodyRows(Rows):
    """Bodies taking part, with their role."""

    model = Involvement
    fields = ("role", "partner", "name", "order")
    autocomplete_fields = ("partner",)
    related: ClassVar[tuple[str, ...]] = ("partner",)


class SiteRows(Rows):
    """Sites an activity is about."""

    model = ActivitySite
    fields = ("site", "name")
    autocomplete_fields = ("site",)
    related: ClassVar[tuple[str, ...]] = ("site",)


class PostponementForm(WallClockRow):
    clocks: ClassVar[dict[str, str]] = {"was_starts_at": "timezone", "was_ends_at": "timezone", "moved_at": "timezone"}
    known_by: ClassVar[dict[str, str]] = {"was_starts_at": "was_start_precision", "was_ends_at": "was_start_precision"}


class PostponementBlocks(MomentsMixin, Blocks):
    """Moves of an activity."""

    model = Postponement
    form = PostponementForm
    formset = WallClockRows
    fields = (("was_starts_at", "was_start_precision"), ("was_ends_at", "moved_at"), "reason")
    moments: ClassVar[dict[str, str | Promise]] = dict.fromkeys(PostponementForm.clocks, "")


class SessionForm(WallClockRow):
    clocks: ClassVar[dict[str, str]] = {"starts_at": "timezone", "ends_at": "timezone"}


class SessionBlocks(MomentsMixin, Blocks):
    """Sessions with their trainers; the app of the type names its own model, whose page is linked."""

    form = SessionForm
    formset = WallClockRows
    fields = ("title", ("starts_at", "ends_at"), "trainers", "trainer_names", "summary")
    moments: ClassVar[dict[str, str | Promise]] = dict.fromkeys(SessionForm.clocks, IN_ZONE_OF_RECORD)
    autocomplete_fields = ("trainers",)
    prefetched: ClassVar[tuple[str, ...]] = ("trainers",)
    show_change_link = True


class OfActivity(Protocol):
    """A row of an event or a training."""

    activity: Activity


class OfActivityMixin(BaseModelAdmin):
    """Rows of events, or of trainings: `activity_field` is the one, the column of the list that names its event or training. The form
    leads there."""

    activity_field: ClassVar[str]
    event_link = linked("activity", _("event"))
    training_link = linked("activity", _("training"))

    @property
    def activity_link_field(self) -> str:
        return f"{self.activity_field}_link"

    @admin.display(description=_("event"), ordering="activity")
    def event(self, row: OfActivity) -> str:
        return str(row.activity)

    @admin.display(description=_("training"), ordering="activity")
    def training(self, row: OfActivity) -> str:
        return str(row.activity)


class SessionAdmin(OfActivityMixin, HistoryMixin, PlainAdmin):
    """A session with who was present; reached from its event or training, not from the index."""

    list_select_related = ("activity",)
    zone_of_list = "activity.timezone"
    nothing_yet = _("Sessions are written in the form of an event or a training.")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return ("title", self.activity_field, "starts_at", "ends_at")

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return (self.activity_link_field, "title")

    get_readonly_fields = get_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
