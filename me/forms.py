"""Forms of a person's own pages."""

from typing import ClassVar, Unpack, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleRequest
from accounts.persons.consent_fields import TransferField
from accounts.persons.forms import PersonFields, WithReportFacts, state_choices
from network.models import MemberState
from records.form_fields import TextField
from records.template_context import Cleaned, Files, FormOptions, Posted


class ProfileForm(WithReportFacts):
    """One's own facts. Those that only reports count may be left out."""

    class Meta(WithReportFacts.Meta):
        help_texts: ClassVar[dict[str, object]] = PersonFields.Meta.help_texts | {
            "member_state": _("Its focal point sees your name, address, organisation, registrations and applications."),
        }


class PersonOfStateForm(PersonFields):
    """A person of an own state, with or without an address of their own."""

    agreed = forms.BooleanField(
        label=_("The person knows that these facts are kept here, and agrees"),
        error_messages={"required": _("Tell the person first, then tick this.")},
    )

    class Meta(PersonFields.Meta):
        fields: ClassVar[list[str]] = ["name", "native_name", "native_language", "email", *PersonFields.Meta.fields[3:]]
        labels: ClassVar[dict[str, object]] = PersonFields.Meta.labels | {
            "native_name": _("Name in their own script"),
            "email": _("E-mail address"),
        }
        help_texts: ClassVar[dict[str, object]] = PersonFields.Meta.help_texts | {
            "email": _("Leave it empty if they have none: their mail then comes to you."),
        }

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        states: frozenset[str],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        state = cast(forms.ModelChoiceField, self.fields["member_state"])
        state.queryset, state.required = state_choices().filter(code__in=states), True
        if len(states) == 1:
            state.initial, state.empty_label = next(iter(states)), None

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def _post_clean(self) -> None:
        """An address that is taken is refused without saying by whom: it may be somebody of another state."""
        super()._post_clean()  # type: ignore[misc]
        if self.has_error("__all__") and not self.has_error("email"):
            del self._errors["__all__"]  # type: ignore[attr-defined]
            self.add_error("email", _now("This address cannot be used here. Ask the secretariat if it is theirs."))


class RoleRequestForm(forms.Form):
    """What is asked for. A steward's site comes from the page of sites, and stands in the address."""

    role = forms.ChoiceField(
        label=_("Which role"),
        widget=forms.RadioSelect,
        choices=[(role, RoleRequest.Role(role).label) for role in ("focal_point", "trainer")],
    )
    member_state: "forms.ModelChoiceField[MemberState]" = forms.ModelChoiceField(
        label=_("Of which member state"),
        queryset=MemberState.objects.none(),
        required=False,
        empty_label=_("Choose one"),
        help_text=_("Only for a focal point."),
    )
    message = TextField(
        label=_("Who has named you, and for what"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by those who decide."),
    )

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, of_site: bool, **kwargs: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        state = cast(forms.ModelChoiceField, self.fields["member_state"])
        state.queryset = state_choices()
        if of_site:
            del self.fields["role"], self.fields["member_state"]

    def clean(self) -> Cleaned:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("role") == "focal_point"
            and not cleaned.get("member_state")
            and not self.has_error("member_state")
        ):
            self.add_error("member_state", _now("Choose the member state you answer for."))
        if cleaned.get("role") == "trainer":
            cleaned["member_state"] = None
        return cleaned


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[("grant", _("Grant")), ("refuse", _("Refuse"))],
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=150, help_text=_("Kept with the decision. Who is refused reads it."),
    )  # fmt: skip


class WithdrawalForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=150, help_text=_("Kept with the role."))


class ConsentForm(forms.Form):
    """Separate from everything else, and never ticked beforehand."""

    transfer = TransferField()


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Erase my account for good"),
        error_messages={"required": _("Tick this to erase the account.")},
    )
