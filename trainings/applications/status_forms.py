"""What a person does about the own application."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from records.form_fields import TextField

ACTS: Final = ("confirm", "decline", "take-back", "withdraw")
UNKNOWN: Final = _("Choose one of the things that can be done on this page.")


class ActForm(forms.Form):
    """An act by its name, and for what gives a seat or an application up an optional reason. `sure`: asked twice."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in ACTS], widget=forms.HiddenInput, error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )  # fmt: skip
    reason = TextField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your focal point and the secretariat read it."),
    )  # fmt: skip
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
