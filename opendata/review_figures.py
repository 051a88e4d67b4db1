"""The year of the next periodic review or revalidation, only where the last one is public.

A site whose last decision has no public text is not listed: nobody is to be told that it is late. A year that has passed
says nothing either, since the review may be under way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from geoparks.models import Revalidation
from reserves.models import BiosphereReserve, PeriodicReview

from .figures import Figures

# Years from a decision to the next one. A decision that is not named here sets no date.
REVIEWED: Final = {PeriodicReview.Outcome.MEETS.value: 10}
REVALIDATED: Final = {Revalidation.Card.GREEN.value: 4, Revalidation.Card.YELLOW.value: 2}


@dataclass(frozen=True)
class NextReview:
    site: Any
    year: int
    source: str


def next_reviews(figures: Figures) -> list[NextReview]:
    found = [
        *_following(PeriodicReview.objects.all(), "outcome", REVIEWED, figures.now.year),
        *_following(Revalidation.objects.all(), "card", REVALIDATED, figures.now.year),
    ]
    return sorted(found, key=lambda one: (one.year, one.site.name))


def _following(reviews: QuerySet, decision: str, years: dict[str, int], this_year: int) -> Iterator[NextReview]:
    """From the last decision of each site, whether public or not."""
    decided = reviews.exclude(Q(**{decision: ""}) & Q(decided_on=None))
    designated = decided.filter(site__published=True, site__status=BiosphereReserve.Status.DESIGNATED)
    last = designated.order_by("site_id", "-year", "-pk").distinct("site_id").select_related("site")
    for review in last:
        wait = years.get(getattr(review, decision))
        if review.public_source and wait and review.year + wait >= this_year:
            yield NextReview(review.site, review.year + wait, review.public_source)
