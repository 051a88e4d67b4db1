"""Forms by which officers move, cancel and reopen an event or a training, and say why."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from records.form_fields import ZoneField
from records.formats.partial_dates import Precision
from records.template_context import Cleaned

from ..timezones.wall_clock import WallClockField, WallClockForm
from .moves import When, refuse_move

WHY = _("Everybody concerned reads it in the mail, and visitors on the page.")


class MoveForm(WallClockForm):
    """Where to an event or training is moved: when it begins and ends now, on the clocks of which zone, and how much of it is known.

    A subclass names the model."""

    clocks: ClassVar[dict[str, str]] = {"starts_at": "timezone", "ends_at": "timezone"}
    known_by: ClassVar[dict[str, str]] = {"starts_at": "start_precision", "ends_at": "end_precision"}
    starts_at = WallClockField(label=_("New start"), help_text=_("On the clocks of the zone below."))
    ends_at = WallClockField(label=_("New end"), required=False, help_text=_("On the clocks of the zone below."))
    timezone = ZoneField(label=_("Time zone"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=WHY)

    class Meta:
        fields = ("starts_at", "start_precision", "ends_at", "end_precision", "timezone")
        help_texts = {"start_precision": _("Only the month or the year is known? Then it counts as postponed.")}

    def clean(self) -> Cleaned:
        data = super().clean()
        if data.get("ends_at") and not data.get("end_precision"):
            data["end_precision"] = data.get("start_precision") or Precision.MINUTE
        if not data.get("ends_at"):
            data["end_precision"] = ""
        if not self.errors:
            try:
                refuse_move(activity=type(self.instance)._default_manager.get(pk=self.instance.pk), to=self.when)
            except ValidationError as refused:
                self.add_error("starts_at", refused)
        return data

    @property
    def when(self) -> When:
        facts = self.cleaned_data
        return When(
            facts["starts_at"], facts["start_precision"], facts["ends_at"], facts["end_precision"], facts["timezone"]
        )


class ReasonForm(forms.Form):
    """Why something is cancelled or takes place after all."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=WHY)
