"""Forms by which officers move, cancel and reopen an event or a training, and say why."""

from typing import Any, ClassVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.form_fields import ZoneField
from records.formats.partial_dates import Precision
from records.template_context import Cleaned, Files, Posted, RecordFormOptions

from ..timezones.wall_clock import WallClockField, WallClockForm
from .along import Follower
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
    along = forms.MultipleChoiceField(
        label=_("What moves along"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("By the same span. What you untick stays where it is."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=WHY)

    class Meta:
        fields = ("starts_at", "start_precision", "ends_at", "end_precision", "timezone")
        help_texts = {"start_precision": _("Only the month or the year is known? Then it counts as postponed.")}

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, **kwargs: Unpack[RecordFormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.before: Any = type(self.instance)._default_manager.get(pk=self.instance.pk)
        self._offer(self.moving(None))

    def moving(self, to: When | None) -> list[Follower]:
        """What moves along, told with its new times once these are known."""
        raise NotImplementedError

    def _offer(self, followers: list[Follower]) -> None:
        self.fields["along"].choices = [(one.name, str(one)) for one in followers]  # type: ignore[attr-defined]
        self.initial["along"] = [one.name for one in followers]
        if not followers:
            del self.fields["along"]

    @property
    def moves_along(self) -> list[str]:
        return list(self.cleaned_data.get("along") or ())

    @property
    def explanation(self) -> str:
        """What the move does beside the mails, with old and new times; shown before it is done."""
        moving = self.moving(self.when)
        chosen = [str(one) for one in moving if one.name in self.moves_along]
        staying = [one.label for one in moving if one.name not in self.moves_along]
        said = [_now("Moves along: %(what)s.") % {"what": "; ".join(chosen)}] if chosen else []
        return " ".join([*said, *([_now("Stays: %(what)s.") % {"what": ", ".join(staying)}] if staying else [])])

    def clean(self) -> Cleaned:
        data = super().clean()
        if data.get("ends_at") and not data.get("end_precision"):
            data["end_precision"] = data.get("start_precision") or Precision.MINUTE
        if not data.get("ends_at"):
            data["end_precision"] = ""
        if not self.errors:
            try:
                self.refuse()
            except ValidationError as refused:
                self.add_error("starts_at", refused)
            else:
                self._tell_new_times()
        return data

    def _tell_new_times(self) -> None:
        """Whoever comes back to the form reads beside each what it would become."""
        moving = {one.name: str(one) for one in self.moving(self.when)}
        if "along" in self.fields:
            offered: list[tuple[str, str]] = self.fields["along"].choices  # type: ignore[attr-defined]
            self.fields["along"].choices = [(name, moving.get(name, words)) for name, words in offered]  # type: ignore[attr-defined]

    def refuse(self) -> None:
        """ValidationError, told at the new start, when it cannot be moved there."""
        refuse_move(activity=self.before, to=self.when)

    @property
    def when(self) -> When:
        facts = self.cleaned_data
        return When(
            facts["starts_at"], facts["start_precision"], facts["ends_at"], facts["end_precision"], facts["timezone"]
        )


class ReasonForm(forms.Form):
    """Why something is cancelled or takes place after all."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=WHY)
