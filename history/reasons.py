"""Why a record is changed: asked in its form, demanded for figures and status, kept with every change of the transaction."""

from typing import ClassVar, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

REASON: Final = "reason_for_change"
LONGEST: Final = 500


class WithReason(forms.ModelForm):
    """Mixed into the form of a record that exists; `asks_why` names the fields whose change needs a reason."""

    asks_why: ClassVar[tuple[str, ...]] = ()
    reason_for_change = forms.CharField(
        label=_("Reason for the change"), required=False, max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Kept in the history of the record. Needed where figures or the status change."),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        changed = [name for name in self.asks_why if name in self.changed_data]
        if changed and not data.get(REASON):
            labels = ", ".join(str(self.fields[name].label) for name in changed)
            message = _now("Say why this is changed: %(fields)s.") % {"fields": labels}
            self.add_error(REASON, forms.ValidationError(message, code="why"))
        return data


class RestoreForm(forms.Form):
    """The form in which a former value is restored."""

    reason = forms.CharField(
        label=_("Reason for the change"), max_length=LONGEST, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class BringBackForm(forms.Form):
    """The form in which a deleted record is brought back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, required=False, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
