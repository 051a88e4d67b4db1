"""Forms that anybody may send without an account: what keeps programs out, without a puzzle and without a script.

A field that people do not see must stay empty, and a signed time says when the form was drawn: not a moment ago, not
days ago. Who reads pages aloud hears what the field is for.
"""

from typing import Final

from django import forms
from django.core import signing
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .template_context import Cleaned

LEAST_SECONDS: Final = 2
MOST_SECONDS: Final = 24 * 3600
SIGNED: Final = "drawn"  # name of the hidden input; not a field, so that it is signed anew whenever the form is drawn


class GuardedForm(forms.Form):
    """Draw it with `_guarded_form.html`, which knows `fields_to_fill`, the honeypot and `signed_time`."""

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def fields_to_fill(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "website"]

    @property
    def signed_time(self) -> str:
        return _signer().sign(type(self).__name__)

    def clean_website(self) -> str:
        if value := self.cleaned_data["website"]:
            raise forms.ValidationError(_now("This field must stay empty. It keeps programs out."))
        return value

    def clean(self) -> Cleaned:
        signed = self.data.get(SIGNED, "")
        if not _younger_than(MOST_SECONDS, signed):
            self.add_error(
                None, _now("The page was open for a long time. Nothing is lost: please send the form again.")
            )
        elif _younger_than(LEAST_SECONDS, signed):
            self.add_error(None, _now("That was very quick. Please wait a moment and send the form again."))
        return super().clean() or self.cleaned_data


def _younger_than(seconds: int, signed: str) -> bool:
    """Whether a time was signed by us, less than so many seconds ago."""
    try:
        _signer().unsign(signed, max_age=seconds)
    except signing.BadSignature:
        return False
    return True


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="records.guarded_forms")
