"""The follow-up form and the list of participants: behind the signed address, and in one's own pages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from activities.pages.views import head_of
from records.formats.date_formatting import on_clock
from records.template_context import Context, Files, Posted

from ..models import ApplicationFile
from ..workflow import follow_up
from ..workflow.conditions import TAKES_PART
from ..workflow.questions import name_of
from . import applying
from .follow_up_forms import PRESENTATION, FollowUpForm
from .pages import ApplicationPage, BySignedAddress

Purpose = ApplicationFile.Purpose


class FollowUpMixin(ApplicationPage):
    """Its questions, files and consent, for whoever has a confirmed seat."""

    @cached_property
    def files(self) -> list[ApplicationFile]:
        return list(self.application.files.exclude(purpose=Purpose.ANSWER))

    def form(self, data: Posted | None = None, files: Files | None = None) -> FollowUpForm:
        held = [one.code for one in self.files if one.purpose == Purpose.FOLLOW_UP]
        return FollowUpForm(data, files, application=self.application, held=held)

    def get_context_data(self, **kwargs: object) -> Context:
        if self.application.state not in TAKES_PART:
            raise Http404("only people with a confirmed seat are asked")
        training = self.application.training
        zone = self.application.person.own_zone or training.deadline_zone or training.timezone
        closes = training.follow_up_closes_at
        sent = kwargs.pop("form", None)
        form = sent if isinstance(sent, FollowUpForm) else self.form()
        presentations = [one for one in self.files if one.purpose == Purpose.PRESENTATION]
        return super().get_context_data(form=form, **kwargs) | head_of(training) | {  # type: ignore[misc]
            "application": self.application, "rows": form.rows(self.files), "presentations": presentations, "standing_url": self.standing_url(),
            "is_open": follow_up.is_open(self.application, self.arrived), "erased_on": follow_up.erased_on(training),
            "closes": on_clock(closes, training.deadline_zone or training.timezone) if closes else None,
            "closes_own": on_clock(closes, zone) if closes else None,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.application.state not in TAKES_PART:
            raise Http404("only people with a confirmed seat are asked")
        form = self.form(request.POST, request.FILES)
        form.is_valid()
        self._keep_files(form)
        if not form.errors:
            try:
                follow_up.save(
                    application=self.application, questions=form.questions, answers=form.answers, by=self.writer(),
                    may_be_listed=form.cleaned_data["may_be_listed"], at=self.arrived,
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused.messages)
        if form.errors:
            self.__dict__.pop("files", None)
            return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined]
        messages.success(request, _("Your answers are kept. You may change them until the form closes."))
        return redirect(self.standing_url())

    def _keep_files(self, form: FollowUpForm) -> None:
        """Files are kept even if something else in the form is wrong: nobody chooses them twice."""
        if not follow_up.is_open(self.application, self.arrived):
            return
        wanted = {int(one) for one in self.request.POST.getlist("detach") if one.isdecimal() and len(one) < 18}
        for one in self.files:
            if one.pk in wanted:
                applying.detach(application=self.application, pk=one.pk, by=self.writer())
        for code, upload in form.uploads.items():
            self._keep_file(form, name_of(code), Purpose.FOLLOW_UP, code, upload)
        presentation = form.cleaned_data.get(PRESENTATION)
        if isinstance(presentation, UploadedFile):
            self._keep_file(form, PRESENTATION, Purpose.PRESENTATION, "", presentation)

    def _keep_file(self, form: FollowUpForm, field: str, purpose: str, code: str, upload: UploadedFile) -> None:
        try:
            applying.attach(
                application=self.application, purpose=purpose, code=code, upload=upload, by=self.writer()
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(field, refused.messages)


class FollowUpView(BySignedAddress, FollowUpMixin, TemplateView):
    """For whoever holds the signed address: people without an account, and focal points in whose care their mail comes."""

    template_name = "trainings/follow_up.html"

    def standing_url(self) -> str:
        return reverse("training-application", kwargs=self.kwargs)
