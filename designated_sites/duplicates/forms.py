"""The forms of a pair of records: which values are kept, or why they are two sites."""

from django import forms
from django.utils.translation import gettext_lazy as _

from record_admin.merging_form import TakeForm

LONGEST = 500
TEXT = forms.TextInput(attrs={"class": "vTextField"})


class MergeForm(TakeForm):
    """For each field in which the records differ, whose value is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=TEXT)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ApartForm(forms.Form):
    """Why two records are two sites."""

    prefix = "apart"
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=TEXT)
