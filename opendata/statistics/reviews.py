"""The year of the next periodic review or revalidation, only where the last one is public.

Given is the year that follows by the rules from a public decision, and nothing that the secretariat knows besides. A site
whose last decision has no public text is not listed: nobody is to be told that it is late. A year that has passed says
nothing either, since the review may be under way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from types import ModuleType
from typing import Any

from django.db.models import QuerySet

from designated_sites.models import DesignatedSite
from geoparks import revalidations
from geoparks.models import Revalidation
from reserves import reviews
from reserves.models import BiosphereReserve, PeriodicReview

from .counted_records import Figures


@dataclass(frozen=True)
class NextReview:
    site: Any
    year: int
    source: str


def next_reviews(figures: Figures) -> list[NextReview]:
    found: list[tuple[int, int, str]] = [
        *_following(PeriodicReview.objects.all(), reviews, figures.now.year),
        *_following(Revalidation.objects.all(), revalidations, figures.now.year),
    ]
    sites = DesignatedSite.objects.in_bulk([pk for pk, _year, _source in found])
    named = [NextReview(sites[pk], year, source) for pk, year, source in found if pk in sites]
    return sorted(named, key=lambda one: (one.year, one.site.name))


def _following(records: QuerySet, rules: ModuleType, this_year: int) -> Iterator[tuple[int, int, str]]:
    """Site, year and source, from the last decision of each site, whether public or not."""
    of_designated = records.filter(site__published=True, site__status=BiosphereReserve.Status.DESIGNATED)
    by_site = groupby(of_designated.order_by("site_id"), key=lambda record: record.site_id)
    for site, of_site in by_site:
        last = rules.last_decided(of_site)
        year = rules.next_year(last) if last and last.public_source else None
        if year and year >= this_year:
            yield site, year, last.public_source
