"""Geoparks in the secretariat's admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from designated_sites.admin import (
    PLACE_FIELDSET,
    SITE_RECORD_FIELDSET,
    NameRows,
    PhotoBlocks,
    SiteAdmin,
    StewardRows,
)
from designated_sites.proposal_admin import ProposalAdmin
from directory.admin import Blocks

from .models import Geopark, GeoparkName, GeoparkPhoto, GeoparkProposal, GeoparkSteward, Revalidation


class GeoparkNames(NameRows):
    model = GeoparkName


class GeoparkPhotos(PhotoBlocks):
    model = GeoparkPhoto


class GeoparkStewards(StewardRows):
    model = GeoparkSteward


class Revalidations(Blocks):
    model = Revalidation
    fields = (
        ("year", "card"), ("summary_received_on", "mission_on", "decided_on"), ("due_override", "override_reason"),
        ("public_source", "document"), "note",
    )  # fmt: skip
    autocomplete_fields = ("document",)
    related = ("document",)


@admin.register(Geopark)
class GeoparkAdmin(SiteAdmin):
    list_display = ("name", "states", "year", "status", "confidence", "confirmed_at", "published")
    autocomplete_fields = ("overlapping_reserves", *SiteAdmin.autocomplete_fields)
    inlines = (GeoparkNames, Revalidations, GeoparkStewards, GeoparkPhotos)
    fieldsets = (
        (None, {"fields": ["name", ("status", "designation_year"), "other_designations"]}),
        PLACE_FIELDSET,
        (_("Geology and overlaps"), {"fields": ["geological_theme", "overlapping_reserves", "overlapping_names"]}),
        (_("Text and links"), {"fields": ["summary", "website", "unesco_url"]}),
        SITE_RECORD_FIELDSET,
    )


admin.site.register(GeoparkProposal, ProposalAdmin)
