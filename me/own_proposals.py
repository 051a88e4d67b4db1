"""Proposals of both kinds of site together, and the sites a person may write them for."""

from collections import Counter
from collections.abc import Iterable

from django.http import Http404

from accounts.models import Person
from designated_sites.models import DesignatedSite, SiteProposal
from records.scope import Scope

from .own_sites import MODELS


def sites_in_care(scope: Scope) -> list[DesignatedSite]:
    """Sites one may propose changes to and confirm: those one is steward of, and those of one's states. Officers have the
    admin for that."""
    if scope.all:
        return []
    found = [site for model in MODELS.values() for site in model.objects.published().in_scope(scope)]
    return sorted(found, key=lambda site: (site.name, site.kind))


def site_in_care(scope: Scope, kind: str, slug: str) -> DesignatedSite:
    """One of them; 404 for everybody else, and for officers."""
    model = MODELS.get(kind)
    site = None if model is None or scope.all else model.objects.published().in_scope(scope).filter(slug=slug).first()
    if site is None:
        raise Http404("no site in one's care")
    return site


def own_proposals(person: Person | None) -> list[SiteProposal]:
    """All a person has written, the latest first."""
    if person is None:
        return []
    return list(SiteProposal.objects.of(person).select_related("site"))


def own_proposal(person: Person | None, kind: str, pk: int) -> SiteProposal:
    """One of them; 404 for what others have written."""
    found = person and SiteProposal.objects.of(person).of_type(kind).select_related("site").filter(pk=pk).first()
    if not found:
        raise Http404("no proposal of one's own")
    return found


def open_by_others(sites: Iterable[DesignatedSite], person: Person | None) -> Counter[int]:
    """How many proposals of other people wait for a decision, by number of the site. One query."""
    found = SiteProposal.objects.open().filter(site__in=[site.pk for site in sites])
    others = found.exclude(proposer=person) if person else found
    return Counter(others.order_by().values_list("site", flat=True))
