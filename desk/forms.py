"""Forms that land on the officer's desk."""

from typing import Final, Unpack

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.models import MemberState
from records.guarded_forms import GuardedForm
from records.name_fields import AddressFormField, NameFormField
from records.rate_limits import spend
from records.template_context import Cleaned, Files, FormOptions, Posted

HOUR: Final = 3600
PER_ADDRESS: Final = 3  # an hour
PER_HOST: Final = 40  # an hour; a whole institute may share one


class OfferForm(GuardedForm):
    """Somebody asks the secretariat for something the office offers. `host` is where the request came from."""

    name = NameFormField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = AddressFormField(
        label=_("E-mail address"),
        help_text=_("The secretariat answers to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = NameFormField(
        label=_("Organisation or site"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    member_state: "forms.ModelChoiceField[MemberState]" = forms.ModelChoiceField(
        label=_("Member state"), queryset=MemberState.objects.none(), required=False, empty_label=_("Not stated")
    )
    message = forms.CharField(
        label=_("What do you need, for whom and by when?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, host: str, **kwargs: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self._host = host
        self.fields["member_state"].queryset = MemberState.objects.published().order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> Cleaned:
        cleaned = super().clean()
        if not self.errors and not self._allowed(cleaned["email"]):
            self.add_error(None, _now("Too many requests came from here. Please try again in an hour."))
        return cleaned

    def _allowed(self, email: str) -> bool:
        return spend("offer host", self._host, most=PER_HOST, seconds=HOUR) and spend(
            "offer address", email.casefold(), most=PER_ADDRESS, seconds=HOUR
        )
