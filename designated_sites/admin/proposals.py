"""Proposals on the officer's desk: read, and decided fact by fact on a page of their own."""

from typing import cast

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from record_admin.fields import ReadOnlyMixin
from record_admin.links import linked
from record_admin.listing.views import ListView
from record_admin.model_admin import PlainAdmin
from records.template_context import Context

from ..models import SiteProposal
from ..proposals import lifecycle
from ..proposals.differences import differences
from ..proposals.forms import DecisionsForm, decision_fields
from ..proposals.lifecycle import Decision


@admin.register(SiteProposal)
class ProposalAdmin(ReadOnlyMixin, PlainAdmin):
    """Proposals of stewards and focal points. A draft is its writer's alone."""

    list_display = ("site", "proposer", "state", "sent_at", "decided_at", "decided_by")
    list_filter = ("state", "site__site_type")
    list_select_related = ("site", "proposer", "decided_by")
    search_fields = ("site__name", "site__slug", "proposer__name")
    date_hierarchy = "created_at"
    list_views = (
        ListView.of("open", _("Waiting for a decision"), "state", "open"),
        ListView.of("decided", _("Decided"), "state", "decided"),
    )
    nothing_yet = _("Stewards and focal points propose changes under “My page”.")
    site_link = linked("site", _("site"))
    fields = readonly_fields = (
        "site_link", "proposer", "created_at", "sent_at", "reason", "base", "changes", "state", "decisions", "decided_at",
        "decided_by",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(state=SiteProposal.State.DRAFT)

    def get_urls(self) -> list[URLPattern]:
        decide = path("<int:pk>/decide/", self.admin_site.admin_view(self.decide_view), name=self._name("decide"))
        return [decide, *super().get_urls()]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def may_decide(self, request: HttpRequest, proposal: SiteProposal) -> bool:
        """Whoever may change the record of the site."""
        site = proposal.site._meta
        return request.user.has_perm(f"{site.app_label}.change_{site.model_name}")

    def act_links(self, record: SiteProposal) -> list[tuple[str, str | Promise]]:
        waits = record.state == SiteProposal.State.OPEN
        return [(reverse(f"admin:{self._name('decide')}", args=[record.pk]), _("Decide"))] if waits else []

    def render_change_form(
        self,
        request: HttpRequest,
        context: Context,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        """Nobody edits a proposal, so its act is not offered by the right to change it."""
        record = context.get("original")
        if record is not None and self.may_decide(request, record):
            context["act_links"] = self.act_links(record)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Each fact as it is, as proposed and as the proposer saw it, with the decision beside it."""
        found = self.model._default_manager.exclude(state=SiteProposal.State.DRAFT).select_related("site", "proposer")
        proposal = get_object_or_404(found, pk=pk)
        if not self.may_decide(request, proposal):
            raise PermissionDenied
        rows = differences(proposal)
        form = DecisionsForm(request.POST if request.method == "POST" else None, differences=rows)
        if request.method == "POST" and form.is_valid():
            try:
                decided = lifecycle.decide(proposal=proposal, by=cast(User, request.user), decisions=_decisions(form))
            except ValidationError as refused:
                _show(form, refused)
            else:
                return self._after(request, decided)
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Decide: %s") % proposal.site,
            "opts": self.opts,
            "original": proposal,
            "form": form,
            "done": [one for one in rows if one.decision],
        }
        return TemplateResponse(request, "admin/designated_sites/decide.html", context)

    def _after(self, request: HttpRequest, proposal: SiteProposal) -> HttpResponse:
        if proposal.state == SiteProposal.State.DECIDED:
            messages.success(request, _now("All is decided. The proposer gets a mail."))
            return redirect(f"admin:{self._name('changelist')}")
        messages.success(request, _now("Your decisions are kept. The proposer gets a mail when all is decided."))
        return redirect(f"admin:{self._name('decide')}", proposal.pk)


def _decisions(form: DecisionsForm) -> dict[str, Decision]:
    """What was chosen; facts left for later are not in it."""
    given: dict[str, Decision] = {}
    for one in form.open:
        decision, reason, shown = (form.cleaned_data[name] for name in decision_fields(one.name))
        if decision:
            given[one.name] = Decision(decision == "accept", reason, shown)
    return given


def _show(form: DecisionsForm, refused: ValidationError) -> None:
    """Puts why the act refused beside the fact it is about, or above the form."""
    for name, errors in refused.update_error_dict({}).items():
        field = decision_fields(name)[0]
        form.add_error(None if name == NON_FIELD_ERRORS or field not in form.fields else field, errors)
