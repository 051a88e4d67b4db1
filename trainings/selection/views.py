"""The selection desk of a training in the admin: applicants, seats, balance, decisions; and the reserve lists."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.models import User
from activities.models.windows import window_of
from notifications.admin.mass import before_doing, goes_back
from records.formats.date_formatting import on_clock
from records.listing.lists import RecordListView
from records.template_context import Context, Keywords

from ..models import Application, SeatClass, Training
from ..workflow import reserve_list, seats
from . import selecting
from .balance import COLUMNS, balance_of
from .filters import ApplicantFilterSet, for_the_desk
from .forms import DecisionForm
from .rank_forms import RankForm

PAGE: Final = 50


class OfficersPage:
    """A page of the admin about one training: for those who may change it."""

    request: HttpRequest
    kwargs: Keywords
    model_admin: Any = None

    @cached_property
    def training(self) -> Training:
        return get_object_or_404(Training, pk=self.kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not self.model_admin.has_change_permission(request, self.training):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def page(self, title: str) -> Context:
        """What every page of the admin needs."""
        site = self.model_admin.admin_site
        return {
            **site.each_context(self.request), "title": title, "opts": self.model_admin.opts, "training": self.training,
        }  # fmt: skip


class SelectionView(OfficersPage, RecordListView):
    """Who has applied, with what weighs; a decision about those ticked shows first who would get which mail."""

    model = Application
    filterset_class = ApplicantFilterSet
    template_name = "admin/trainings/selection.html"
    paginate_by = PAGE
    decision_form: DecisionForm | None = None

    def get_queryset(self) -> QuerySet:
        return for_the_desk(self.training)

    def get_filterset_kwargs(self, filterset_class: object) -> Keywords:
        return super().get_filterset_kwargs(filterset_class) | {"training": self.training}

    def get_context_data(self, **kwargs: object) -> Context:
        standing, window = seats.seat_counts(self.training), window_of(self.training)
        form = self.decision_form or DecisionForm(training=self.training)
        closes = window.closes and on_clock(window.closes, window.zone)
        return super().get_context_data(**kwargs) | self.page(_("Selection: %(training)s") % {"training": self.training}) | {
            "deadline": closes,
            "is_over": window.state == "closed",
            "classes": [(one, standing.classes[one.pk]) for one in self.training.seat_classes.all()],
            "balance": balance_of(self.training, standing),
            "columns": COLUMNS.values(),
            "decision": form,
            "ticked": set(self.request.POST.getlist("chosen")),
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = self.decision_form = DecisionForm(request.POST, training=self.training)
        officer = cast(User, request.user)
        if form.is_valid() and not goes_back(request):
            facts = form.cleaned_data
            try:
                return before_doing(
                    self.model_admin, request, form=form, then=request.get_full_path(), zone=self.training.timezone,
                    title=f"{selecting.Decision(facts['decision']).label}: {self.training}",
                    button=_("Decide and tell them"), explanation=self._explained(facts),
                    act=lambda: selecting.decide(training=Training(pk=self.training.pk), by=officer, **facts),
                )  # fmt: skip
            except ValidationError as refused:
                form.add_error(None, refused)
        return self.get(request, *args, **kwargs)

    def _explained(self, facts: Context) -> str:
        """Whom the decision is about, by name: some of them may have no mail at all."""
        keys = [one.pk for one in facts["chosen"]]
        found = self.training.applications.filter(pk__in=keys).select_related("person", "member_state")
        people = ", ".join(f"{one.person.name} ({one.member_state_id})" for one in found.order_by("pk"))
        return _("Decided about: %(people)s.") % {"people": people}


class ReserveListView(OfficersPage, TemplateView):
    """The reserve list of each class of seats, in an order that officers can change."""

    template_name = "admin/trainings/reserve_list.html"
    bound: RankForm | None = None

    def _listed(self, seat_class: SeatClass) -> list[Application]:
        return list(self.training.applications.reserve_list(seat_class).select_related("person", "member_state"))

    def get_context_data(self, **kwargs: object) -> Context:
        lists = []
        for seat_class in self.training.seat_classes.all():
            listed = self._listed(seat_class)
            form = RankForm(listed=[one.pk for one in listed], prefix=str(seat_class.pk))
            if self.bound and self.bound.prefix == str(seat_class.pk):
                form = self.bound
            lists.append((seat_class, [(one, form[f"rank-{one.pk}"]) for one in listed], form))
        return super().get_context_data(**kwargs) | self.page(_("Reserve lists: %(training)s") % {
            "training": self.training
        }) | {"lists": lists, "form": self.bound}  # fmt: skip

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        number = request.POST.get("seat_class", "")
        seat_class = get_object_or_404(self.training.seat_classes, pk=int(number) if number.isdecimal() else 0)
        seen = [int(one) for one in request.POST.getlist("seen") if one.isdecimal()]
        form = RankForm(request.POST, listed=seen, prefix=str(seat_class.pk))
        if form.is_valid():
            try:
                reserve_list.reorder(
                    training=self.training, seat_class=seat_class, order=form.order, seen=seen, by=request.user  # type: ignore[arg-type]
                )  # fmt: skip
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
            else:
                messages.success(request, _("The order is kept."))
            return redirect(reverse("admin:trainings_training_reserve_list", args=[pk]))
        self.bound = form
        return self.get(request, pk=pk)
