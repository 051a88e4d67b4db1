"""The form by which up to ten people are registered at once: what holds for all of them, and a row for each.

Adding somebody and taking somebody away are submits like any other, which keep everything that was typed.
"""

from collections.abc import Mapping
from typing import Any, Final, Unpack

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.persons.mailboxes import alike
from network.models import MemberState
from records.form_fields import LongSelect, ZoneField
from records.guarded_forms import GuardedForm
from records.name_fields import AddressFormField, NameFormField
from records.rate_limits import spend
from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import Event, Registration
from ..places import capacity
from .forms import HOUR, OTHER_COUNTRY, PER_ADDRESS, PER_HOST
from .together import MOST, Newcomer

AT_FIRST: Final = 2


class PersonRow(forms.Form):
    """One of the people. Its errors name the person by number."""

    name = NameFormField(label=_("Name in Latin letters"), max_length=150)
    native_name = NameFormField(label=_("Name in their own script"), max_length=150, required=False)
    email = AddressFormField(label=_("E-mail address of their own"), required=False)
    audience = forms.ChoiceField(
        label=_("Takes part as"),
        choices=[("", _("Please choose")), *Registration.Audience.choices],
        widget=LongSelect(),
    )

    def __init__(self, number: int, data: Posted | None = None, *, only: bool, **kwargs: Any) -> None:
        super().__init__(data, prefix=f"p{number}", use_required_attribute=False, **kwargs)
        self.number = number
        missing = _now("Enter the name of person %(number)d.") if only else _now("Enter the name of person %(number)d, or take person %(number)d away.")  # fmt: skip
        self.fields["name"].error_messages["required"] = missing % {"number": number}
        self.fields["audience"].error_messages["required"] = _now("Say as what person %(number)d takes part.") % {"number": number}  # fmt: skip
        self.fields["email"].error_messages["invalid"] = _now("The address of person %(number)d is not complete.") % {"number": number}  # fmt: skip

    @property
    def anchor(self) -> str:
        return f"person-{self.number}"

    def newcomer(self) -> Newcomer:
        said = self.cleaned_data
        return Newcomer(said["name"], said["audience"], said["native_name"], said["email"].lower())


class TogetherForm(GuardedForm):
    """What holds for all of them, and `rows`."""

    email = AddressFormField(
        label=_("Your e-mail address"),
        help_text=_("You confirm for all of them. Nobody is registered before you press the button in the mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = NameFormField(label=_("Organisation or site of all"), max_length=200)
    member_state: "forms.ModelChoiceField[MemberState]" = forms.ModelChoiceField(
        label=_("Member state of all"), queryset=MemberState.objects.none(), required=False, empty_label=OTHER_COUNTRY,
        widget=LongSelect(),
    )  # fmt: skip
    presence = forms.ChoiceField(label=_("How do they take part?"), widget=forms.RadioSelect())
    time_zone = ZoneField(label=_("Time zone of all"), help_text=_("Times in the mails are told on its clocks."))
    agrees = forms.BooleanField(
        label=_("They know that I register them, and how the portal treats what I write here."),
        error_messages={"required": _("Tell them first, then tick this box.")},
    )

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, event: Event, person: Person | None, host: str,
        **kwargs: Unpack[FormOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        self._event, self._host = event, host
        states = MemberState.objects.published().order_by("name")
        self.fields["member_state"].queryset = states  # type: ignore[attr-defined]
        ways = capacity.presences_of(event)
        if len(ways) == 1:
            del self.fields["presence"]
        else:
            self.fields["presence"].choices = [(way, Registration.Presence(way).label) for way in ways]  # type: ignore[attr-defined]
        if person is not None:
            del self.fields["email"]
        typed = self.data or self.initial
        only = rows_of(typed) == 1
        self.rows = [
            PersonRow(number, data, only=only, initial=self._typed_row(number))
            for number in range(1, rows_of(typed) + 1)
        ]

    def _typed_row(self, number: int) -> dict[str, object]:
        names = ("name", "native_name", "email", "audience")
        return {name: self.initial.get(f"p{number}-{name}", "") for name in names}

    @property
    def about_all(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in ("website", "agrees")]

    @property
    def way(self) -> str:
        ways = capacity.presences_of(self._event)
        chosen = str((self.data or self.initial).get("presence", ""))
        return chosen if chosen in ways else ways[0]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each error with the place it leads to; of people, by their number."""
        found = [(self[name].id_for_label, f"{self[name].label}: {error}") for name, errors in self.errors.items() if name != "__all__" for error in errors]  # fmt: skip
        rows = [(row[name].id_for_label, str(error)) for row in self.rows for name, errors in row.errors.items() for error in errors]  # fmt: skip
        return [("", str(error)) for error in self.non_field_errors()] + found + rows

    def is_valid(self) -> bool:
        people = [row.is_valid() for row in self.rows]
        if all(people):
            self._refuse_doubles()
        return super().is_valid() and all(row.is_valid() for row in self.rows)

    def _refuse_doubles(self) -> None:
        """Two of one mailbox are told apart by their names."""
        typed = [row.newcomer() for row in self.rows]
        for index, (row, one) in enumerate(zip(self.rows, typed, strict=True)):
            for before, other in zip(self.rows[:index], typed, strict=False):
                same = one.email == other.email and alike(one.name, other.name)
                if same and alike(one.native_name, other.native_name) and not row.has_error("name"):
                    numbers = {"number": row.number, "before": before.number}
                    words = _now("Person %(number)d has the name of person %(before)d. Two who are called alike need names in their own script that differ.")  # fmt: skip
                    row.add_error("name", words % numbers)

    def clean(self) -> Cleaned:
        cleaned = super().clean()
        if not self.errors and not spend("register host", self._host, most=PER_HOST, seconds=HOUR):
            self.add_error(None, _now("Too many registrations came from here. Please try again in an hour."))
        return cleaned

    def may_send(self) -> bool:
        """Whether another mail may go to the address of who sends the form. The page says the same either way."""
        key = f"{self._event.pk}:{self.cleaned_data['email'].casefold()}"
        return spend("register address", key, most=PER_ADDRESS, seconds=HOUR)

    def refuse_addresses(self) -> bool:
        """Whether one of the people's own addresses had enough mails about this event; said at the person."""
        for row in self.rows:
            email = row.cleaned_data["email"].casefold()
            if email and not spend("register address", f"{self._event.pk}:{email}", most=PER_ADDRESS, seconds=HOUR):
                row.add_error("email", _now("Person %(number)d: several mails about this event went to this address. Please try again in an hour.") % {"number": row.number})  # fmt: skip
        return any(row.errors for row in self.rows)


def rows_of(typed: Mapping[str, Any]) -> int:
    """How many people the form has."""
    said = str(typed.get("people", AT_FIRST))
    return min(MOST, max(1, int(said))) if said.isdecimal() and len(said) < 4 else AT_FIRST


def without(typed: Mapping[str, Any], number: str) -> dict[str, Any]:
    """What was typed, without one of the people: those behind move up."""
    kept = {name: value for name, value in typed.items() if not name.startswith("p") or "-" not in name}
    people = rows_of(typed)
    rest = [one for one in range(1, people + 1) if str(one) != number or people == 1]
    for new, old in enumerate(rest, start=1):
        for name in ("name", "native_name", "email", "audience"):
            kept[f"p{new}-{name}"] = typed.get(f"p{old}-{name}", "")
    return kept | {"people": len(rest)}
