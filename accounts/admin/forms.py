"""Forms of users, persons and roles in the admin."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from record_admin.forms import RecordForm
from records.template_context import Cleaned

from ..models import Person, RoleGrant, User
from ..roles import granting


class _SmallLetters:
    """Addresses are kept in small letters, so that one address is one account."""

    cleaned_data: Cleaned

    def clean_email(self) -> str:
        return str(self.cleaned_data.get("email") or "").lower()


class UserAddForm(_SmallLetters, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)


class UserEditForm(_SmallLetters, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class PersonForm(_SmallLetters, RecordForm):
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES, initial="en")

    class Meta:
        model = Person
        fields = "__all__"

    def clean_nationality(self) -> str:
        return str(self.cleaned_data["nationality"]).upper()


class GrantForm(RecordForm):
    """Gives a role; `by` is the user who is signed in."""

    by: ClassVar[User | None] = None

    class Meta:
        model = RoleGrant
        fields = ("person", "role", "member_state", "reason")

    def clean(self) -> Cleaned:
        data = super().clean()
        if data.get("person") and data.get("role"):
            granting.refuse_grant(person=data["person"], role=data["role"], by=self.by)
        return data


class WithdrawalForm(RecordForm):
    """Takes a role away; `by` is the user who is signed in."""

    by: ClassVar[User | None] = None
    withdraw = forms.BooleanField(
        label=_("Withdraw this role now"), error_messages={"required": _("Tick the box to withdraw the role.")}
    )
    why = forms.CharField(label=_("Reason for withdrawing it"), max_length=150)

    class Meta:
        model = RoleGrant
        fields: ClassVar[list[str]] = []

    def clean(self) -> Cleaned:
        data = super().clean()
        granting.refuse_withdrawal(grant=self.instance, by=self.by)
        return data
