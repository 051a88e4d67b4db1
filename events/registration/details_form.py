"""What the holder of a place's link may put right: name, address, clocks and language of this place."""

from typing import Final, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.persons.mailboxes import mailbox_of
from records.form_fields import ZoneField
from records.name_fields import AddressFormField, NameFormField
from records.template_context import Posted

from ..models import Registration

NAMES: Final = ("name", "native_name")


class DetailsForm(forms.Form):
    name = NameFormField(
        label=_("Name in Latin letters"), max_length=150, help_text=_("As it should stand on the certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    native_name = NameFormField(label=_("Name in your own script"), max_length=150, required=False)
    email = AddressFormField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("A new address is asked to confirm; until then mails go to the old one."),
    )  # fmt: skip
    time_zone = ZoneField(label=_("Your time zone"))
    language = forms.ChoiceField(label=_("Language of your mails"), choices=settings.LANGUAGES)

    def __init__(self, data: Posted | None = None, *, place: Registration) -> None:
        person = place.person
        initial = {
            "name": person.name, "native_name": person.native_name, "email": mailbox_of(person), "time_zone": place.reader_zone,
            "language": place.reader_language,
        }  # fmt: skip
        super().__init__(data, initial=initial, auto_id="details_%s")
        cast(ZoneField, self.fields["time_zone"]).admit(place.reader_zone)
        if person.user_id is not None:
            del self.fields["email"]
            self.fields["name"].help_text = _now("This is the name of an account: another name here is somebody else of the same mailbox.")  # fmt: skip

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
