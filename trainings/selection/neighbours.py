"""Where an application stands in the list it was opened from: the filter and order that the officer has set."""

from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import QueryDict

from records.listing.lists import PAGE, without, without_blanks

from ..models import Training
from .filters import ApplicantFilterSet, for_the_desk

# What a page of an application takes along beside the filter.
OWN: Final = (PAGE, "then")


@dataclass(frozen=True)
class Neighbours:
    """The place in the list, from 1, how long it is, and the keys before and after. 0: it is not in the list (any more)."""

    place: int
    of: int
    before: int | None
    after: int | None
    query: str


def applicants(training: Training, query: QueryDict) -> QuerySet:
    """Those that a filter finds, in its order; all, as they came, where it is wrong."""
    found = ApplicantFilterSet(without_blanks(query), queryset=for_the_desk(training), training=training)
    return found.qs if found.form.is_valid() else for_the_desk(training).order_by("submitted_at", "pk")


def kept(query: QueryDict) -> str:
    """The filter as it stands in an address, with `?`; empty where none is set."""
    rest = without(without_blanks(query), *OWN).urlencode()
    return f"?{rest}" if rest else ""


def neighbours(training: Training, pk: int, query: QueryDict) -> Neighbours:
    """By the keys alone, in one query for any number."""
    keys = list(applicants(training, query).values_list("pk", flat=True))
    if pk not in keys:
        return Neighbours(0, len(keys), None, keys[0] if keys else None, kept(query))
    place = keys.index(pk)
    before = keys[place - 1] if place else None
    after = keys[place + 1] if place + 1 < len(keys) else None
    return Neighbours(place + 1, len(keys), before, after, kept(query))
