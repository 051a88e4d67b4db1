"""Biosphere reserves in the secretariat's admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from designated_sites.admin import (
    PLACE_FIELDSET,
    SITE_RECORD_FIELDSET,
    NameRows,
    PhotoBlocks,
    ProposalAdmin,
    SiteAdmin,
    StewardRows,
)
from directory.admin import Blocks

from .models import BiosphereReserve, PeriodicReview, ReserveName, ReservePhoto, ReserveProposal, ReserveSteward


class ReserveNames(NameRows):
    model = ReserveName


class ReservePhotos(PhotoBlocks):
    model = ReservePhoto


class ReserveStewards(StewardRows):
    model = ReserveSteward


class PeriodicReviews(Blocks):
    model = PeriodicReview
    fields = (
        ("year", "outcome"), ("received_on", "decided_on"), ("due_override", "override_reason"),
        ("public_source", "document"), "note",
    )  # fmt: skip
    autocomplete_fields = ("document",)
    related = ("document",)


@admin.register(BiosphereReserve)
class BiosphereReserveAdmin(SiteAdmin):
    list_display = ("name", "states", "year", "ecosystem", "status", "confidence", "confirmed_at", "published")
    list_filter = ("ecosystem", *SiteAdmin.list_filter)
    asks_why = (*SiteAdmin.asks_why, "extension_years", "core_ha", "buffer_ha", "transition_ha")
    autocomplete_fields = ("joint_reserve", *SiteAdmin.autocomplete_fields)
    inlines = (ReserveNames, PeriodicReviews, ReserveStewards, ReservePhotos)
    fieldsets = (
        (None, {"fields": ["name", ("status", "designation_year"), "extension_years", "other_designations"]}),
        PLACE_FIELDSET,
        (_("Zones"), {"fields": ["ecosystem", ("core_ha", "buffer_ha", "transition_ha"), "joint_reserve"]}),
        (_("Text and links"), {"fields": ["summary", "website", "unesco_url"]}),
        SITE_RECORD_FIELDSET,
    )


admin.site.register(ReserveProposal, ProposalAdmin)
