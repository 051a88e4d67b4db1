"""What a focal point says of an application, and does in the name of somebody who has no address."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.form_fields import TextField
from records.template_context import Cleaned

LONGEST: Final = 1000
OLD: Final = {"required": _("The page has become too old. Load it again."), "invalid": _("The page has become too old. Load it again.")}  # fmt: skip
BEHALF: Final[dict[str, Promise]] = {
    "confirm": _("Take the seat"),
    "decline": _("Decline the seat"),
    "withdraw": _("Withdraw the application"),
}


class SeenForm(forms.Form):
    """A form about an application as it was seen: its version goes along, and comes back renewed when it was another."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, error_messages=OLD)

    def see_anew(self, version: int) -> None:
        """What was typed stays; the version is the one that is shown now."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(version)  # type: ignore[index]


class EndorsementForm(SeenForm):
    decision = forms.ChoiceField(
        label=_("Your word"), widget=forms.RadioSelect,
        choices=[("endorse", _("Endorse")), ("refuse", _("Do not endorse"))],
        error_messages={"required": _("Choose whether you endorse the application.")},
    )  # fmt: skip
    reason = TextField(
        label=_("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If you endorse, only you and the secretariat read it. If you do not, it is needed, and the applicant reads it."),
    )  # fmt: skip

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "refuse" and not data.get("reason") and not self.has_error("reason"):
            self.add_error("reason", _now("Say why the application is not endorsed."))
        return data


class BehalfForm(SeenForm):
    """`acts` are offered; whatever else is asked for is left to the act to refuse, in words."""

    act = forms.ChoiceField(
        label=_("In the name of the person"), widget=forms.RadioSelect, choices=list(BEHALF.items()),
        error_messages={"required": _("Choose what you do.")},
    )  # fmt: skip
    reason = TextField(
        label=_("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the log. For a seat that is declined, or an application that is withdrawn."),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=_("The person knows this and wants it"),
        error_messages={"required": _("Ask the person first, then tick this.")},
    )  # fmt: skip

    def __init__(self, data: Any, *, acts: Iterable[str], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, auto_id="behalf_%s")
        offered = [(act, BEHALF[act]) for act in acts]
        if offered:
            widget = self.fields["act"].widget
            widget.choices = offered
