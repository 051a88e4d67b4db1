"""The form in which a former value is restored."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .reasons import LONGEST


class RestoreForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for the change"), max_length=LONGEST, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
