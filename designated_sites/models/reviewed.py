"""Reads of sites whose designation is reviewed from time to time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self, cast

from django.utils import timezone

from .review_clock import ReviewCycle, ReviewCycleState
from .sites import SiteQuerySet


class ClockedQuerySet(SiteQuerySet):
    """Sites with a clock. It is worked out in memory: a network has a few hundred sites with a handful of reviews each.

    The model has a method `clock(now)` and names the relation that holds the reviews, `clock_rows`.
    """

    def with_outcomes(self) -> Self:
        """Their reviews in one more query, from which `clock()` is worked out."""
        return self.prefetch_related(cast(Any, self.model).clock_rows)

    def clocks(self, now: dt.datetime | None = None) -> list[ReviewCycle]:
        """Of those that have one, in the order of the sites. Two queries."""
        moment = now or timezone.now()
        sites: Iterable[Any] = self.designated().with_outcomes()
        found = (site.clock(moment) for site in sites)
        return [clock for clock in found if clock]

    def with_clock(self, *states: ReviewCycleState, now: dt.datetime | None = None) -> Self:
        """Those whose clock is in one of some states. Two queries when it is called."""
        bare = self.order_by().only("status", "designation_year", "name")
        return self.filter(pk__in=[clock.site.pk for clock in bare.clocks(now) if clock.state in states])

    def review_due(self, now: dt.datetime | None = None) -> Self:
        """The report is due within three months."""
        return self.with_clock(ReviewCycleState.DUE, now=now)

    def review_overdue(self, now: dt.datetime | None = None) -> Self:
        """The day is over, somebody vouches for it, and nothing has come in."""
        return self.with_clock(ReviewCycleState.OVERDUE, now=now)

    def review_within_18_months(self, now: dt.datetime | None = None) -> Self:
        """Due within 18 months, the last three included."""
        return self.with_clock(ReviewCycleState.SOON, ReviewCycleState.DUE, now=now)

    def review_submitted(self, now: dt.datetime | None = None) -> Self:
        """The report is there, the decision is not."""
        return self.with_clock(ReviewCycleState.SUBMITTED, now=now)

    def review_unknown(self, now: dt.datetime | None = None) -> Self:
        """Nobody has recorded when they were reviewed."""
        return self.with_clock(ReviewCycleState.UNKNOWN, now=now)
