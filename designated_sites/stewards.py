"""Who looks after which site today."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person


def stewarded_sites(stewardships: Any, person: Person) -> list[int]:
    """Primary keys of the sites a person is steward of today; first and last day count, where they are given.

    `stewardships` is the model of one kind of site, filled in from the abstract Stewardship.
    """
    today = timezone.localdate()
    held = stewardships._default_manager.filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today), person=person
    )
    return list(held.values_list("site", flat=True))
