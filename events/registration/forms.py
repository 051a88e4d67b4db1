"""The form by which anybody registers for an event: at most eight fields, no account."""

from functools import cache
from typing import Final, Unpack

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, Person
from accounts.persons import consents
from accounts.persons.consent_fields import TransferField
from accounts.persons.mailboxes import is_same_name, is_unnamed
from network.models import MemberState
from records.form_fields import LongSelect
from records.formats.time_zones import time_words
from records.formats.typed_text import tidy_name
from records.guarded_forms import GuardedForm
from records.name_fields import AddressFormField, LatinNameFormField, NameFormField
from records.own_zone_field import OwnZoneField, settle, usual_zone
from records.rate_limits import spend
from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import Event, Registration
from ..places import capacity

HOUR: Final = 3600
OTHER_COUNTRY: Final = _("Another country")
PER_ADDRESS: Final = 3  # mails an hour to one address about one event
PER_HOST: Final = 300  # an hour: whole countries share few addresses


class RegisterForm(GuardedForm):
    """Who comes, from where and how. `host` is where the request came from; a known person finds the fields filled."""

    name = LatinNameFormField(
        label=_("Your name in Latin letters"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = AddressFormField(
        label=_("E-mail address"),
        help_text=_("A link to confirm your place is sent to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = NameFormField(
        label=_("Organisation or site"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    member_state: "forms.ModelChoiceField[MemberState]" = forms.ModelChoiceField(
        label=_("Member state"),
        queryset=MemberState.objects.none(),
        required=False,
        empty_label=OTHER_COUNTRY,
        widget=LongSelect(),
    )
    audience = forms.ChoiceField(
        label=_("You are"), choices=[("", _("Please choose")), *Registration.Audience.choices],
        help_text=_("The secretariat reports to its donors who takes part, in numbers only."), widget=LongSelect(),
    )  # fmt: skip
    presence = forms.ChoiceField(label=_("How do you take part?"), widget=forms.RadioSelect())
    time_zone = OwnZoneField(
        label=_("Your time zone"), help_text=_("Times in our mails to you are told on its clocks.")
    )
    agrees = forms.BooleanField(
        label=_("I have read how the portal treats what I write here."),
        error_messages={"required": _("Please read the notice and tick this box.")},
    )
    transfer = TransferField()

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        event: Event,
        person: Person | None,
        host: str,
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self._event, self._host, self._person = event, host, person
        states = MemberState.objects.published().order_by("name")
        self.fields["member_state"].queryset = states  # type: ignore[attr-defined]
        # Only when they are drawn, and only what is drawn: Django would read whole records through a cursor of the database.
        self.fields["member_state"].choices = cache(lambda: [("", OTHER_COUNTRY), *states.values_list("code", "name")])  # type: ignore[attr-defined]
        self._ask_whose(data)
        ways = capacity.presences_of(event)
        if len(ways) == 1:
            del self.fields["presence"]
        else:
            self.fields["presence"].choices = [(way, Registration.Presence(way).label) for way in ways]  # type: ignore[attr-defined]
            if person is None and not self._asks_for_time():
                del self.fields["time_zone"]  # it would be the ninth: it is asked beside the times of the page
        if person is not None:
            del self.fields["email"]  # a signed-in person registers with the address of the account
            if consents.holds(person=person, what=Consent.What.TRANSFER):
                del self.fields["transfer"]

    def _ask_whose(self, data: Posted | None) -> None:
        """Somebody signed in who types another name than the profile has is asked whether it is somebody else."""
        typed = tidy_name(str(data.get("name", ""))) if data else ""
        person = self._person
        if person is None or not typed or is_unnamed(person) or is_same_name(person, typed):
            return
        self.fields["whose"] = forms.ChoiceField(
            label=_now("Whose name is this? Your profile says “%(name)s”.") % {"name": person.name},
            choices=[
                ("other", _now("Somebody else who is reached through my mailbox: register them. My profile stays as it is.")),
                ("me", _now("Mine: write it into my profile.")),
            ],
            widget=forms.RadioSelect, error_messages={"required": _now("Say whether this is you or somebody else.")},
        )  # fmt: skip

    @staticmethod
    def initial_of(person: Person | None) -> dict[str, object]:
        """What a known person need not type again."""
        if person is None:
            return {}
        names = ("name", "organisation", "member_state", "time_zone")
        return {name: getattr(person, name) for name in names}

    def _asks_for_time(self) -> bool:
        """On a second look: the state that was named has several times, and nothing else tells which is meant."""
        state = self._state_named()
        return bool(state and not self.initial.get("time_zone") and not usual_zone(state.time_zones))

    def _state_named(self) -> MemberState | None:
        named = self.data.get(self.add_prefix("member_state"), "") if self.is_bound else ""
        return MemberState.objects.published().filter(pk=named).first() if named else None

    @property
    def zone(self) -> str:
        """On whose clocks mails tell times to somebody who is not asked."""
        return str(self.initial.get("time_zone") or "")

    @property
    def zone_told(self) -> str:
        return time_words(self.zone, timezone.now()) if self.zone else ""

    @property
    def way(self) -> str:
        return str(self.cleaned_data.get("presence") or capacity.presences_of(self._event)[0])

    def clean(self) -> Cleaned:
        cleaned = super().clean()
        state = cleaned.get("member_state")
        if "time_zone" in self.fields:
            settle(self, state.time_zones if state else (), state.name if state else "")
        else:
            usual = usual_zone(state.time_zones) if state else ""
            cleaned["time_zone"] = self.zone or usual or self._event.timezone
        cleaned["colleague"] = cleaned.get("whose") == "other"
        if not self.errors and not spend("register host", self._host, most=PER_HOST, seconds=HOUR):
            self.add_error(None, _now("Too many registrations came from here. Please try again in an hour."))
        return cleaned

    def may_send(self) -> bool:
        """Whether another mail may go to this address about this event. The page says the same either way."""
        key = f"{self._event.pk}:{self.cleaned_data['email'].casefold()}"
        return spend("register address", key, most=PER_ADDRESS, seconds=HOUR)
