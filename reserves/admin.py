"""Biosphere reserves in the secretariat's admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from designated_sites.admin.review_cycle import ClockAct, ClockFilter, ClockMixin
from designated_sites.admin.sites import (
    PLACE_FIELDSET,
    SITE_RECORD_FIELDSET,
    NameRows,
    PhotoBlocks,
    SiteAdmin,
    StewardRows,
)
from designated_sites.review_cycle.forms import DayField, DecisionForm, DueDateForm, SubmissionForm
from record_admin.rows import Blocks

from . import review_acts
from .models import BiosphereReserve, PeriodicReview
from .reviews import Outcome
from .views import ReserveDetailView


class PeriodicReviews(Blocks):
    model = PeriodicReview
    fields = (
        ("year", "outcome"), ("received_on", "decided_on"), ("due_override", "override_reason"),
        ("deferred_until", "information_received_on"),
        ("public_source", "document"), "note",
    )  # fmt: skip
    autocomplete_fields = ("document",)
    related = ("document",)


class ReviewDecisionForm(DecisionForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    deferred_until = DayField(
        label=_("Further information due"), required=False, help_text=_("Only where more information is requested.")
    )
    field_order: tuple[str, ...] = (
        "year",
        "outcome",
        "decided_on",
        "deferred_until",
        "public_source",
        "document",
        "reason",
    )


def _submit(reserve: BiosphereReserve, **facts: Any) -> None:
    review_acts.record_submission(reserve=reserve, **facts)


def _decide(reserve: BiosphereReserve, **facts: Any) -> None:
    review_acts.record_decision(reserve=reserve, **facts)


def _set_due_date(reserve: BiosphereReserve, **facts: Any) -> None:
    review_acts.set_due_date(reserve=reserve, **facts)


@admin.register(BiosphereReserve)
class BiosphereReserveAdmin(ClockMixin, SiteAdmin):
    public_view = ReserveDetailView
    list_display = (
        "name", "states", "year", "ecosystem", "status", "clock_state", "confidence", "confirmed_at", "published",
    )  # fmt: skip
    list_filter = (ClockFilter, "ecosystem", *SiteAdmin.list_filter)
    clock_acts = (
        ClockAct("record-submission", _("Record that a report came in"), SubmissionForm, _submit),
        ClockAct("record-decision", _("Record a decision of the council"), ReviewDecisionForm, _decide),
        ClockAct("set-due-date", _("Set another due date"), DueDateForm, _set_due_date),
    )
    asks_why = (*SiteAdmin.asks_why, "extension_years", "core_ha", "buffer_ha", "transition_ha")
    autocomplete_fields = ("joint_reserve", *SiteAdmin.autocomplete_fields)
    inlines = (NameRows, PeriodicReviews, StewardRows, PhotoBlocks)
    fieldsets = (
        (None, {"fields": ["name", ("status", "designation_year"), "extension_years", "other_designations"]}),
        PLACE_FIELDSET,
        (_("Zones"), {"fields": ["ecosystem", ("core_ha", "buffer_ha", "transition_ha"), "joint_reserve"]}),
        (_("Next periodic review"), {"fields": ["clock_block"]}),
        (_("Text and links"), {"fields": ["summary", "website", "unesco_url"]}),
        SITE_RECORD_FIELDSET,
    )
