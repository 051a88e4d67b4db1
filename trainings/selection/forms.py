"""Forms of the selection desk."""

from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import ApplicationScore, SeatClass, Training
from .choices import Choice
from .selecting import WITH_REASON, Decision

MOST_AT_ONCE = 200


class ChosenField(forms.Field):
    """Ticked applications, each as its key and the version that was shown."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[Choice]:
        try:
            chosen = [Choice.parse(one) for one in value or []]
        except ValueError:
            raise ValidationError(_now("The page has become too old. Load it again."), code="invalid") from None
        if len(chosen) > MOST_AT_ONCE:
            raise ValidationError(
                _now("Decide on %(most)d applications at most at a time."), params={"most": MOST_AT_ONCE}
            )
        return chosen


class DecisionForm(forms.Form):
    """A decision about the applications that are ticked, or about all that the filter finds: as many as were seen to match."""

    chosen = ChosenField(label=_("Applications"), required=False)
    everybody = forms.BooleanField(required=False, widget=forms.HiddenInput)
    matched = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("", _("Please choose")), *Decision.choices],
        error_messages={"required": _("Choose what you decide.")},
    )  # fmt: skip
    seat_class: "forms.ModelChoiceField[SeatClass]" = forms.ModelChoiceField(
        label=_("Class of seats"), queryset=SeatClass.objects.none(), required=False,
        empty_label=_("The class applied for"),
        help_text=_("For a seat or the reserve list."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000,
        help_text=_("For the log. The applicant reads it only if you say so, or where the committee does not endorse."),
    )  # fmt: skip
    person_reads = forms.BooleanField(label=_("The applicant may read the reason"), required=False)

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        training: Training,
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.training = training
        self.fields["seat_class"].queryset = training.seat_classes.all()  # type: ignore[attr-defined]

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        decision = data.get("decision")
        if decision in WITH_REASON and not data.get("reason"):
            self.add_error("reason", _now("Say by whom and when the committee has said so."))
        if not data.get("chosen") and not data.get("everybody") and "chosen" not in self.errors:
            self.add_error("chosen", _now("Choose at least one application."))
        return data


class ScoreForm(forms.ModelForm):
    """The officer's own points; empty takes them away."""

    points = forms.TypedChoiceField(
        label=_("Your points"), required=False, coerce=int, empty_value=None,
        choices=[("", _("None")), *((number, str(number)) for number in range(1, 6))],
        help_text=_("From 1 (weak) to 5 (excellent)."),
    )  # fmt: skip

    class Meta:
        model = ApplicationScore
        fields = ("points", "note")
