"""The forms of a pair of records: which values are kept, or why they are two sites."""

from typing import Unpack

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from history.sentences import in_words
from records.template_context import Files, FormOptions, Posted

from .merging import FIRST, SECOND, Difference

LONGEST = 500
TEXT = forms.TextInput(attrs={"class": "vTextField"})


class MergeForm(forms.Form):
    """For each field in which the records differ, whose value is kept."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=TEXT)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        differences: list[Difference],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        for one in differences:
            choices = [
                (FIRST, format_lazy("{}: {}", _("The record that stays"), in_words(one.field, one.first))),
                (SECOND, format_lazy("{}: {}", _("The record that goes"), in_words(one.field, one.second))),
            ]
            self.fields[f"take-{one.field.name}"] = forms.ChoiceField(
                label=one.field.verbose_name, choices=choices, initial=one.proposed, widget=forms.RadioSelect
            )
        self.order_fields([name for name in self.fields if name not in ("reason", "seen")])

    @property
    def take(self) -> dict[str, str]:
        return {
            name.removeprefix("take-"): value for name, value in self.cleaned_data.items() if name.startswith("take-")
        }


class ApartForm(forms.Form):
    """Why two records are two sites."""

    prefix = "apart"
    reason = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=TEXT)
