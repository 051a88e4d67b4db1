"""What the pages have in common on which an application is written: whose it is, what is kept of each form that is sent.

What arrived before the deadline counts: its moment is taken when the request begins.
"""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accounts.models import Consent, Person, User
from accounts.persons import consents
from accounts.sign_in.claims import claim_person
from activities.pages.views import head_of
from activities.timezones.reader_zone import ReaderZoneMixin, reader_of
from network.models import MemberState
from records.printed_names import tell_of_missing_letters
from records.template_context import Keywords

from ..calls.answers import answered
from ..models import Application, ApplicationFile, Training
from ..workflow.conditions import refuse_time
from ..workflow.questions import asked, name_of
from . import applying
from .forms import CallFields, OwnApplicationForm

SHOWN_AFTER_SENDING = "me-application"


class WritingMixin(ReaderZoneMixin):
    """One application that is being written: whose, for which training, by whom. Subclasses say who the person is."""

    request: HttpRequest
    kwargs: Keywords

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.arrived = timezone.now()
        response = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    @cached_property
    def training(self) -> Training:
        found = Training.objects.published().prefetch_related("questions", "seat_classes__only_states")
        return get_object_or_404(found, slug=self.kwargs["slug"])

    @cached_property
    def writer(self) -> User:
        return cast(User, self.request.user)

    @cached_property
    def applicant(self) -> Person:
        return Person.objects.select_related("member_state").filter(user=self.writer).first() or claim_person(
            user=self.writer, email=self.writer.email
        )

    @cached_property
    def nominated_by(self) -> Person | None:
        return None

    @cached_property
    def application(self) -> Application | None:
        found = applying.own_application(training=self.training, person=self.applicant)
        if found is not None:
            found.training = self.training
            found.person = self.applicant
        return found

    @cached_property
    def files(self) -> list[ApplicationFile]:
        own = self.application.files.filter(purpose=ApplicationFile.Purpose.ANSWER) if self.application else []
        return list(own)

    @property
    def is_draft(self) -> bool:
        return self.application is not None and self.application.state == Application.State.DRAFT

    def write_url(self) -> str:
        return reverse("training-apply", args=[self.training.slug])

    def check_url(self) -> str:
        return reverse("training-apply-check", args=[self.training.slug])

    def sent_url(self, application: Application) -> str:
        return reverse(SHOWN_AFTER_SENDING, args=[application.reference])

    def refusal(self) -> str:
        """Why nothing can be sent at the moment this request arrived; empty when it can."""
        try:
            refuse_time(self.training, self.arrived)
        except ValidationError as refused:
            return " ".join(refused.messages)
        return ""

    def writing_context(self) -> dict[str, object]:
        reader = reader_of(self.request)
        return head_of(self.training) | self.zone_context(reader, self.training.starts_at) | {
            "application": self.application, "applicant": self.applicant, "files": self.files, "refusal": self.refusal(),
            "nominating": self.nominated_by is not None, "write_url": self.write_url(), "check_url": self.check_url(),
        }  # fmt: skip


