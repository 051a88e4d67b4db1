"""The form for selected people: the questions of the training, the list of participants, the presentation."""

from collections.abc import Iterable
from typing import Unpack

from django import forms
from django.utils.translation import gettext_lazy as _

from records.template_context import Files, FormOptions, Posted

from ..models import Application
from ..workflow import follow_up
from ..workflow.questions import initial_of
from .forms import AnswersMixin

PRESENTATION = "presentation"


class FollowUpForm(AnswersMixin, forms.Form):
    may_be_listed = forms.BooleanField(
        label=_("My name, organisation and member state may stand on the list of participants"), required=False,
        help_text=_("Those who take part and agree themselves see the list. It can be taken back at any time."),
    )  # fmt: skip

    def __init__(
        self,
        data: Posted | None = None,
        files: Files | None = None,
        *,
        application: Application,
        held: Iterable[str],
        **kwargs: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **kwargs)
        held = list(held)
        listed = self.fields.pop("may_be_listed")
        questions = follow_up.questions_of(application.training)
        self.add_questions(questions, held=held, complete=True)
        if application.training.asks_presentation:
            self.fields[PRESENTATION] = forms.FileField(
                label=_("Your presentation"), required=False,
                help_text=_("PowerPoint, OpenDocument or PDF, up to 50 MB. It may be handed in later, and replaced."),
            )  # fmt: skip
        self.fields["may_be_listed"] = listed
        self.initial.update(initial_of(questions, application.follow_up), may_be_listed=bool(application.may_be_listed))
