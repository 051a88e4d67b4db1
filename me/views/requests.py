"""Requests for roles that are mine to decide."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView

from accounts.models import RoleRequest
from accounts.roles import requests as role_requests
from accounts.sites import facts_of, site_numbered
from records.listing.lists import page_number
from records.template_context import Context

from ..access import ActMixin, PeoplePage
from ..forms import DecisionForm
from ..state_requests import decidable

WAITING_FIRST = Case(When(state="asked", then=Value(0)), default=Value(1), output_field=IntegerField())


class RequestsView(PeoplePage, ListView):
    """Those that wait first, then the decided ones."""

    template_name = "me/requests.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet:
        return decidable(self.user, self.scope).with_names().order_by(WAITING_FIRST, "-asked_at", "-pk")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        page_number(self.request)
        return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        sites = facts_of(one.site_id for one in context["page_obj"] if one.site_id)
        return context | {"lines": [(one, sites.get(one.site_id)) for one in context["page_obj"]]}


class RequestView(PeoplePage, ActMixin, FormView):
    template_name = "me/request.html"
    form_class = DecisionForm

    @cached_property
    def asked(self) -> RoleRequest:
        return get_object_or_404(decidable(self.user, self.scope).with_names(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | {"asked": self.asked, "site": site_numbered(self.asked.site_id)}

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> object:
        assert self.asked  # noqa: S101 - a stranger gets 404 before any form is read
        return super().get_form(form_class)

    def act(self, form: DecisionForm) -> HttpResponse:
        decide = role_requests.grant if form.cleaned_data["decision"] == "grant" else role_requests.refuse
        decide(request=self.asked, by=self.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("Your decision is kept. The person gets a mail."))
        return redirect("me-requests")
