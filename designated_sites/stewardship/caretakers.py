"""Who is asked about a site: its stewards, and where it has none the focal points of its states."""

from typing import Any

from accounts.models import Person, RoleGrant

from ..models import DesignatedSite
from .stewards import stewards_of


def caretakers(site: DesignatedSite) -> list[Person]:
    """Those who are asked once a year whether the facts are right."""
    return list(_known(stewards_of(site.pk) or _focal_points(site)))


def looks_after(person: Person, site: DesignatedSite) -> bool:
    """Whether a person may confirm the facts of a site today: as a steward, or as a focal point of any of its states."""
    keys = stewards_of(site.pk) | _focal_points(site)
    return site.published and _known({person.pk} & keys).exists()


def _focal_points(site: DesignatedSite) -> set[int]:
    grants = RoleGrant.objects.active().filter(role=RoleGrant.Role.FOCAL_POINT, member_state__in=site.state_codes)
    return set(grants.values_list("person", flat=True))


def _known(keys: set[int]) -> Any:
    return Person.objects.known().select_related("care_of").filter(pk__in=keys).order_by("pk")
