"""A focal point nominates many at once, by a sheet that is looked at before anything is stored."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from activities.models.windows import window_of
from events.hub.people_forms import PeopleSheetForm, packed
from events.hub.people_sheet import People
from records.template_context import Context
from trainings.workflow.conditions import refuse_time

from .. import nominee_sheet
from ..access import StatesPage
from .applications import OfCall

TOLD: Final = 10  # rows that were left alone, named one by one


class NomineesView(OfCall, StatesPage, TemplateView):
    template_name = "me/nominees.html"
    form: PeopleSheetForm | None = None
    people: People | None = None

    def get_context_data(self, **kwargs: object) -> Context:
        form = self.form or PeopleSheetForm()
        form.fields["rows"].help_text = _("The first row names the columns: name, native name, email, organisation, state, language. Only the name is needed.")  # fmt: skip
        return super().get_context_data(**kwargs) | {
            "form": form, "training": self.training, "people": self.people, "window": window_of(self.training),
            "kept": packed(form.cleaned_data["content"]) if self.people else "",
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        arrived = timezone.now()
        form = self.form = PeopleSheetForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                refuse_time(self.training, arrived)
                people = nominee_sheet.read(form.cleaned_data["content"], self.user)
            except ValidationError as refused:
                form.add_error("file" if request.FILES else "rows", refused.messages)
            else:
                if "take" in request.POST and people.sound:
                    return self._take(people, arrived)
                self.people = people
        return self.render_to_response(self.get_context_data())

    def _take(self, people: People, arrived: Any) -> HttpResponse:
        done = nominee_sheet.take(
            training=self.training, people=people.sound, owner=self.own_person(), by=self.user, at=arrived
        )
        number = len(done.begun)
        words = ngettext(
            "%(n)d draft was begun. Answer its questions and send it: sending endorses it.",
            "%(n)d drafts were begun. Answer their questions and send each: sending endorses it.",
            number,
        )
        messages.success(self.request, words % {"n": number})
        for name, why in done.refused[:TOLD]:
            messages.warning(self.request, f"{name}: {why}")
        if (more := len(done.refused) - TOLD) > 0:
            text = ngettext("And %(n)d more was left alone.", "And %(n)d more were left alone.", more)
            messages.warning(self.request, text % {"n": more})
        return redirect("me-applications-of-state", self.training.slug)
