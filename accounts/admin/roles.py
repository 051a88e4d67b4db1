"""Roles and requests for them in the admin: given, withdrawn and decided by acts."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record_admin.fields import ReadOnlyMixin
from record_admin.fieldsets import Fieldset, Fieldsets
from record_admin.listing.views import ListView

from ..models import RoleGrant, RoleRequest
from ..roles import granting
from ..sites import site_numbered
from .forms import GrantForm, WithdrawalForm
from .personal import PersonalAdmin


@admin.register(RoleGrant)
class RoleGrantAdmin(PersonalAdmin):
    """Roles, given and withdrawn; no grant is ever deleted or rewritten."""

    list_display = ("person", "role", "member_state", "granted_at", "granted_by", "withdrawn_at")
    list_filter = ("role", ("withdrawn_at", admin.EmptyFieldListFilter), "member_state")
    list_select_related = ("person", "member_state", "granted_by")
    search_fields = ("person__name", "person__native_name", "person__email")
    autocomplete_fields = ("person", "member_state")
    date_hierarchy = "granted_at"
    list_views = (
        ListView.empty("in-force", _("In force"), "withdrawn_at", is_empty=True),
        ListView.empty("withdrawn", _("Withdrawn"), "withdrawn_at", is_empty=False),
    )
    further_columns = ("reason",)
    facts: ClassVar[tuple[str, ...]] = (
        "person",
        "role",
        "member_state",
        "granted_by",
        "granted_at",
        "withdrawn_at",
        "reason",
    )

    def get_fieldsets(self, request: HttpRequest, obj: RoleGrant | None = None) -> Fieldsets:
        if obj is None:
            return [(None, {"fields": GrantForm.Meta.fields})]
        withdrawal: list[Fieldset] = (
            [(_("Withdraw"), {"fields": ["withdraw", "why"]})] if self.has_change_permission(request, obj) else []
        )
        return [(None, {"fields": self.facts}), *withdrawal]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return self.facts if obj else ()

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        if obj is None:
            kwargs["form"] = type("Grant", (GrantForm,), {"by": request.user})
        elif isinstance(obj, RoleGrant) and self.has_change_permission(request, obj):
            kwargs |= {"form": type("Withdrawal", (WithdrawalForm,), {"by": request.user}), "fields": []}
        return super().get_form(request, obj, change, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: RoleGrant | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.withdrawn_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: forms.ModelForm, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            granting.withdraw(grant=obj, by=by, reason=form.cleaned_data["why"])
            return
        given = granting.grant(
            person=obj.person, role=obj.role, member_state=obj.member_state, by=by, reason=obj.reason
        )
        obj.pk = given.pk
        obj.refresh_from_db()


@admin.register(RoleRequest)
class RoleRequestAdmin(ReadOnlyMixin, PersonalAdmin):
    """Requests for roles, to read; they are decided on the page that focal points use too."""

    list_display = ("person", "role", "member_state", "asked_at", "state", "decided_at")
    list_filter = ("state", "role", "member_state")
    list_views = (ListView.of("waiting", _("Waiting for a decision"), "state", "asked"),)
    nothing_yet = _("People ask for a role under “My page”.")
    list_select_related = ("person", "member_state")
    search_fields = ("person__name", "person__native_name", "person__email")
    fields = readonly_fields = (
        "person",
        "role",
        "member_state",
        "site",
        "message",
        "asked_at",
        "state",
        "decided_at",
        "decided_by",
        "reason",
        "decide",
    )

    @admin.display(description=_("site"))
    def site(self, request: RoleRequest) -> str:
        facts = site_numbered(request.site_id)
        return facts.name if facts else "–"

    @admin.display(description=_("decision"))
    def decide(self, request: RoleRequest) -> str:
        if request.state != RoleRequest.State.ASKED:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("me-request", args=[request.pk]), _("Decide"))
