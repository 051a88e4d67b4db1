"""Changes to a site that I propose: written as a copy of its facts, looked at once more, sent, taken back."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from designated_sites.models import DesignatedSite, SiteProposal
from designated_sites.proposals import lifecycle
from designated_sites.proposals.differences import differences
from designated_sites.proposals.forms import SiteFactsForm
from records.listing.lists import page_number
from records.rate_limits import spend
from records.template_context import Context, Keywords

from ..access import ActMixin, OwnPage
from ..own_proposals import open_by_others, own_proposal, own_proposals, site_in_care

State = SiteProposal.State
DAY: Final = 24 * 3600
MOST_SENT: Final = 50  # in a day, by one person: a focal point may look after some dozens of sites


class SiteInCarePage(OwnPage):
    """A page about a site one is steward of, or that lies in one's state: 404 for everybody else."""

    kwargs: Keywords

    @cached_property
    def site(self) -> DesignatedSite:
        return site_in_care(self.scope, self.kwargs["kind"], self.kwargs["slug"])

    @cached_property
    def in_hand(self) -> SiteProposal | None:
        """The own proposal for this site that is not over."""
        return lifecycle.in_hand(site=self.site, person=self.person)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            assert self.site  # noqa: S101 - a stranger gets 404 before anything is read
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "by_others": open_by_others([self.site], self.person).total(),
        }


class ProposeView(SiteInCarePage, ActMixin, FormView):
    """The facts of the site to be edited. A proposal that waits is shown instead, since there is one at a time."""

    template_name = "me/propose.html"
    form_class = SiteFactsForm

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and self.in_hand is not None and self.in_hand.state == State.OPEN:
            messages.info(request, _("Your proposal for this site waits. Take it back to write another."))
            return redirect("me-sites-proposal", self.site.kind, self.in_hand.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> SiteFactsForm:
        data = self.request.POST if self.request.method == "POST" else None
        to_send = data is not None and data.get("do") != "keep"
        return SiteFactsForm(data, site=self.site, draft=self.in_hand, to_send=to_send)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"draft": self.in_hand}

    def act(self, form: SiteFactsForm) -> HttpResponse:
        lifecycle.keep(
            site=self.site, person=self.own_person(), base=form.base, changes=form.changes,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        if self.request.POST.get("do") == "keep":
            messages.success(self.request, _("Your draft is kept. Nobody but you sees it."))
            return redirect("me-sites-propose", self.site.kind, self.site.slug)
        return redirect("me-sites-check", self.site.kind, self.site.slug)


class CheckView(SiteInCarePage, TemplateView):
    """The draft fact by fact, before it is sent or thrown away."""

    template_name = "me/proposal_check.html"

    @cached_property
    def draft(self) -> Any:
        return self.in_hand if self.in_hand is not None and self.in_hand.state == State.DRAFT else None

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and self.draft is None:
            return redirect("me-sites-propose", self.site.kind, self.site.slug)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "proposal": self.draft,
            "differences": differences(self.draft),
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return self._act(request.POST.get("do", ""))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("me-sites-propose", self.site.kind, self.site.slug)

    def _act(self, do: str) -> HttpResponse:
        if do == "discard":
            lifecycle.discard(proposal=self.draft, by=self.user)
            messages.success(self.request, _("Your draft is thrown away."))
            return redirect("me-sites-care")
        if do != "send":
            return redirect("me-sites-check", self.site.kind, self.site.slug)
        if not spend("proposal sent", str(self.user.pk), most=MOST_SENT, seconds=DAY):
            raise ValidationError(_("You have sent many proposals today. Your draft is kept: please send it tomorrow."))
        lifecycle.send(proposal=self.draft, by=self.user)
        messages.success(self.request, _("Your proposal is sent. You get a mail when it is decided."))
        return redirect("me-sites-proposal", self.site.kind, self.draft.pk)


class OwnList(OwnPage, ListView):
    """A list of one's own, page by page."""

    paginate_by = 25

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page_number(self.request)
        return super().paginate_queryset(queryset, page_size)


class ProposalsView(OwnList):
    """All I have proposed, with how each stands."""

    template_name = "me/proposals.html"

    def get_queryset(self) -> Any:
        return own_proposals(self.person)


class ProposalView(OwnPage, TemplateView):
    """One of them: what was proposed, what was decided and why. Who no longer looks after the site still reads it."""

    template_name = "me/proposal.html"

    @cached_property
    def proposal(self) -> SiteProposal:
        return own_proposal(self.person, self.kwargs["kind"], self.kwargs["pk"])

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {
            "proposal": self.proposal,
            "site": self.proposal.site,
            "differences": differences(self.proposal),
        }


class WithdrawProposalView(OwnPage, View):
    """Takes a proposal back that waits."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        proposal = own_proposal(self.person, kind, pk)
        try:
            lifecycle.withdraw(proposal=proposal, by=self.user)
            messages.success(request, _("Your proposal is taken back."))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("me-sites-proposal", kind, pk)
