"""Roles I hold and ask for; and those of others that are mine to take away."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.models import Person, RoleGrant, RoleRequest
from accounts.roles import requests as role_requests
from accounts.roles import withdrawals
from accounts.sign_in.second_factor import ask_for_factor, lacks_second_factor
from accounts.sites import SiteFacts, facts_of, site_of
from records.rate_limits import spend
from records.template_context import Context, Keywords

from ..access import ActMixin, OwnPage
from ..forms import RoleRequestForm, WithdrawalForm
from ..own_sites import sites_in_scope

DAY: Final = 86_400
MOST_ASKED: Final = 10  # a day
MOST_SHOWN: Final = 50


class RolesView(OwnPage, TemplateView):
    template_name = "me/roles.html"

    def get_context_data(self, **kwargs: object) -> Context:
        person = self.person
        asked = list(RoleRequest.objects.with_names().filter(person=person)[:MOST_SHOWN]) if person else []
        sites = facts_of(one.site_id for one in asked if one.site_id)
        return super().get_context_data(**kwargs) | {
            "grants": person.roles.active().select_related("member_state") if person else [],
            "stewarded": sites_in_scope(self.scope),
            "asked": [(one, sites.get(one.site_id or 0)) for one in asked],
        }


class AskView(OwnPage, ActMixin, FormView):
    """The request for a role; that for a site names it in the address."""

    template_name = "me/role_ask.html"
    form_class = RoleRequestForm

    @cached_property
    def site(self) -> SiteFacts | None:
        if "kind" not in self.kwargs:
            return None
        site = site_of(self.kwargs["kind"], self.kwargs["pk"])
        if site is None:
            raise Http404("no such site")
        return site

    def get_form_kwargs(self) -> Keywords:
        return super().get_form_kwargs() | {"of_site": self.site is not None}

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: RoleRequestForm) -> HttpResponse:
        if not spend("role asked", str(self.user.pk), most=MOST_ASKED, seconds=DAY):
            raise ValidationError(_("You have asked for many roles today. Please go on tomorrow."))
        role_requests.ask(
            person=self.own_person(),
            role=form.cleaned_data.get("role", RoleRequest.Role.STEWARD),
            message=form.cleaned_data["message"],
            member_state=form.cleaned_data.get("member_state"),
            site=(self.site.kind, self.site.pk) if self.site else None,
        )
        messages.success(self.request, _("Your request is on its way. You get a mail when it is decided."))
        return redirect("me-roles")


class TakeBackView(OwnPage, View):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = get_object_or_404(RoleRequest.objects.waiting(), pk=pk, person__user=self.user)
        role_requests.take_back(request=asked, by=self.user)
        messages.success(request, _("Your request is taken back."))
        return redirect("me-roles")


class TakingView(OwnPage, ActMixin, FormView):
    """Ends a role, one's own or one that is one's own to take away; staff with their second factor."""

    template_name = "me/role_end.html"
    form_class: Any = WithdrawalForm

    @cached_property
    def holder(self) -> Person:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and lacks_second_factor(self.user):
            return ask_for_factor(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"holder": self.holder, "own": self.holder.user_id == self.user.pk}

    def done(self) -> HttpResponse:
        messages.success(self.request, _("The role is taken away. The person gets a mail."))
        if self.holder.user_id == self.user.pk:
            return redirect("me-roles")
        # The steward of an own site may be a person of another state, whose page is not ours.
        is_ours = Person.objects.known().in_scope(self.scope).filter(pk=self.holder.pk).exists()
        return redirect("me-person", self.holder.pk) if is_ours else redirect("me-people")


class WithdrawView(TakingView):
    """A role that was granted."""

    @cached_property
    def grant(self) -> RoleGrant:
        grants = RoleGrant.objects.active().select_related("person", "member_state")
        grant = get_object_or_404(grants, pk=self.kwargs["pk"])
        if not withdrawals.may_withdraw(grant=grant, by=self.user):
            raise Http404("not yours to take away")
        return grant

    @cached_property
    def holder(self) -> Person:
        return self.grant.person

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"grant": self.grant}

    def act(self, form: WithdrawalForm) -> HttpResponse:
        withdrawals.withdraw(grant=self.grant, by=self.user, reason=form.cleaned_data["reason"])
        return self.done()


class EndView(TakingView):
    """The stewardship of a site; the row with its last day is all that is kept."""

    form_class = Form

    @cached_property
    def site(self) -> SiteFacts:
        site = site_of(self.kwargs["kind"], self.kwargs["pk"])
        if site is None:
            raise Http404("no such site")
        return site

    @cached_property
    def holder(self) -> Person:
        person = get_object_or_404(Person.objects.known(), pk=self.kwargs["person"])
        if not withdrawals.may_end(person=person, site=self.site, by=self.user):
            raise Http404("not yours to take away")
        return person

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"site": self.site}

    def act(self, form: Form) -> HttpResponse:
        withdrawals.end_stewardship(person=self.holder, kind=self.site.kind, key=self.site.pk, by=self.user)
        return self.done()
