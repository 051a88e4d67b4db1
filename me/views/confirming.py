"""Sites in my care, and the yearly word that their facts are right: signed in, or by the link of the yearly mail."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from designated_sites.models import DesignatedSite
from designated_sites.stewardship import confirmations, facts, signed_links
from designated_sites.stewardship.editable_site_types import kind_of
from records.template_context import Context

from ..own_proposals import open_by_others, own_proposals, sites_in_care
from .proposals import OwnList, SiteInCarePage


def facts_shown(site: DesignatedSite) -> dict[str, object]:
    """What stands before whoever confirms: every fact in words, and the digest of all of them."""
    kind = kind_of(site)
    english = {next(kind.columns(name)) for _title, names in kind.parts for name in names}
    lines_by_fact = [(name, facts.words(kind, name, facts.read(site, name))) for name in kind.facts]
    return {
        "site": site,
        "facts": [(facts.label(kind, name), lines) for name, lines in lines_by_fact if lines or name in english],
        "seen": confirmations.shown(site),
    }


class CareView(OwnList):
    """The sites one is steward of or that lie in one's state, with what there is to do about each."""

    template_name = "me/care.html"

    def get_queryset(self) -> Any:
        return sites_in_care(self.scope)

    def get_context_data(self, **kwargs: object) -> Context:
        context = super().get_context_data(**kwargs)
        shown = context["page_obj"].object_list
        waiting = open_by_others(shown, self.person)
        own = {one.site_id: one for one in own_proposals(self.person) if one.state in one.UNFINISHED}
        return context | {"lines": [(site, own.get(site.pk), waiting[site.pk]) for site in shown]}


class ConfirmView(SiteInCarePage, TemplateView):
    """All facts of the site and a button that says they are right."""

    template_name = "me/confirm.html"

    def get_context_data(self, **kwargs: object) -> Context:
        return super().get_context_data(**kwargs) | facts_shown(self.site)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            confirmations.confirm(site=self.site, person=self.own_person(), seen=request.POST.get("seen", ""))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("me-sites-confirm", self.site.kind, self.site.slug)
        messages.success(request, _("Thank you. The facts are confirmed as of today."))
        return redirect("me-sites-care")


@method_decorator(never_cache, name="dispatch")
class ConfirmLinkView(View):
    """The same behind the signed address of the yearly mail, without signing in. A look changes nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = signed_links.opened(token)
        except ValidationError as unusable:
            return self._unusable(request, unusable)
        return render(request, "me/confirm_link.html", facts_shown(link.site) | {"confirms_as": link.person})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = signed_links.opened(token)
        except ValidationError as unusable:
            return self._unusable(request, unusable)
        try:
            confirmations.confirm(
                site=link.site, person=link.person, seen=request.POST.get("seen", ""), since=link.since
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("site-confirm", token)
        return render(request, "me/confirm_link.html", {"site": link.site, "is_done": True})

    def _unusable(self, request: HttpRequest, why: ValidationError) -> HttpResponse:
        return render(request, "me/confirm_link.html", {"refused": " ".join(why.messages)}, status=410)
