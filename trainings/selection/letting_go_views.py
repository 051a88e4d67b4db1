"""Letting held decisions go, with a look before; taking them all back; the order of the reserve lists."""

from typing import Final, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.models import User
from notifications import mail_types
from notifications.admin.letters import Shown
from notifications.admin.mass import page_of_letter, said_of
from notifications.admin.staff_words import language_name
from notifications.mailings import RecipientsChangedError, let_go, rehearse
from notifications.models import Mailing
from record_admin.workspace.pages import HubPage
from record_admin.workspace.parts import home_of
from records.formats.date_formatting import on_clock
from records.template_context import Context

from ..models import Application, SeatClass, Training
from ..workflow import reserve_list, seats
from . import holding, letting_go
from .rank_forms import RankForm

To = letting_go.To
BY_DEFAULT: Final = (To.SELECTED, To.RESERVE_LIST)  # those not selected are often told once all seats are taken


class OfSelection(HubPage, TemplateView):
    """A page that starts from the selection of a training."""

    part = "selection"

    @property
    def training(self) -> Training:
        return cast(Training, self.record)

    @property
    def desk(self) -> str:
        return reverse("admin:trainings_training_selection", args=[self.training.pk])

    def crumbs(self) -> list[tuple[str, str]]:
        return [
            (self.training.title, home_of(self.training)),
            (_("Selection"), self.desk),
        ]  # fmt: skip


class LetGoView(OfSelection):
    """Who would get which mail in which language, what is odd, the way back; then the mails of the selection go."""

    template_name = "admin/trainings/let_go.html"
    has_changed = False

    def page_title(self) -> str:
        return _("Let the mails of the selection go?")

    @property
    def only(self) -> list[str]:
        """Which decisions are meant: those that are ticked, or at first all but those against."""
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        if "only" not in data and "chosen" not in data:
            waiting = letting_go.counts(self.training)
            return [to for to in BY_DEFAULT if waiting[to]] or [to for to in letting_go.HELD if waiting[to]]
        return [to for to in letting_go.HELD if to in data.getlist("only")]

    @property
    def tells_focal_points(self) -> bool:
        data = self.request.POST if self.request.method == "POST" else self.request.GET
        return "focal" in data if "chosen" in data else True

    def act(self) -> Mailing | None:
        return letting_go.let_go(
            training=Training(pk=self.training.pk), by=cast(User, self.request.user), only=self.only,
            tell_focal_points=self.tells_focal_points,
        )  # fmt: skip

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not any(letting_go.counts(self.training).values()):
            messages.info(request, _("No decision is held: there is nothing to let go."))
            return redirect(self.desk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        training, only = self.training, self.only
        refused: list[str] = []
        found = None
        try:
            found = rehearse(self.act)
        except ValidationError as error:
            refused = error.messages
        waiting, numbers = letting_go.waiting(training, only), letting_go.counts(training)
        answer_by = seats.answer_by(training)
        return super().get_context_data(**kwargs) | {
            "training": training, "found": found, "refused": refused, "has_changed": self.has_changed,
            "choices": [(to.value, to.label, numbers[to], to in only) for to in letting_go.HELD if numbers[to]],
            "going": [(label, sum(one.to_state == to for one in waiting.ready)) for to, label in To.choices if to in only],
            "ready": waiting.ready, "staying": waiting.staying,
            "answer_by": on_clock(answer_by, training.timezone), "days": training.answer_days,
            "kinds": [(mail_types.label_of(kind), number) for kind, number in found.by_kind.items()] if found else [],
            "by_language": [(code, language_name(code), number) for code, number in found.by_language.items()] if found else [],
            "samples": [(one.email, Shown.of(one.language, one.letter)) for one in found.samples] if found else [],
            "undo_minutes": settings.OUTBOX_UNDO_MINUTES, "tells_focal_points": self.tells_focal_points,
            "only": only, "desk": self.desk,
        }  # fmt: skip

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if "show" in request.POST:
            return page_of_letter(rehearse(self.act), request.POST["show"])
        try:
            mailing, count = let_go(self.act, seen=request.POST.get("seen", ""))
        except RecipientsChangedError:
            self.has_changed = True
            return self.render_to_response(self.get_context_data())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(self.desk)
        messages.success(request, said_of(mailing, count, self.training.timezone))
        return redirect(self.desk)


class TakeAllBackView(OfSelection):
    """All held decisions, by name; a POST takes them back. Nobody outside has known of them."""

    template_name = "admin/trainings/take_back.html"

    def page_title(self) -> str:
        return _("Take all held decisions back?")

    def get_context_data(self, **kwargs: object) -> Context:
        found = letting_go.waiting(self.training)
        held = [*found.ready, *(decision for decision, _why in found.staying)]
        return super().get_context_data(**kwargs) | {"held": held, "desk": self.desk}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        number = request.POST.get("seen", "")
        try:
            taken = holding.take_all_back(
                training=self.training, by=cast(User, request.user), seen=int(number) if number.isdecimal() else 0
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.path)
        words = ngettext("%(n)d decision was taken back.", "%(n)d decisions were taken back.", taken)
        messages.success(request, words % {"n": taken})
        return redirect(self.desk)


class ReserveListView(OfSelection):
    """The reserve list of each class of seats, in an order that officers can change."""

    template_name = "admin/trainings/reserve_list.html"
    bound: RankForm | None = None

    def page_title(self) -> str:
        return _("Reserve lists: %(training)s") % {"training": self.training}

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
        return super().get_context_data(**kwargs) | {"training": self.training, "lists": lists, "form": self.bound}

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
