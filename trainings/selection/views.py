"""The selection of a training in the officers' workspace: applicants, seats, balance, decisions that are held."""

from typing import ClassVar, Final, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import User
from notifications.admin.mass import before_doing, goes_back
from notifications.models import Mailing
from record_admin.listing.addresses import OUT_OF
from record_admin.listing.kept_lists import KeptList
from record_admin.workspace.pages import HubPage
from records.listing.lists import ORDER, RecordListView, without
from records.listing.lists import PAGE as PAGE_NUMBER
from records.template_context import Context, Keywords, Label

from ..models import Application, Training
from ..workflow import seats
from . import holding, letting_go, selecting
from .balance import balance_of, side_facts
from .choices import Choice
from .deadlines import deadline_words
from .filters import ApplicantFilterSet, for_the_desk, views_of
from .forms import DecisionForm
from .neighbours import applicants, kept

PAGE: Final = 50
MOST_AT_ONCE: Final = 1000
Decision = selecting.Decision


class SelectionView(KeptList, HubPage, RecordListView):
    """Who has applied, with what weighs. A decision is held; one that is told at once shows first who gets which mail."""

    part = "selection"
    model = Application
    filterset_class = ApplicantFilterSet
    template_name = "admin/trainings/selection.html"
    paginate_by = PAGE
    columns: ClassVar[dict[str, Label]] = {
        "member_state": _lazy("Member state"),
        "person": _lazy("Sex, born"),
        "score": _lazy("Mean (scores)"),
        "endorsed": _lazy("Endorsed"),
        "seat": _lazy("Seat"),
        "decision": _lazy("Decision"),
        "site": _lazy("Site"),
        "organisation": _lazy("Organisation"),
        "position": _lazy("Position"),
        "sent": _lazy("Sent"),
    }
    columns_at_first = ("member_state", "person", "score", "endorsed", "seat", "decision")
    decision_form: DecisionForm | None = None

    @property
    def list_label(self) -> str:
        """Of one training: classes of seats and states are asked for by what it has."""
        return f"trainings.selection.{self.record.pk}"

    @property
    def training(self) -> Training:
        return cast(Training, self.record)

    def get_queryset(self) -> QuerySet:
        return for_the_desk(self.training)

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        return super().get_filterset_kwargs(filterset_class) | {"training": self.training}

    def page_title(self) -> str:
        return _("Selection: %(training)s") % {"training": self.training}

    def get_context_data(self, **kwargs: object) -> Context:
        training, standing = self.training, seats.seat_counts(self.training)
        parts = balance_of(training, standing)
        waiting = letting_go.counts(training)
        context = super().get_context_data(**kwargs)
        for one in context["page_obj"]:
            one.as_chosen = str(Choice(one.pk, one.version, one.held_id or 0))
        return context | {
            "training": training,
            "deadline": deadline_words(training),
            "classes": [(one, standing.classes[one.pk]) for one in training.seat_classes.all()],
            "by_state": parts[0], "parts_of_balance": parts[1:], "side_facts": side_facts(parts),
            "decision": self.decision_form or DecisionForm(training=training),
            "ticked": set(self.request.POST.getlist("chosen")),
            "on_reserve_lists": training.applications.filter(state=Application.State.RESERVE_LIST).exists(),
            "held": waiting, "held_together": sum(waiting.values()),
            "views": views_of(training, without(self.request.GET, PAGE_NUMBER, ORDER, OUT_OF).urlencode()),
            "query": kept(self.request.GET),
            "more": [(one.value, one.label) for one in Decision if one not in selecting.HELD],
        }  # fmt: skip

    @cached_property
    def officer(self) -> User:
        return cast(User, self.request.user)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if self.is_kept(request):
            return self.keep(request)
        form = self.decision_form = DecisionForm(request.POST, training=self.training)
        if form.is_valid() and not goes_back(request):
            try:
                return self._decided(form)
            except ValidationError as refused:
                form.add_error(None, refused)
        return self.get(request, *args, **kwargs)

    def _decided(self, form: DecisionForm) -> HttpResponse:
        """Done at once where only the office sees it; after a look where mails go out, or all that match are meant."""
        facts = form.cleaned_data
        decision, everybody = facts["decision"], facts["everybody"]
        if decision in selecting.TOLD and decision not in selecting.HELD:
            return self._after_a_look(form, _("Decide and tell them"))
        if everybody:
            button = ngettext(
                "Decide about %(n)d application", "Decide about %(n)d applications", facts["matched"] or 0
            )
            return self._after_a_look(form, button % {"n": facts["matched"] or 0})
        count = self._do(facts, self._chosen(facts))
        self._say(decision, count)
        return redirect(self.request.get_full_path())

    def _after_a_look(self, form: DecisionForm, button: str) -> HttpResponse:
        facts = form.cleaned_data
        chosen = self._chosen(facts)

        def act() -> Mailing | None:
            if facts["decision"] in selecting.HELD:
                self._do(facts, chosen)
                return None
            return selecting.decide(
                training=Training(pk=self.training.pk), by=self.officer, decision=facts["decision"], chosen=chosen,
                reason=facts["reason"],
            )  # fmt: skip

        return before_doing(
            self.owner, self.request, form=form, then=self.request.get_full_path(), zone=self.training.timezone,
            title=f"{Decision(facts['decision']).label}: {self.training}", button=button,
            explanation=self._explained(facts["decision"], chosen), act=act,
        )  # fmt: skip

    def _chosen(self, facts: Context) -> list[Choice]:
        """Those that are ticked, as they were seen; or all that the filter of the address finds now: as many as were seen."""
        if not facts["everybody"]:
            return list(facts["chosen"])
        found = applicants(self.training, cast(QueryDict, self.request.GET))
        chosen = [Choice(pk, version, held or 0) for pk, version, held in found.values_list("pk", "version", "held_id")]
        if len(chosen) != facts["matched"]:
            raise ValidationError(
                _("The filter finds %(now)d applications now, not %(seen)d. Look again, then decide."),
                params={"now": len(chosen), "seen": facts["matched"] or 0}, code="stale",
            )  # fmt: skip
        if len(chosen) > MOST_AT_ONCE:
            raise ValidationError(
                _("Decide on %(most)d applications at most at a time."), params={"most": MOST_AT_ONCE}
            )
        return chosen

    def _do(self, facts: Context, chosen: list[Choice]) -> int:
        training, decision = Training(pk=self.training.pk), facts["decision"]
        if decision in selecting.HELD:
            holding.hold(
                training=training, to=selecting.HELD[decision], chosen=chosen, by=self.officer,
                seat_class=facts["seat_class"], reason=facts["reason"], person_reads=facts["person_reads"],
            )  # fmt: skip
        elif decision == Decision.TAKE_BACK:
            holding.take_back(training=training, chosen=chosen, by=self.officer)
        else:
            selecting.decide(
                training=training, decision=decision, chosen=chosen, by=self.officer, reason=facts["reason"]
            )  # fmt: skip
        return len(chosen)

    def _say(self, decision: str, count: int) -> None:
        words = ngettext("%(what)s: %(n)d application.", "%(what)s: %(n)d applications.", count)
        said = words % {"what": Decision(decision).label, "n": count}
        if decision in selecting.HELD:
            held_words = _("Nobody is told before you let the mails go.")
            said = format_html('{} {} <a href="?decided=held">{}</a>', said, held_words, _("See what is held"))
        messages.success(self.request, said)

    def _explained(self, decision: str, chosen: list[Choice]) -> str:
        """Whom the decision is about, by name: some of them may have no mail at all."""
        keys = [one.pk for one in chosen]
        found = self.training.applications.filter(pk__in=keys).select_related("person", "member_state")
        people = ", ".join(f"{one.person.name} ({one.member_state_id})" for one in found.order_by("pk"))
        told = _("Held until you let the mails go.") if decision in selecting.HELD else ""
        count = ngettext("%(n)d application.", "%(n)d applications.", len(chosen)) % {"n": len(chosen)}
        return " ".join(filter(None, [count, told, _("Decided about: %(people)s.") % {"people": people}]))
