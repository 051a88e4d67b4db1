"""Forms by which officers put people on the list of an event, and write to some of them."""

import base64
from typing import Any, Final, Unpack

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activities.models import Session
from network.models import MemberState
from records.form_fields import LongSelect, TextField
from records.name_fields import AddressFormField, LatinNameFormField, NameFormField
from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import Event, Registration
from ..places import capacity
from ..registration.adding import Newcomer

SALT: Final = "events.people_sheet"
ONE_DAY: Final = 24 * 3600
MOST_BYTES: Final = 2 * 1024 * 1024


def _states() -> QuerySet[MemberState]:
    return MemberState.objects.order_by("name")


class AddPersonForm(forms.Form):
    """One person. Somebody whose address is known keeps what the records say of them."""

    email = AddressFormField(
        label=_("E-mail address"), required=False,
        help_text=_("Of somebody we know, the rest is taken from the records. Without an address no mail can go."),
    )  # fmt: skip
    name = LatinNameFormField(label=_("Name in Latin letters"), max_length=150)
    native_name = NameFormField(label=_("Name in the own script"), max_length=150, required=False)
    organisation = NameFormField(label=_("Organisation or site"), max_length=200, required=False)
    member_state: "forms.ModelChoiceField[MemberState]" = forms.ModelChoiceField(
        label=_("Member state"), queryset=MemberState.objects.none(), required=False, empty_label=_("Another country"),
        widget=LongSelect(),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES, initial="en")
    audience = forms.ChoiceField(
        label=_("Comes as"), choices=[("", "–"), *Registration.Audience.choices], required=False
    )
    presence = forms.ChoiceField(label=_("Takes part"), widget=forms.RadioSelect)
    came = forms.ModelMultipleChoiceField(
        label=_("Came without registering, and was there in"), queryset=Session.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Nobody is written to then."),
    )  # fmt: skip
    told = forms.BooleanField(label=_("The person knows that the portal keeps these data"))

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, event: Event, came: bool, **kwargs: Unpack[FormOptions]
    ) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["member_state"].queryset = _states()
        ways = capacity.presences_of(event)
        fields["presence"].choices = [(way, Registration.Presence(way).label) for way in ways]
        fields["presence"].initial = ways[0]
        fields["came"].queryset = event.sessions.all()
        if not came:
            del fields["came"]

    @property
    def newcomer(self) -> Newcomer:
        facts = {name: self.cleaned_data[name] for name in Newcomer.__dataclass_fields__}
        return Newcomer(**facts)


class PeopleSheetForm(forms.Form):
    """A file, or rows that were copied from a sheet; looked at first. Then it travels along, signed."""

    rows = TextField(
        label=_("Rows, copied from a sheet"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("The first row names the columns: name, email, organisation, state, audience, presence, language. Only the name is needed."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("CSV or XLSX, at most 2 MB and 500 people."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )  # fmt: skip
    told = forms.BooleanField(label=_("These people know that the portal keeps their data"))
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        upload = data.get("file")
        if isinstance(upload, UploadedFile):
            if (upload.size or 0) > MOST_BYTES:
                self.add_error("file", _now("The file is larger than 2 MB. Is it the list of people?"))
            else:
                data["content"] = upload.read()
        elif data.get("rows", "").strip():
            data["content"] = str(data["rows"]).encode()
        elif data.get("kept"):
            data["content"] = _unpacked(str(data["kept"]))
        elif not self.errors:
            self.add_error("rows", _now("Paste some rows, or choose a file."))
        return data


def packed(content: bytes) -> str:
    """A sheet for a hidden field: signed, so that what was looked at is what is taken."""
    return signing.dumps(base64.b64encode(content).decode(), salt=SALT, compress=True)


def _unpacked(kept: str) -> bytes:
    try:
        return base64.b64decode(signing.loads(kept, salt=SALT, max_age=ONE_DAY))
    except signing.BadSignature as error:
        raise forms.ValidationError(_now("The check is older than a day. Choose the file again.")) from error


class LetterForm(forms.Form):
    """A letter in the officer's own words."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = TextField(
        label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Title, time and the way to the event stand below it."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("In which language it is written"), choices=settings.LANGUAGES, initial="en",
        help_text=_("For readers of other languages the words around it are in English."),
    )  # fmt: skip
