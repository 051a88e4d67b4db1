"""Trainings, their seats and questions, applications and certificates in the secretariat's admin."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.admin.shared import (
    CERTIFICATE_FIELDSET,
    CONTEXT_FIELDSET,
    IN_ZONE_OF_FORM,
    PEOPLE_FIELDSET,
    WHEN_FIELDSET,
    ActivityAdmin,
    ActivityForm,
    BodyRows,
    MomentsMixin,
    PostponementBlocks,
    SessionBlocks,
    SiteRows,
)
from activities.hub.admin import FormPart, HubMixin
from activities.hub.names import MATERIALS, OVERVIEW, SESSIONS, page_of
from activities.materials.rows import MaterialBlocks, MaterialsStored
from activities.rescheduling.admin import StatusByActMixin
from activities.timezones.wall_clock import WallClockRow, WallClockRows
from record_admin.fieldsets import RECORD_FIELDSET
from record_admin.rows import Blocks, Rows

from ..models import DeadlineExtension, SeatCap, SeatClass, Training, TrainingSession
from ..views import TrainingView
from .papers import PapersMixin
from .rescheduling import MovableMixin
from .selection import SelectionMixin


class TrainingSessions(SessionBlocks):
    model = TrainingSession
    extra = 1  # an empty one: without a script none can be added


class TrainingMaterials(MaterialBlocks):
    session_model = TrainingSession


class SeatClasses(Rows):
    model = SeatClass
    extra = 1  # an empty one: without a script none can be added
    fields = ("funding", "presence", "seats", "covers", "only_states")
    autocomplete_fields = ("only_states",)
    prefetched = ("only_states",)


class SeatCaps(Rows):
    model = SeatCap
    extra = 1
    fields = ("most", "member_state", "site")
    autocomplete_fields = ("member_state", "site")
    related = ("member_state", "site")


class ExtensionForm(WallClockRow):
    clocks: ClassVar[dict[str, str]] = {"was": "deadline_zone"}


class DeadlineExtensions(MomentsMixin, Blocks):
    model = DeadlineExtension
    form = ExtensionForm
    formset = WallClockRows
    fields = ("was", "reason", "extended_at")
    readonly_fields = ("extended_at",)
    moments: ClassVar[dict[str, str | Promise]] = {"was": _("Time in the zone of the deadline.")}


class TrainingForm(StatusByActMixin, ActivityForm):
    clocks: ClassVar[dict[str, str]] = {
        **ActivityForm.clocks,
        "call_opens_at": "timezone",
        "nominations_close_at": "deadline_zone",
    }


@admin.register(Training)
class TrainingAdmin(HubMixin, PapersMixin, MaterialsStored, SelectionMixin, MovableMixin, ActivityAdmin):
    form = TrainingForm
    public_view = TrainingView
    details_on_to = ((SESSIONS, _("Save, go on to sessions")), ("form", _("Save, go on to the form")))
    form_parts: ClassVar[dict[str, FormPart]] = {
        SESSIONS: FormPart(_("Sessions and joining"), inlines=(TrainingSessions,)),
        MATERIALS: FormPart(_("Materials"), ((_("Afterwards"), {"fields": ["recording_url"]}),), (TrainingMaterials,)),
    }
    asks_why = (*ActivityAdmin.asks_why, "women_share")
    moments: ClassVar[dict[str, str | Promise]] = {
        **dict.fromkeys(TrainingForm.clocks, IN_ZONE_OF_FORM),
        "call_opens_at": _("Time in the zone of the place, as chosen above."),
        "nominations_close_at": _("Time in the zone chosen beside it: the deadline is an instant in that zone."),
    }
    list_display = ("title", "when", "status", "format", "states", "series", "published")
    list_filter = (*ActivityAdmin.list_filter, ("series", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("series",)
    autocomplete_fields = ("series", "events", *ActivityAdmin.autocomplete_fields)
    inlines = (
        SeatClasses, SeatCaps, BodyRows, SiteRows, DeadlineExtensions, PostponementBlocks,
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ["title", ("status", "is_sample"), "series", "events"]}),
        WHEN_FIELDSET,
        (
            _("The call"),
            {
                "fields": [
                    "target_group",
                    "topics",
                    "call_opens_at",
                    ("nominations_close_at", "deadline_zone"),
                    "costs",
                    ("endorsement_required", "answer_days", "asks_presentation"),
                ]
            },
        ),
        (PEOPLE_FIELDSET[0], {"fields": [*PEOPLE_FIELDSET[1]["fields"], "women_share", "seats_note"]}),
        (_("Text"), {"fields": ["summary"]}),
        CERTIFICATE_FIELDSET,
        (_("Invitation letter"), {"fields": ["letter_office", "letter_signatory", "letter_words"]}),
        CONTEXT_FIELDSET,
        (RECORD_FIELDSET[0], {"fields": ["confidence", *RECORD_FIELDSET[1]["fields"]]}),
    )

    def address_on_to(self, record: models.Model, page: str) -> str:
        """The form of the call is a form of its own."""
        if page == "form":
            return reverse("admin:trainings_callform_change", args=[record.pk])
        return super().address_on_to(record, page)

    def after_act(self, record: Training) -> str:
        return page_of(record, OVERVIEW)
