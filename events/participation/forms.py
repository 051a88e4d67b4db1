"""Forms behind the personal address: a question in advance, the survey."""

from typing import Any, Final, Unpack

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from activities.models import Session
from records.template_context import Files, FormOptions, Keywords, Posted

from ..models import Event, Survey, SurveyQuestion

Kind = SurveyQuestion.Kind
YES_NO: Final = ((1, _("Yes")), (2, _("No")))
SCALE: Final = ((1, _("1 (lowest)")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 (highest)")))


class QuestionForm(forms.Form):
    """A question to the speakers of an event, with or without the name of who asks."""

    text = forms.CharField(label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))
    session: "forms.ModelChoiceField[Session]" = forms.ModelChoiceField(
        label=_("For which session?"), queryset=Session.objects.none(), required=False, empty_label=_("The whole event")
    )  # fmt: skip
    without_name = forms.BooleanField(
        label=_("Without my name"), required=False,
        help_text=_("Then nobody can tell that the question is yours, and you cannot find it here any more."),
    )  # fmt: skip

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, event: Event, **kwargs: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        sessions = event.sessions.all()
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        if not sessions:
            del self.fields["session"]


class SurveyForm(forms.Form):
    """The questions of a survey, wholly in the reader's language or wholly in English."""

    def __init__(
        self, data: Posted | None = None, files: Files | None = None, *, survey: Survey, **kwargs: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.questions = list(survey.questions.all())
        self.language = language_of(self.questions)
        for question in self.questions:
            self.fields[f"q{question.pk}"] = _field(question, self.language)

    def answers(self) -> dict[SurveyQuestion, Any]:
        return {question: self.cleaned_data.get(f"q{question.pk}") for question in self.questions}


def language_of(questions: list[SurveyQuestion]) -> str:
    """The reader's language, when every question exists in it; else English."""
    code = get_language() or "en"
    column = code.replace("-", "_")
    whole = all(
        getattr(one, f"label_{column}", "") and (not one.choices_en or getattr(one, f"choices_{column}", ""))  # type: ignore[attr-defined]
        for one in questions
    )
    return code if whole else "en"


def choices_of(question: SurveyQuestion, language: str) -> list[tuple[int, object]]:
    """The choices of a question with their numbers, as they are kept."""
    if question.kind == Kind.YES_NO:
        return list(YES_NO)
    if question.kind == Kind.SCALE:
        return list(SCALE)
    return list(enumerate(question.lines_in(language), 1))


def _field(question: SurveyQuestion, language: str) -> forms.Field:
    facts: Keywords = {"label": question.label_in(language), "required": question.required}
    if question.kind == Kind.TEXT:
        return forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **facts)
    choices = choices_of(question, language)
    if question.kind == Kind.MANY:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **facts)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **facts)
