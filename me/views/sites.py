"""Sites I have to do with: found by name, linked and unlinked."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import TemplateView, View

from designated_sites.stewardship import site_links
from records.template_context import Context

from ..access import OwnPage
from ..own_sites import find_sites, linked_sites, sites_in_scope

MOST_WORDS = 200


class SitesView(OwnPage, TemplateView):
    template_name = "me/sites.html"

    def get_context_data(self, **kwargs: object) -> Context:
        query = self.request.GET.get("q", "")[:MOST_WORDS]
        linked = linked_sites(self.person)
        return super().get_context_data(**kwargs) | {
            "query": query,
            "linked": linked,
            "held": {(site.kind, site.pk) for site in linked},
            "stewarded": sites_in_scope(self.scope),
            "hits": self._hits(query, {(site.kind, site.pk) for site in linked}),
        }

    def _hits(self, query: str, linked: set[tuple[str, int]]) -> list[Context]:
        return [
            {
                "site": site,
                "linked": (site.kind, site.pk) in linked,
                "stewarded": site.pk in self.scope.sites,
            }
            for site in find_sites(query)
        ]


class LinkView(OwnPage, View):
    """One site, linked (`do=link`) or unlinked, and back to where one was."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        try:
            act = site_links.link if request.POST.get("do") == "link" else site_links.unlink
            act(person=self.own_person(), kind=kind, key=pk)
        except ValidationError as unknown:
            raise Http404(unknown) from unknown
        back = request.POST.get("back", "")
        safe = url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return redirect(back if safe else "me-sites")
