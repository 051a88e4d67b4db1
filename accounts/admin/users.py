"""Users, persons and roles in the admin. No personal data beyond need; roles are given and withdrawn by acts."""

from typing import Any, Protocol, cast

from allauth.account import admin as account_admin
from allauth.mfa import admin as mfa_admin
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as sessions_admin
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from notifications.admin.timelines import MailsOfMixin
from record_admin.listing.views import ListView
from record_admin.rows import ReadOnlyRows
from records.printed_names import tell_of_missing_letters
from records.template_context import Label

from ..models import Consent, Person, RoleGrant, User
from ..persons.former import former_ids
from ..roles import granting
from ..sign_in import by_hand
from . import roles as role_admin
from .duplicates import PairsMixin
from .forms import PersonForm, UserAddForm, UserEditForm
from .personal import PersonalAdmin
from .privacy import PrivacyLinks, PrivacyMixin

__all__ = ["PersonAdmin", "PersonalAdmin", "UserAdmin", "role_admin"]

# Permissions go by role, not by group; sessions and second factors of others concern nobody. Addresses of accounts
# stay with administrators, who alone have a permission for them.
admin.site.unregister([Group, sessions_admin.UserSession, mfa_admin.Authenticator])
admin.site.unregister(account_admin.EmailAddress)


@admin.register(User)
class UserAdmin(PrivacyLinks, MailsOfMixin, PersonalAdmin, auth_admin.UserAdmin):
    """Accounts. Who may enter the admin follows from the roles, and is not ticked here."""

    form = UserEditForm
    add_form = UserAddForm
    list_display = ("email", "person_name", "is_active", "is_staff", "is_superuser", "second_factor", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    further_columns = ("date_joined",)
    list_views = (
        ListView.of("staff", _("Enter the admin"), "is_staff", True),
        ListView.of("inactive", _("Switched off"), "is_active", False),
    )
    list_select_related = ("person",)
    search_fields = ("email", "person__name", "person__native_name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("is_staff", "person_name", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "password", "person_name")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(description=_("person"), ordering="person__name")
    def person_name(self, user: User) -> str:
        return user.person.name if hasattr(user, "person") else "–"

    @admin.display(description=_("second factor"), boolean=True, ordering="has_factor")
    def second_factor(self, user: Any) -> bool:
        return bool(user.has_factor)

    def mail_keys(self, record: User) -> set[str]:
        return person_keys(getattr(record, "person", None)) | {f"user:{record.pk}"}

    def mail_addresses(self, record: User) -> set[str]:
        return {record.email, record.person.email if hasattr(record, "person") else ""}

    def save_model(self, request: HttpRequest, obj: User, form: object, change: bool) -> None:
        before = User.objects.filter(pk=obj.pk).values_list("email", "password", "is_active").first()
        super().save_model(request, obj, form, change)
        granting.set_staff(user=obj)
        if before is None:
            by_hand.made(user=obj)
        elif before[0] != obj.email:
            by_hand.address_given(user=obj)


@admin.register(Authenticator)
class AuthenticatorAdmin(PersonalAdmin):
    """Second factors, to take one away from somebody who lost it. Their secrets are not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Authenticator) -> None:
        by_hand.take_factors(factors=[obj], by=cast(User, request.user), request=request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        found = list(queryset.select_related("user"))
        by_hand.take_factors(factors=found, by=cast(User, request.user), request=request)


class ActiveRoleFilter(admin.SimpleListFilter):
    """Persons who hold a role now."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Label]]:
        return list(RoleGrant.Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        held = RoleGrant.objects.active().filter(role=self.value(), person=OuterRef("pk"))
        return queryset.filter(Exists(held))


class RolesOfPerson(ReadOnlyRows):
    model = RoleGrant
    fk_name = "person"
    fields = ("role", "member_state", "granted_at", "withdrawn_at", "reason")
    readonly_fields = ("granted_at",)
    related = ("member_state",)
    show_change_link = True


class ConsentsOfPerson(ReadOnlyRows):
    model = Consent
    fields = ("what", "version", "how", "at", "withdrawn_at")
    readonly_fields = ("at",)


def person_keys(person: Person | None) -> set[str]:
    """The keys by which the outbox knows a person, also from mails to the account."""
    if person is None:
        return set()
    numbers = {person.pk, *former_ids(person.pk)}
    return {f"person:{number}" for number in numbers} | ({f"user:{person.user_id}"} if person.user_id else set())


class _WithRoles(Protocol):
    """A person of the list, with the roles that are not over."""

    active_roles: list[RoleGrant]


@admin.register(Person)
class PersonAdmin(PairsMixin, PrivacyMixin, MailsOfMixin, PersonalAdmin):
    form = PersonForm
    list_display = ("name", "native_name", "member_state", "organisation", "roles_held", "has_account")
    list_filter = (ActiveRoleFilter, "member_state", ("user", admin.EmptyFieldListFilter), "language")
    further_columns = ("email", "position", "language", "time_zone", "created_at")
    list_views = (
        ListView.empty("with-account", _("With an account"), "user", is_empty=False),
        ListView.empty("without-account", _("Without an account"), "user", is_empty=True),
    )
    list_select_related = ("member_state",)
    search_fields = ("name", "native_name", "email", "organisation")
    search_help_text = _("Name in any script, e-mail address or organisation.")
    autocomplete_fields = ("user", "care_of", "member_state")
    readonly_fields = ("created_at",)
    inlines = (RolesOfPerson, ConsentsOfPerson)
    fieldsets = (
        (
            None,
            {"fields": ["name", ("native_name", "native_language"), ("email", "care_of"), ("language", "time_zone")]},
        ),
        (_("Work"), {"fields": ["member_state", "organisation", "position"]}),
        (_("Account"), {"fields": ["user", "created_at"]}),
        (
            _("For reports only, if the person gave them"),
            {"classes": ["collapse"], "fields": ["sex", "birth_year", "nationality"]},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        held = Prefetch("roles", queryset=RoleGrant.objects.active(), to_attr="active_roles")
        return super().get_queryset(request).prefetch_related(held)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str] | tuple[str, ...]:
        """Persons are joined with accounts by a verified sign-up; only an administrator may do it by hand."""
        joined = [] if request.user.is_superuser else ["user"]
        return [*super().get_readonly_fields(request, obj), *joined]

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tell_of_missing_letters(request, form.cleaned_data)

    def mail_keys(self, record: Person) -> set[str]:
        return person_keys(record)

    def mail_addresses(self, record: Person) -> set[str]:
        return {record.email, record.user.email if record.user else ""}

    @admin.display(description=_("roles"))
    def roles_held(self, person: _WithRoles) -> str:
        return ", ".join(str(grant.get_role_display()) for grant in person.active_roles)

    @admin.display(description=_("account"), boolean=True, ordering="user")
    def has_account(self, person: Person) -> bool:
        return person.user_id is not None
