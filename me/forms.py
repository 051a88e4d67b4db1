"""Forms of a person's own pages."""

from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.consent_fields import TransferField
from accounts.models import Person, RoleRequest
from directory import countries
from directory.form_fields import TextField, ZoneField
from directory.vocabulary import Language
from network.models import MemberState

YOUNGEST: Final = 10  # years; a typing error in the year of birth is likelier than a younger participant


def _state_choices() -> Any:
    return MemberState.objects.published().order_by("name")


class PersonFields(forms.ModelForm):
    """Facts about a person that are written on a page, by themselves or by their focal point."""

    native_language = forms.ChoiceField(
        label=_("Language of that name"), choices=[("", "–"), *Language.choices], required=False
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    time_zone = ZoneField(label=_("Time zone"))

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["name", "native_name", "native_language", "organisation", "position", "member_state", "language", "time_zone"]  # fmt: skip
        labels: ClassVar[dict[str, Any]] = {
            "name": _("Name in Latin letters"),
            "native_name": _("Name in your own script"),
            "organisation": _("Organisation"),
            "position": _("Role or position"),
            "member_state": _("Member state"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As it should stand on certificates and lists of participants."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone: Any = self.fields["time_zone"]
        zone.admit(self.instance.time_zone)
        state: Any = self.fields["member_state"]
        state.queryset, state.empty_label = _state_choices(), _("None of them")
        for name, kept in (("name", "name"), ("organisation", "organization"), ("position", "organization-title")):
            self.fields[name].widget.attrs["autocomplete"] = kept


class ProfileForm(PersonFields):
    """One's own facts. Those that only reports count may be left out, each with the reason why it is asked."""

    nationality = forms.ChoiceField(
        label=_("Nationality"),
        required=False,
        help_text=_("Reports say from how many countries people came."),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=1900,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        help_text=_("Reports count young people, from 18 to 35. Leave it empty if you prefer not to say."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=Person.Sex.choices,
        widget=forms.RadioSelect,
        help_text=_("Reports to those who pay for trainings count women and men."),
    )

    class Meta(PersonFields.Meta):
        fields: ClassVar[list[str]] = [*PersonFields.Meta.fields, "sex", "birth_year", "nationality"]
        help_texts: ClassVar[dict[str, Any]] = PersonFields.Meta.help_texts | {
            "member_state": _("Its focal point sees your name, organisation and registrations."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {state.code: state.name for state in _state_choices()} | dict(countries.NAMES)
        held = self.instance.nationality
        known = names if not held or held in names else {held: held, **names}
        field: Any = self.fields["nationality"]
        field.choices = [("", _("Prefer not to say")), *sorted(known.items(), key=lambda entry: str(entry[1]))]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.now().year - YOUNGEST:
            raise forms.ValidationError(_now("Give the year in which you were born, in four digits."))
        return year


class PersonOfStateForm(PersonFields):
    """A person of an own state, with or without an address of their own."""

    agreed = forms.BooleanField(
        label=_("The person knows that these facts are kept here, and agrees"),
        error_messages={"required": _("Tell the person first, then tick this.")},
    )

    class Meta(PersonFields.Meta):
        fields: ClassVar[list[str]] = ["name", "native_name", "native_language", "email", *PersonFields.Meta.fields[3:]]
        labels: ClassVar[dict[str, Any]] = PersonFields.Meta.labels | {
            "native_name": _("Name in their own script"),
            "email": _("E-mail address"),
        }
        help_texts: ClassVar[dict[str, Any]] = PersonFields.Meta.help_texts | {
            "email": _("Leave it empty if they have none: their mail then comes to you."),
        }

    def __init__(self, *args: Any, states: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["member_state"]
        state.queryset, state.required = _state_choices().filter(code__in=states), True
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

    def __init__(self, *args: Any, of_site: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["member_state"]
        state.queryset = _state_choices()
        if of_site:
            del self.fields["role"], self.fields["member_state"]

    def clean(self) -> dict[str, Any]:
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
