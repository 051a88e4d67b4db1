"""One application in the officers' workspace: everything that weighs, and the decision while it is read."""

from typing import Any, ClassVar, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import User
from record_admin.workspace.pages import HubPage
from record_admin.workspace.parts import home_of
from records.template_context import Context

from ..models import Application, Training
from ..selection import holding, scoring, selecting
from ..selection.choices import Choice
from ..selection.forms import ScoreForm
from ..selection.neighbours import Neighbours, neighbours
from ..workflow import held
from ..workflow.transitions import State
from .application_acts import acts_for
from .application_choices import ApplicationDecisionForm, what_it_does
from .application_facts import facts_of

THEN: Final = "selection.then"  # the session keeps which of the two buttons was pressed last
NEXT, STAY = "next", "stay"


class OneApplication(HubPage, TemplateView):
    """A page about one application, in the hub of its training and in the list it was opened from."""

    part: ClassVar[str] = "applications"

    @cached_property
    def application(self) -> Application:
        found = Application.objects.select_related(
            "training", "person__member_state", "person__care_of", "person__user", "member_state", "seat_class", "wanted_class",
            "site", "nominated_by",
        )  # fmt: skip
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def record(self) -> Any:
        return self.application.training

    @cached_property
    def officer(self) -> User:
        return cast(User, self.request.user)

    @property
    def may_decide(self) -> bool:
        return self.officer.has_perm("trainings.change_training")

    def refuse_strangers(self) -> None:
        if not self.owner.has_view_permission(self.request, self.application):
            raise PermissionDenied

    @cached_property
    def neighbours(self) -> Neighbours:
        return neighbours(self.record, self.application.pk, cast(QueryDict, self.request.GET))

    def address_of(self, pk: int | None) -> str:
        """Of another application in the same list; of the list itself where there is none."""
        query = self.neighbours.query
        if pk is None:
            return reverse("admin:trainings_training_selection", args=[self.record.pk]) + query
        return reverse("admin:trainings_application_change", args=[pk]) + query

    @property
    def own_address(self) -> str:
        return self.address_of(self.application.pk)

    def page_title(self) -> str:
        return f"{self.application.reference}, {self.application.person.name}"

    def crumbs(self) -> list[tuple[str, str]]:
        training = cast(Training, self.record)
        return [
            (training.title, home_of(training)),
            (_("Selection"), self.address_of(None)),
        ]  # fmt: skip

    def get_context_data(self, **kwargs: object) -> Context:
        place = self.neighbours
        return super().get_context_data(**kwargs) | {
            "application": self.application, "training": self.record, "place": place, "list_address": self.address_of(None),
            "before_address": self.address_of(place.before) if place.before else "",
            "after_address": self.address_of(place.after) if place.after else "",
            "own_address": self.own_address, "query": place.query,
        }  # fmt: skip


class ApplicationView(OneApplication):
    template_name = "admin/trainings/application.html"
    decision_form: ApplicationDecisionForm | None = None
    score_form: ScoreForm | None = None

    def get_context_data(self, **kwargs: object) -> Context:
        one = self.application
        shown = super().get_context_data(**kwargs) | facts_of(one)
        own = next((score for score in shown["scores"] if score.officer_id == self.officer.pk), None)
        decision = shown["held"]
        form = self.decision_form or ApplicationDecisionForm(application=one, decision=decision)
        return shown | {
            "may_decide": self.may_decide, "is_draft": one.state == State.DRAFT, "acts": acts_for(one), "decision": form, "does": what_it_does(one, decision) if self.may_decide else [],
            "score_form": self.score_form or ScoreForm(instance=own), "stays": self.request.session.get(THEN) == STAY,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.may_decide:
            raise PermissionDenied
        if "score" in request.POST:
            return self._score()
        form = self.decision_form = ApplicationDecisionForm(
            request.POST, application=self.application, decision=held.held_decision(self.application)
        )
        if form.is_valid():
            after = self.neighbours.after  # as the list is now: the decision may take this one out of it
            try:
                words = self._decide(form)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, words)
                then = request.session[THEN] = STAY if request.POST.get("then") == STAY else NEXT
                return redirect(self.own_address if then == STAY else self.address_of(after))
        return self.render_to_response(self.get_context_data())

    def _decide(self, form: ApplicationDecisionForm) -> str:
        data, training = form.cleaned_data, Training(pk=self.record.pk)
        decision, seat_class = data["choice"]
        chosen = [Choice.parse(data["seen"])]
        if decision in selecting.HELD:
            holding.hold(
                training=training, to=selecting.HELD[decision], chosen=chosen, by=self.officer, seat_class=seat_class,
                reason=data["reason"], person_reads=data["person_reads"],
            )  # fmt: skip
            told = _("Held: nobody is told before you let the mails go.")
        else:
            selecting.decide(
                training=training, decision=decision, chosen=chosen, by=self.officer, reason=data["reason"]
            )  # fmt: skip
            told = _("Nobody is told.")
        said = {"name": self.application.person.name, "what": selecting.Decision(decision).label, "told": told}
        return _("%(name)s: %(what)s. %(told)s") % said

    def _score(self) -> HttpResponse:
        form = self.score_form = ScoreForm(self.request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                scoring.score(
                    application=self.application, officer=self.officer, points=data["points"], note=data["note"]
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                messages.success(self.request, _("Your points are kept."))
                return redirect(f"{self.own_address}#scores")
        return self.render_to_response(self.get_context_data())
