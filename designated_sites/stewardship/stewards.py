"""Who looks after which site today, and how that begins and ends."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from accounts.sites import SiteFacts

from ..models import DesignatedSite, Stewardship


def stewarded_sites(person: Person) -> set[int]:
    """Numbers of the sites a person is steward of today."""
    return set(Stewardship.objects.held_today().filter(person=person).values_list("site", flat=True))


def stewards_of(site: int) -> set[int]:
    """Primary keys of the persons who are stewards of a site today."""
    return set(Stewardship.objects.held_today().filter(site=site).values_list("person", flat=True))


def stewards_by_site(sites: Iterable[int]) -> dict[int, set[int]]:
    """Primary keys of the persons who are stewards today, by site; sites without one are left out."""
    found: dict[int, set[int]] = {}
    held = Stewardship.objects.held_today().filter(site__in=list(sites))
    for site, person in held.values_list("site", "person"):
        found.setdefault(site, set()).add(person)
    return found


def facts_of_sites(numbers: Iterable[int]) -> dict[int, SiteFacts]:
    """Published sites as accounts know them."""
    sites = DesignatedSite.objects.published().filter(pk__in=list(numbers))
    return {
        site.pk: SiteFacts(site.kind, site.pk, site.name, frozenset(site.state_codes), site.get_absolute_url())
        for site in sites
    }


def types_of_sites(numbers: Iterable[int]) -> dict[int, str]:
    """The type of each site, whether it is published or not."""
    return dict(DesignatedSite.objects.filter(pk__in=list(numbers)).values_list("pk", "site_type"))


def _in_turn(person: Person) -> None:
    """Two who name or end the same person at once would each see what was before the other."""
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)


def begin(person: Person, site: int) -> bool:
    """From today on; one that was to begin or end later is begun anew. Within a transaction."""
    _in_turn(person)
    if site in stewarded_sites(person):
        return False
    Stewardship.objects.filter(person=person, site=site, until=None).delete()
    Stewardship.objects.create(person=person, site_id=site, since=timezone.localdate())
    return True


def end(person: Person, site: int) -> bool:
    """With yesterday; the row stays, since who looked after a site and when is worth knowing. Within a transaction."""
    _in_turn(person)
    if site not in stewarded_sites(person):
        return False
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    held = Stewardship.objects.filter(Q(until=None) | Q(until__gt=yesterday), person=person, site=site)
    held.filter(since__gt=yesterday).delete()
    held.update(until=yesterday)
    return True
