"""Forms by which officers take out, correct and erase what is held about somebody."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from records.name_fields import AddressFormField, LatinNameFormField, NameFormField
from records.personal_data import Correction
from records.template_context import Cleaned


class Why(models.TextChoices):
    """Why an officer works on the data of somebody else: a code, since the audit list holds no words about people."""

    ASKED = "asked", _("The person has asked for it")
    BEHALF = "behalf", _("Somebody asked who may act for the person")
    WRONG = "wrong", _("It was written down by mistake")
    NEEDLESS = "needless", _("It is no longer needed")
    LAW = "law", _("An authority or a court has ordered it")


class FindForm(forms.Form):
    words = forms.CharField(
        label=_("E-mail address or name"), max_length=254, min_length=2,
        help_text=_("Of anybody: with an account, with a registration only, or named in a list."),
    )  # fmt: skip


class WhoseForm(forms.Form):
    """Whose data it is, and what was seen of it."""

    whose = forms.CharField(max_length=300, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Reason"), choices=[("", "–"), *Why.choices], help_text=_("Kept in the audit list.")
    )


class CorrectForm(WhoseForm):
    name = LatinNameFormField(label=_("Name in Latin letters"), max_length=150, required=False)
    native_name = NameFormField(label=_("Name in the own script"), max_length=150, required=False)
    email = AddressFormField(label=_("E-mail address"), required=False)

    @property
    def right(self) -> Correction:
        data = self.cleaned_data
        return Correction(data["name"] or None, data["native_name"] or None, data["email"].lower() or None)

    def clean(self) -> Cleaned:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("name", "native_name", "email")):
            raise forms.ValidationError(_now("Write what is right in one of the fields."))
        return data


class EraseForm(WhoseForm):
    """Asked twice: the second time with a tick."""

    also = forms.MultipleChoiceField(
        label=_("Take the name out here too"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        also: Any = self.fields["also"]
        also.choices = offered
        if not offered:
            also.widget = forms.MultipleHiddenInput()


class SureForm(EraseForm):
    sure = forms.BooleanField(label=_("Erase this for good"), error_messages={"required": _("Tick this to erase it.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"].widget = forms.MultipleHiddenInput()
        self.fields["why"].widget = forms.HiddenInput()
