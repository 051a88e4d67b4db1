"""What a report is to cover."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event
from records.form_fields import LongSelect

from ..models import DonorReport, Training
from .coverage import Covers

COVERED: Final = ("training", "event", "fund_code", "result_code", "funder", "first_day", "last_day")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReportForm(forms.ModelForm):
    """One training, one event, or a fund, a funder and a period. Codes are chosen among those on record."""

    fund_code = forms.ChoiceField(label=_("Fund code"), required=False)
    result_code = forms.ChoiceField(label=_("Result code"), required=False)

    class Meta:
        model = DonorReport
        fields = ("title", *COVERED, "replaces", "note")
        widgets = {
            "training": LongSelect(),
            "event": LongSelect(),
            "funder": LongSelect(),
            "first_day": DayInput(),
            "last_day": DayInput(),
            "replaces": LongSelect(),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "training": _("With the webinars that were part of it."),
            "event": _("With its parts, if it is a series."),
            "first_day": _("Of the period in which an event or training began, on the clocks of its place."),
            "replaces": _("A frozen report stays as it is: a correction is a new one that says so."),
            "note": _("Stands in the report and cannot be changed later."),
        }
        error_messages = {
            "replaces": {"unique": _("That report has been corrected already: correct the latest one.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fund_code", "result_code"):
            self.fields[name].choices = [("", "---------"), *((code, code) for code in _codes(name))]  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = DonorReport.objects.filter(replaced_by=None).defer("figures")  # type: ignore[attr-defined]

    def covers(self) -> Covers:
        data = self.cleaned_data
        of_record = {f"{name}_id": data[name].pk if data[name] else None for name in ("training", "event", "funder")}
        return Covers(
            fund_code=data["fund_code"], result_code=data["result_code"], first_day=data["first_day"], last_day=data["last_day"],
            **of_record,
        )  # fmt: skip


def _codes(name: str) -> list[str]:
    """Those of all events and trainings."""
    held = [model._default_manager.exclude(**{name: ""}).values_list(name, flat=True) for model in (Event, Training)]
    return sorted({code for codes in held for code in codes})