class WriteMixin(WritingMixin):
    """The page to write. A draft is kept whenever the form is sent, complete or not; errors keep what was typed."""

    form_class: Any = OwnApplicationForm

    def form(self, request: HttpRequest, *, complete: bool) -> CallFields:
        bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        facts = {
            "training": self.training, "application": self.application, "complete": complete,
            "held": [one.code for one in self.files if one.pk not in self._taken_back()],
        }  # fmt: skip
        initial = {"transfer": consents.holds(person=self.applicant, what=Consent.What.TRANSFER)}
        person = Person.objects.select_related("member_state").get(pk=self.applicant.pk)
        form: CallFields = self.form_class(*bound, instance=person, initial=initial, facts=facts)
        return form

    def may_show_form(self) -> bool:
        return self.is_draft or (self.application is None and not self.refusal())

    def page(self, form: CallFields | None, **more: Any) -> HttpResponse:
        rows = form.rows(self.files) if form else []
        context = self.get_context_data(form=form, rows=rows, **more)  # type: ignore[attr-defined]
        return self.render_to_response(context)  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.page(self.form(request, complete=False) if self.may_show_form() else None)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        do = request.POST.get("do", "check")
        if self.application is not None and not self.is_draft:
            return redirect(self.write_url())
        form = self.form(request, complete=do == "check")
        form.is_valid()
        try:
            kept = self._keep(form)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.page(form, differing=self._differing(form))
        if form.errors:
            return self.page(form, kept=kept)
        tell_of_missing_letters(request, form.cleaned_data)
        return self._after(do)

    def _after(self, do: str) -> HttpResponse:
        application = cast(Application, self.application)
        if why := self.refusal():
            messages.warning(self.request, why)
            return redirect(self.write_url())
        if do == "check":
            return redirect(self.check_url())
        words = _("Your draft %(reference)s is kept. It is not sent yet.") % {"reference": application.reference}
        messages.success(self.request, words)
        return redirect(self.write_url())

    def _keep(self, form: CallFields) -> bool:
        """Keeps what is right in the form, files too. False when not even a draft can be kept: no name or no state."""
        if any(name in form.errors for name in form.needed):
            return False
        self._keep_person(form)
        if self.application is None:
            state = form.cleaned_data.get("member_state") or self.applicant.member_state
            self.application = applying.begin(
                training=self.training, person=self.applicant, by=self.writer, member_state_id=cast(MemberState, state).pk,
                nominated_by=self.nominated_by, at=self.arrived,
            )  # fmt: skip
            seen = self.application.version
        else:
            posted = self.request.POST.get("seen", "")
            seen = int(posted) if posted.isdecimal() and len(posted) < 9 else -1
        answers = form.answers | {
            code: value for code, value in self.application.answers.items() if name_of(code) in form.errors
        }
        applying.save_draft(
            application=self.application, by=self.writer, answers=answers, questions=asked(self.training),
            facts=form.application_facts(), seen=seen,
        )  # fmt: skip
        self._keep_files(form)
        self._keep_consent(form)
        self._look_again()
        return True

    def _keep_person(self, form: CallFields) -> None:
        if changed := form.changed_person_fields():
            form.instance.save(update_fields=changed)
            self.applicant = form.instance

    def _keep_files(self, form: CallFields) -> None:
        for pk in self._taken_back():
            applying.detach(application=cast(Application, self.application), pk=pk, by=self.writer)
        for code, upload in form.uploads.items():
            try:
                applying.attach(
                    application=cast(Application, self.application), purpose=ApplicationFile.Purpose.ANSWER, code=code,
                    upload=upload, by=self.writer,
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(name_of(code), refused.messages)

    def _taken_back(self) -> set[int]:
        """Files that the writer wants to be removed."""
        wanted = {int(one) for one in self.request.POST.getlist("detach") if one.isdecimal() and len(one) < 18}
        return wanted & {one.pk for one in self.files}

    def _keep_consent(self, form: CallFields) -> None:
        what = Consent.What.TRANSFER
        if form.cleaned_data.get("transfer"):
            how = Consent.How.TOLD if self.nominated_by else Consent.How.FORM
            consents.give(person=self.applicant, what=what, how=how, by=self.writer if self.nominated_by else None)
        else:
            consents.withdraw(person=self.applicant, what=what)

        if self.nominated_by and form.cleaned_data.get("told"):
            notice = Consent.What.NOTICE
            consents.give(person=self.applicant, what=notice, how=Consent.How.TOLD, by=self.writer)

    def _look_again(self) -> None:
        for name in ("application", "files"):
            self.__dict__.pop(name, None)

    def _differing(self, form: CallFields) -> list[object]:
        """What somebody else has written meanwhile, where it differs from what was typed."""
        self._look_again()
        if self.application is None:
            return []
        now = self.application.answers
        return [
            pair for pair in answered(self.application)
            if pair.still_asked and not pair.file and now.get(pair.code) != form.answers.get(pair.code)
        ]  # fmt: skip
