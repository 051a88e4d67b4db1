"""What a report is to cover."""

from typing import Final, Unpack

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from events.models import Event
from records.form_fields import LongSelect
from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import DonorReport, Training
from .coverage import Covers

FUND: Final = ("fund_code", "result_code", "funder", "first_day", "last_day")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReportForm(forms.ModelForm):
    """One training, one event, or a fund, a funder and a period. Codes are chosen among those on record."""

    field_order = ("title", "training", "event", *FUND)
    training: "forms.ModelChoiceField[Training]" = forms.ModelChoiceField(
        Training.objects.all(), label=_("Training"), required=False, widget=LongSelect(),
        help_text=_("With the webinars that were part of it."),
    )  # fmt: skip
    event: "forms.ModelChoiceField[Event]" = forms.ModelChoiceField(
        Event.objects.all(), label=_("Event"), required=False, widget=LongSelect(),
        help_text=_("With its parts, if it is a series."),
    )  # fmt: skip
    fund_code = forms.ChoiceField(label=_("Fund code"), required=False)
    result_code = forms.ChoiceField(label=_("Result code"), required=False)

    class Meta:
        model = DonorReport
        fields = ("title", *FUND, "replaces", "note")
        widgets = {
            "funder": LongSelect(),
            "first_day": DayInput(),
            "last_day": DayInput(),
            "replaces": LongSelect(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "first_day": _("Of the period in which an event or training began, on the clocks of its place."),
            "replaces": _("A frozen report stays as it is: a correction is a new one that says so."),
            "note": _("Stands in the report and cannot be changed later."),
        }
        error_messages = {
            "replaces": {"unique": _("That report has been corrected already: correct the latest one.")},
        }

    def __init__(self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **kwargs)
        for name in ("fund_code", "result_code"):
            self.fields[name].choices = [("", "---------"), *((code, code) for code in _codes(name))]  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = DonorReport.objects.filter(replaced_by=None).defer("figures")  # type: ignore[attr-defined]

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        chosen = [one for one in (data.get("training"), data.get("event")) if one]
        self.instance.activity = chosen[0] if chosen else None
        if len(chosen) > 1:
            raise forms.ValidationError(_("Choose one training, one event, or a fund, a funder and a period."))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """What is covered is asked in two fields and kept in one, which counts in the constraints."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"activity"}

    def covers(self) -> Covers:
        data, funder = self.cleaned_data, self.cleaned_data["funder"]
        return Covers(
            activity_id=self.instance.activity_id, funder_id=funder.pk if funder else None, fund_code=data["fund_code"],
            result_code=data["result_code"], first_day=data["first_day"], last_day=data["last_day"],
        )  # fmt: skip


def _codes(name: str) -> list[str]:
    """Those of all events and trainings."""
    return sorted(set(Activity.objects.exclude(**{name: ""}).values_list(name, flat=True)))
