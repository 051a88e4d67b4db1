"""Who looks after which site today, and how that begins and ends."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Person
from accounts.sites import SiteFacts, SiteKind


def stewarded_sites(stewardships: Any, person: Person) -> list[int]:
    """Primary keys of the sites a person is steward of today; first and last day count, where they are given.

    `stewardships` is the model of one kind of site, filled in from the abstract Stewardship.
    """
    return list(_held_today(stewardships).filter(person=person).values_list("site", flat=True))


def stewards_of(stewardships: Any, site: int) -> set[int]:
    """Primary keys of the persons who are stewards of a site today."""
    return set(_held_today(stewardships).filter(site=site).values_list("person", flat=True))


def stewards_by_site(stewardships: Any, sites: Iterable[int]) -> dict[int, set[int]]:
    """Primary keys of the persons who are stewards today, by site; sites without one are left out."""
    found: dict[int, set[int]] = {}
    for site, person in _held_today(stewardships).filter(site__in=list(sites)).values_list("site", "person"):
        found.setdefault(site, set()).add(person)
    return found


def _held_today(stewardships: Any) -> QuerySet:
    today = timezone.localdate()
    return stewardships._default_manager.filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )


def site_kind(model: Any, stewardships: Any) -> SiteKind:
    """How accounts read one kind of site, and write its stewardships."""

    def facts(keys: Iterable[int]) -> dict[int, SiteFacts]:
        sites = model._default_manager.published().filter(pk__in=list(keys))
        return {
            site.pk: SiteFacts(model.kind, site.pk, site.name, frozenset(site.state_codes), site.get_absolute_url())
            for site in sites
        }

    return SiteKind(
        kind=model.kind,
        facts=facts,
        begin=lambda person, site: _begin(stewardships, person, site),
        end=lambda person, site: _end(stewardships, person, site),
    )


def _begin(stewardships: Any, person: Person, site: int) -> bool:
    """From today on; one that was to begin or end later is begun anew."""
    if site in stewarded_sites(stewardships, person):
        return False
    stewardships._default_manager.filter(person=person, site=site, until=None).delete()
    stewardships._default_manager.create(person=person, site_id=site, since=timezone.localdate())
    return True


def _end(stewardships: Any, person: Person, site: int) -> bool:
    """With yesterday; the row stays, since who looked after a site and when is worth knowing."""
    if site not in stewarded_sites(stewardships, person):
        return False
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    held = stewardships._default_manager.filter(Q(until=None) | Q(until__gt=yesterday), person=person, site=site)
    held.filter(since__gt=yesterday).delete()
    held.update(until=yesterday)
    return True
