"""The form by which an officer corrects answers: the questions as they were asked, the class of seats, the site."""

from typing import Unpack

from django import forms
from django.utils.translation import gettext_lazy as _

from designated_sites.models import DesignatedSite
from records.form_fields import LongSelect
from records.template_context import Cleaned, Files, FormOptions, Posted

from ..models import Application, Question, SeatClass
from ..workflow import questions as engine


class CorrectionForm(forms.Form):
    """Answers that are missing may stay missing: what somebody else has forgotten cannot be asked of the officer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    wanted_class: "forms.ModelChoiceField[SeatClass]" = forms.ModelChoiceField(
        label=_("Class of seats applied for"), queryset=SeatClass.objects.none(), required=False
    )  # fmt: skip
    site: "forms.ModelChoiceField[DesignatedSite]" = forms.ModelChoiceField(
        label=_("The site the person works for"), queryset=DesignatedSite.objects.none(), required=False, widget=LongSelect()
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=500,
        help_text=_("Who has asked for it, and how: by telephone on 8 February. The applicant reads it."),
    )  # fmt: skip

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, application: Application,
        **kwargs: Unpack[FormOptions],
    ) -> None:  # fmt: skip
        super().__init__(data, files, **kwargs)
        self.questions = [one for one in engine.asked(application.training) if one.kind != Question.Kind.FILE]
        asked = engine.fields_of(self.questions)
        for field in asked.values():
            field.required = False
        self.fields["wanted_class"].queryset = application.training.seat_classes.all()  # type: ignore[attr-defined]
        self.fields["site"].queryset = DesignatedSite.objects.published().order_by("name", "slug")  # type: ignore[attr-defined]
        self.fields = {**asked, **self.fields}
        self.initial = {
            **engine.initial_of(self.questions, application.answers), "version": application.version,
            "wanted_class": application.wanted_class_id, "site": application.site_id,
        }  # fmt: skip

    def clean(self) -> Cleaned:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        self.answers = engine.answers_of(self.questions, cleaned)
        return cleaned
