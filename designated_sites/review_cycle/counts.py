"""How many sites of a kind stand where with their reviews; cached until a record changes or a day of Paris begins."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import cast

from history.versions import Version
from records.cached import WEEK, cached

from ..models import ClockedQuerySet, DesignatedSite
from ..models.review_clock import ReviewCycleState, today_in_paris


@dataclass(frozen=True)
class CycleCounts:
    """Sites in one state: how many, and the earliest of their due dates."""

    number: int = 0
    first_due: dt.date | None = None


def clock_counts(model: type[DesignatedSite], now: dt.datetime, version: Version) -> dict[str, CycleCounts]:
    """By state; a state in which no site is, is left out. `version` is that of the records as they are read."""
    day = today_in_paris(now)
    return cached("clocks", version, lambda: _counted(model, now), model._meta.label, day, seconds=WEEK)


def _counted(model: type[DesignatedSite], now: dt.datetime) -> dict[str, CycleCounts]:
    sites = cast(ClockedQuerySet, model.objects.order_by().only("status", "designation_year", "name"))
    clocks = sites.clocks(now)
    numbers = Counter(clock.state for clock in clocks)
    first: dict[ReviewCycleState, dt.date] = {}
    for clock in clocks:
        if clock.due_on:
            first[clock.state] = min(clock.due_on, first.get(clock.state, clock.due_on))
    return {state.value: CycleCounts(number, first.get(state)) for state, number in numbers.items()}
