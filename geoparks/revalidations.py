"""The clock of revalidations of UNESCO Global Geoparks, worked out from their records.

The designation lasts four years; a green card gives four more, a yellow card two, a red card ends it. A one-page summary
goes in by 31 July of the year before, the progress report with the self-evaluation three months before the mission of the
evaluators. Days are those of Paris.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import (
    Review,
    ReviewCycle,
    Step,
    begin,
    latest,
    months_before,
    state_of,
    without_doubtful,
)

YEARS: Final = 4
MONTHS_BEFORE_MISSION: Final = 3
LABEL: Final = _("Revalidation")


class Card(models.TextChoices):
    UNKNOWN = "", _("Not known")
    GREEN = "green", _("Green card: four more years")
    YELLOW = "yellow", _("Yellow card: two years to put things right")
    RED = "red", _("Red card: designation ends")


YEARS_OF_CARD: Final[dict[str, int]] = {Card.GREEN.value: 4, Card.YELLOW.value: 2}


class Revalidation(Review, Protocol):
    """The record of a revalidation."""

    card: str
    mission_on: dt.date | None
    summary_received_on: dt.date | None
    report_received_on: dt.date | None


R = TypeVar("R", bound=Revalidation)


def is_decided(revalidation: Revalidation) -> bool:
    return bool(revalidation.card) or revalidation.decided_on is not None


def last_decided(revalidations: Iterable[R]) -> R | None:
    """The record of the last revalidation that is over, or None."""
    return latest(one for one in revalidations if is_decided(one))


def next_year(decided: Revalidation) -> int | None:
    """The year of the revalidation after one that is over; None where the card that says so is not known, or was red."""
    years = YEARS_OF_CARD.get(decided.card)
    return decided.year + years if years else None


def clock_of(geopark: DesignatedSite, revalidations: Iterable[Revalidation], now: dt.datetime) -> ReviewCycle | None:
    """The revalidation of a geopark that comes next or is under way; None where there is none: aspiring, withdrawn, red card.

    Under way is the latest record that is not over and later than the last decision. Due is the progress report: on the day
    set by staff, else three months before the mission. While no mission is planned it is due at the latest on 30 September
    of the year, three months before the last day on which a mission in that year could begin. Once the mission has begun
    nothing is handed in any more. Nobody vouches for a date that rests on the year of designation alone.
    """
    known = list(revalidations)
    last = last_decided(known)
    if geopark.status != DesignatedSite.Status.DESIGNATED or (last and last.card == Card.RED):
        return None
    running = latest(one for one in known if not is_decided(one) and (last is None or one.year > last.year))
    first = geopark.designation_year  # None in a form that is not accepted
    expected = next_year(last) if last else first and first + YEARS
    year = running.year if running else expected
    mission_on = running.mission_on if running else None
    moved_to = running.due_override if running else None
    regular_on = report_day(year, mission_on)
    due_on = moved_to or regular_on
    follows = last is not None and expected is not None and year is not None and year >= expected
    clock = ReviewCycle(
        site=geopark, label=LABEL, year=year, due_on=due_on, regular_on=regular_on, running=running, last=last,
        steps=_steps(running, moved_to.year if moved_to else year, due_on, is_fixed=bool(moved_to or mission_on)),
        state=state_of(
            now=now, due_on=due_on, regular_on=regular_on, is_submitted=_is_submitted(running, now),
            is_vouched=follows or moved_to is not None or mission_on is not None,
        ),
    )  # fmt: skip
    return without_doubtful(clock)


def report_day(year: int | None, mission_on: dt.date | None) -> dt.date | None:
    """By when the progress report is due by the rules."""
    if mission_on is None and year is None:
        return None
    return months_before(mission_on, MONTHS_BEFORE_MISSION) if mission_on else dt.date(year or 0, 9, 30)


def _is_submitted(running: Revalidation | None, now: dt.datetime) -> bool:
    if running is None:
        return False
    begun = running.mission_on is not None and now >= begin(running.mission_on)
    return begun or running.report_received_on is not None


def _steps(
    running: Revalidation | None, year: int | None, report_on: dt.date | None, *, is_fixed: bool
) -> tuple[Step, ...]:
    if year is None:
        return ()
    summary_in = running.summary_received_on if running else None
    report_in = running.report_received_on if running else None
    return (
        Step("summary", _("One-page summary"), dt.date(year - 1, 7, 31), summary_in),
        Step("report", _("Progress report and self-evaluation"), report_on, report_in, at_latest=not is_fixed),
        Step("mission", _("Mission of the evaluators"), running.mission_on if running else None, is_asked=False,
             window=format_lazy(_("in {year}, the day is not known"), year=year)),
    )  # fmt: skip
