"""Geoparks in the secretariat's admin."""

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
from designated_sites.review_cycle.forms import DecisionForm, DueDateForm, SubmissionForm
from record_admin.rows import Blocks

from . import revalidation_acts
from .models import Geopark, Revalidation
from .revalidations import Card
from .views import GeoparkDetailView


class Revalidations(Blocks):
    model = Revalidation
    fields = (
        ("year", "card"), ("summary_received_on", "report_received_on"), ("mission_on", "decided_on"),
        ("due_override", "override_reason"),
        ("public_source", "document"), "note",
    )  # fmt: skip
    autocomplete_fields = ("document",)
    related = ("document",)


class PartForm(SubmissionForm):
    part = forms.ChoiceField(label=_("What came in"), choices=revalidation_acts.Part.choices)
    field_order: tuple[str, ...] = ("year", "part", "received_on", "document", "reason")


class CardForm(DecisionForm):
    card = forms.ChoiceField(label=_("Card"), choices=Card.choices)
    field_order: tuple[str, ...] = ("year", "card", "decided_on", "public_source", "document", "reason")


def _submit(geopark: Geopark, **facts: Any) -> None:
    revalidation_acts.record_submission(geopark=geopark, **facts)


def _decide(geopark: Geopark, **facts: Any) -> None:
    revalidation_acts.record_decision(geopark=geopark, **facts)


def _set_due_date(geopark: Geopark, **facts: Any) -> None:
    revalidation_acts.set_due_date(geopark=geopark, **facts)


@admin.register(Geopark)
class GeoparkAdmin(ClockMixin, SiteAdmin):
    public_view = GeoparkDetailView
    list_display = ("name", "states", "year", "status", "clock_state", "confidence", "confirmed_at", "published")
    list_filter = (ClockFilter, *SiteAdmin.list_filter)
    clock_acts = (
        ClockAct("record-submission", _("Record that summary or report came in"), PartForm, _submit),
        ClockAct("record-decision", _("Record a card"), CardForm, _decide),
        ClockAct("set-due-date", _("Set another due date"), DueDateForm, _set_due_date),
    )
    autocomplete_fields = ("overlapping_reserves", *SiteAdmin.autocomplete_fields)
    inlines = (NameRows, Revalidations, StewardRows, PhotoBlocks)
    fieldsets = (
        (None, {"fields": ["name", ("status", "designation_year"), "other_designations"]}),
        PLACE_FIELDSET,
        (_("Geology and overlaps"), {"fields": ["geological_theme", "overlapping_reserves", "overlapping_names"]}),
        (_("Next revalidation"), {"fields": ["clock_block"]}),
        (_("Text and links"), {"fields": ["summary", "website", "unesco_url"]}),
        SITE_RECORD_FIELDSET,
    )
