"""What the people of the states one answers for have applied for: the calls, one call, one application."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from records.listing.lists import RecordListView, page_number
from records.template_context import Context, Keywords
from trainings.applications import on_behalf
from trainings.applications.log import STATE_READS, log_of
from trainings.calls.answers import answered
from trainings.models import Application, Training
from trainings.workflow import progress
from trainings.workflow.conditions import refuse_endorser

from ..access import PeoplePage
from ..endorsing_forms import BehalfForm, EndorsementForm, SeenForm
from ..filters import BY_RANK, ApplicationFilterSet
from ..state_applications import calls_of

State = Application.State


class CallsOfStateView(PeoplePage, ListView):
    """The calls with applications of the own states; those that still wait for a word stand first."""

    template_name = "me/calls_of_state.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet:
        return calls_of(self.scope).order_by("-waiting", "-starts_at", "slug")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page_number(self.request)
        return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"now": timezone.now()}


class OfCall:
    """One call that is published."""

    kwargs: Keywords

    @cached_property
    def training(self) -> Training:
        return get_object_or_404(Training.objects.published(), slug=self.kwargs["slug"])


class OfStateView(OfCall, PeoplePage, RecordListView):
    """The applications of the own states for one training."""

    model = Application
    filterset_class = ApplicationFilterSet
    template_name = "me/applications_of_state.html"

    def get_queryset(self) -> QuerySet:
        found = self.training.applications.in_scope(self.scope)
        return found.select_related("person", "member_state", "seat_class", "wanted_class", "site").order_by(*BY_RANK)

    def get_context_data(self, **kwargs: object) -> Context:
        drafts = self.training.applications.drafts_for(self.scope).select_related("person").order_by("pk")
        return super().get_context_data(**kwargs) | {"training": self.training, "drafts": drafts}


class ApplicationOfStateView(OfCall, PeoplePage, TemplateView):
    """One application with all that concerns the focal point, who speaks for it here, or against it."""

    template_name = "me/application_of_state.html"

    @cached_property
    def application(self) -> Application:
        found = self.training.applications.in_scope(self.scope).select_related(
            "person__care_of", "member_state", "seat_class", "wanted_class", "site", "nominated_by"
        )
        one = get_object_or_404(found.prefetch_related("files"), reference=self.kwargs["reference"])
        one.training = self.training
        return one

    def may_write(self) -> bool:
        return self.application.member_state_id in self.scope.states

    def may_endorse(self) -> bool:
        if not self.may_write():
            return False
        try:
            refuse_endorser(application=self.application, by=self.user)
        except ValidationError:
            return False
        return True

    def endorsement(self, data: Any = None) -> EndorsementForm:
        other = {State.ENDORSED: "refuse", State.NOT_ENDORSED: "endorse"}.get(State(self.application.state))
        initial = {"seen": self.application.version, "decision": other}
        return EndorsementForm(data, initial=initial)

    def behalf(self, data: object = None) -> BehalfForm:
        acts = on_behalf.acts_for(self.application, timezone.now()) if self.may_write() else ()
        return BehalfForm(data, acts=acts, initial={"seen": self.application.version})

    def get_context_data(self, **kwargs: object) -> Context:
        one, now = self.application, timezone.now()
        return super().get_context_data(**kwargs) | {
            "application": one,
            "training": self.training,
            "pairs": answered(one),
            "log": log_of(one, reads=STATE_READS, reader=self.user),
            "is_own": one.person.user_id == self.user.pk,
            "in_care": on_behalf.is_in_care(one),
            "endorsement": kwargs.get("endorsement") or (self.endorsement() if self.may_endorse() else None),
            "behalf": kwargs.get("behalf")
            or (self.behalf() if self.may_write() and on_behalf.acts_for(one, now) else None),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        arrived = timezone.now()
        if not self.may_write():
            raise Http404("officers write in the admin")
        name = "behalf" if request.POST.get("do") == "behalf" else "endorsement"
        form: SeenForm = getattr(self, name)(request.POST)
        if form.is_valid():
            try:
                said = self._answer(form, arrived) if name == "behalf" else self._speak(form)
            except ValidationError as refused:
                form.add_error(None, refused.messages)
                self._look_again(form)
            else:
                messages.success(request, said)
                return redirect("me-application-of-state", **self.kwargs)
        return self.render_to_response(self.get_context_data(form=form, **{name: form}))

    def _look_again(self, form: SeenForm) -> None:
        """The page shows the application as it is now; what was typed stays, and can be sent for what is seen now."""
        del self.application
        form.see_anew(self.application.version)

    def _speak(self, form: SeenForm) -> str:
        said = form.cleaned_data
        facts = {"application": self.application, "by": self.user, "reason": said["reason"], "seen": said["seen"]}
        if said["decision"] == "endorse":
            progress.endorse(**facts)
            return _("Endorsed. The applicant gets a mail.")
        progress.refuse_endorsement(**facts)
        return _("Not endorsed. The applicant gets a mail with the reason.")

    def _answer(self, form: SeenForm, arrived: Any) -> str:
        said = form.cleaned_data
        moved = on_behalf.answer(
            application=self.application, act=said["act"], by=self.user, reason=said["reason"], at=arrived, seen=said["seen"]
        )  # fmt: skip
        return _("%(name)s: %(state)s.") % {"name": self.application.person.name, "state": moved.get_state_display()}
