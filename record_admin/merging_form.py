"""The form in which an officer says, for each field in which two records differ, whose value is kept."""

from typing import Unpack

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from history.sentences import in_words
from records.template_context import Files, FormOptions, Posted

from .merging import FIRST, SECOND, Difference


class TakeForm(forms.Form):
    """For each field in which the records differ, whose value is kept; what is asked besides comes after. What is not chosen
    follows the proposal: a record that was changed meanwhile is looked at again, whatever was chosen."""

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        differences: list[Difference],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        besides = list(self.fields)
        for one in differences:
            choices = [
                (FIRST, format_lazy("{}: {}", _("The record that stays"), in_words(one.field, one.first))),
                (SECOND, format_lazy("{}: {}", _("The record that goes"), in_words(one.field, one.second))),
            ]
            self.fields[f"take-{one.field.name}"] = forms.ChoiceField(
                label=one.field.verbose_name, choices=choices, initial=one.proposed, widget=forms.RadioSelect,
                required=False,
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name not in besides])

    @property
    def take(self) -> dict[str, str]:
        return {
            name.removeprefix("take-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("take-") and value
        }
