"""Proposals of both kinds of site together, and the sites a person may write them for."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import Http404

from accounts.models import Person
from designated_sites.stewardship.editable_site_types import editable_site_types
from records.scope import Scope

from .own_sites import MODELS


def sites_in_care(scope: Scope) -> list[Any]:
    """Sites one may propose changes to and confirm: those one is steward of, and those of one's states. Officers have the
    admin for that."""
    if scope.all:
        return []
    found = [site for model in MODELS.values() for site in model.objects.published().in_scope(scope)]
    return sorted(found, key=lambda site: (site.name, site.kind))


def site_in_care(scope: Scope, kind: str, slug: str) -> Any:
    """One of them; 404 for everybody else, and for officers."""
    model = MODELS.get(kind)
    site = None if model is None or scope.all else model.objects.published().in_scope(scope).filter(slug=slug).first()
    if site is None:
        raise Http404("no site in one's care")
    return site


def own_proposals(person: Person | None) -> list[Any]:
    """All a person has written, the latest first."""
    if person is None:
        return []
    found = [one for kind in editable_site_types() for one in kind.proposals.objects.of(person).select_related("site")]
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def own_proposal(person: Person | None, kind: str, pk: int) -> Any:
    """One of them; 404 for what others have written."""
    for known in editable_site_types():
        if known.kind == kind and person is not None:
            found = known.proposals.objects.of(person).select_related("site").filter(pk=pk).first()
            if found is not None:
                return found
    raise Http404("no proposal of one's own")


def open_by_others(sites: Iterable[Any], person: Person | None) -> Counter[tuple[str, int]]:
    """How many proposals of other people wait for a decision, by kind and key of the site. One query for each kind."""
    waiting: Counter[tuple[str, int]] = Counter()
    keys: dict[str, list[int]] = {}
    for site in sites:
        keys.setdefault(site.kind, []).append(site.pk)
    for kind in editable_site_types():
        found = kind.proposals.objects.open().filter(site__in=keys.get(kind.kind, []))
        others = found.exclude(proposer=person) if person else found
        waiting.update((kind.kind, site) for site in others.values_list("site", flat=True))
    return waiting
