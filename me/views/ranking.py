"""The endorsed people of a state in the order in which its focal point would send them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from network.models import MemberState
from records.template_context import Context, Posted
from trainings.models import Application
from trainings.selection.rank_forms import RankForm
from trainings.workflow import endorsement

from ..access import StatesPage
from .applications import OfCall


class RankingView(OfCall, StatesPage, TemplateView):
    """A number for each, without a script; a list for each state that one answers for."""

    template_name = "me/ranking.html"
    bound: RankForm | None = None
    shown: list[Application]  # beside the bound form

    def endorsed(self, code: str) -> list[Application]:
        found = endorsement.endorsed_of(self.training, code)
        return list(found.select_related("person", "site", "wanted_class"))

    def form(self, code: str, endorsed: list[Application], data: Posted | None = None) -> RankForm:
        ranks = {one.pk: one.endorsement_rank for one in endorsed}
        return RankForm(data, listed=list(ranks), ranks=ranks, may_be_empty=True, prefix=code)

    def get_context_data(self, **kwargs: object) -> Context:
        lists = []
        for state in MemberState.objects.filter(code__in=self.scope.states).order_by("name"):
            if self.bound is not None and self.bound.prefix == state.code:
                form, endorsed = self.bound, self.shown
            else:
                endorsed = self.endorsed(state.code)
                form = self.form(state.code, endorsed)
            lists.append((state, [(one, form[f"rank-{one.pk}"]) for one in endorsed]))
        return super().get_context_data(**kwargs) | {"training": self.training, "lists": lists, "form": self.bound}

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        code = request.POST.get("member_state", "")
        if code not in self.scope.states:
            raise Http404("answers for another state")
        self.shown = self.endorsed(code)
        form = self.form(code, self.shown, request.POST)
        if form.is_valid():
            try:
                changed = endorsement.rank(
                    training=self.training, member_state_id=code, order=form.order, by=self.user,
                    seen=_seen(request.POST.getlist("seen")),
                )  # fmt: skip
            except ValidationError as refused:
                self.shown = self.endorsed(code)
                form = self.form(code, self.shown, request.POST)
                form.add_error(None, refused.messages)
            else:
                words = _("The order is kept.") if changed else _("The order is as it was.")
                messages.success(request, words)
                return redirect("me-ranking-of-state", slug=slug)
        self.bound = form
        return self.render_to_response(self.get_context_data())


def _seen(posted: list[str]) -> dict[int, int | None]:
    """The ranks that were shown: pairs of key and rank, the rank empty for none. What is no pair was not shown by us."""
    found: dict[int, int | None] = {}
    for pair in posted:
        key, _colon, rank = pair.partition(":")
        if key.isdecimal() and len(key) < 18 and len(rank) < 6 and (rank == "" or rank.isdecimal()):
            found[int(key)] = int(rank) if rank else None
    return found
