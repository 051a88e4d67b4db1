"""Requests for what the office offers, in the secretariat's admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import PersonalAdmin

from .models import OfferRequest


@admin.register(OfferRequest)
class OfferRequestAdmin(PersonalAdmin):
    """What was asked stays as it was written; the officer keeps its state and a note."""

    list_display = ("organisation", "name", "programme", "member_state", "state", "created_at", "handled_by")
    list_filter = ("state", ("programme", admin.RelatedOnlyFieldListFilter), "member_state")
    list_select_related = ("programme", "member_state", "handled_by")
    search_fields = ("organisation", "name", "email", "message")
    date_hierarchy = "created_at"
    readonly_fields = (
        "programme", "name", "email", "organisation", "member_state", "message", "language", "created_at", "handled_by",
    )  # fmt: skip
    fieldsets = (
        (_("What was asked"), {"fields": readonly_fields[:-1]}),
        (_("What came of it"), {"fields": ["state", "answer_note", "handled_by"]}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: OfferRequest, form: Any, change: bool) -> None:
        """Who answers or closes a request has handled it."""
        if "state" in form.changed_data:
            obj.handled_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
