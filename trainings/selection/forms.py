"""Forms of the selection desk."""

from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import ApplicationScore, SeatClass, Training
from .selecting import OF_A_CLASS, WITH_REASON, Choice, Decision

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
    """A decision about the applications that are ticked."""

    chosen = ChosenField(label=_("Applications"), error_messages={"required": _("Choose at least one application.")})
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
        help_text=_("For the log. Only where the committee does not endorse the applicant reads it too."),
    )  # fmt: skip

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
        if decision in OF_A_CLASS and not data.get("seat_class") and data.get("chosen"):
            data["seat_class"] = self._class_applied_for([one.pk for one in data["chosen"]])
        return data

    def _class_applied_for(self, chosen: list[int]) -> SeatClass | None:
        """The one class that all who are ticked stand in or have applied for; else the officer has to say which."""
        rows = self.training.applications.filter(pk__in=chosen).values_list("seat_class", "wanted_class")
        classes = {given or wanted for given, wanted in rows}
        if len(classes) == 1 and (only := classes.pop()):
            return SeatClass.objects.get(pk=only)
        self.add_error("seat_class", _now("They have applied for different classes, or for none: choose the class."))
        return None


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
