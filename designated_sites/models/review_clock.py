"""The clocks of designated sites: what a review or revalidation asks for by when, and how that stands at a moment.

Everything here is worked out from the records; nothing is kept. A deadline is a whole day on the clocks of Paris, where the
secretariat of the council sits: it is met until that day is over there. All states turn with the first instant of a day of
Paris, so a report sent at 00:30 on 1 October from Tokyo still belongs to 30 September.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .sites import DesignatedSite

PARIS_ZONE: Final = "Europe/Paris"
PARIS: Final = ZoneInfo(PARIS_ZONE)
MONTHS_SOON: Final = 18
MONTHS_DUE: Final = 3  # when the last reminder goes out


class ReviewCycleState(TextChoices):
    """How a review stands. `state_of` says precisely when one turns into the next."""

    UNKNOWN = "unknown", _("Not known")
    NOT_DUE = "not_due", _("Not due")
    SOON = "soon", _("Due within 18 months")
    DUE = "due", _("Due")
    SUBMITTED = "submitted", _("Submitted")
    DEFERRED = "deferred", _("Deferred")
    OVERDUE = "overdue", _("Overdue")


@dataclass(frozen=True)
class Step:
    """One thing that a review asks for. Where the rules name no day, `window` says roughly when; `at_latest`: the day may
    still come to lie earlier."""

    name: str
    label: str | Promise
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    window: str | Promise = ""
    at_latest: bool = False
    is_asked: bool = True  # of the site; other steps are those of the council and its evaluators


class Review(Protocol):
    """The record of one review or revalidation, as each type of site keeps it."""

    @property
    def pk(self) -> int: ...

    year: int
    due_override: dt.date | None
    decided_on: dt.date | None


R = TypeVar("R", bound=Review)


@dataclass(frozen=True)
class ReviewCycle:
    """The review of a site that comes next or is under way.

    `due_on` is the day by which the site hands in its report, None where nobody knows it; `regular_on` that of the rules,
    before staff moved it. An unknown clock has neither, nor a year or steps. `running` is the record of this review, if there is one; `last` that of the last one decided.
    """

    site: DesignatedSite
    label: str | Promise
    year: int | None
    due_on: dt.date | None
    regular_on: dt.date | None
    state: ReviewCycleState
    steps: tuple[Step, ...] = ()
    running: Review | None = None
    last: Review | None = None

    @property
    def due_at(self) -> dt.datetime | None:
        """The first instant that is too late."""
        return limit(self.due_on) if self.due_on else None

    @property
    def is_moved(self) -> bool:
        """Staff have set another day than that of the rules."""
        return self.due_on != self.regular_on

    @property
    def open_steps(self) -> list[Step]:
        """What the site still has to hand in and has a day."""
        return [step for step in self.steps if step.is_asked and step.due_on and not step.done_on]

    @property
    def is_waited_for(self) -> bool:
        """A day lies ahead by which the site has to hand something in: it is reminded of, and stands in calendars."""
        return self.due_on is not None and self.state in WAITED_FOR


WAITED_FOR: Final = {ReviewCycleState.NOT_DUE, ReviewCycleState.SOON, ReviewCycleState.DUE, ReviewCycleState.DEFERRED}


def begin(day: dt.date) -> dt.datetime:
    """The first instant of a day of Paris, in UTC."""
    return dt.datetime.combine(day, dt.time(), tzinfo=PARIS).astimezone(dt.UTC)


def limit(day: dt.date) -> dt.datetime:
    """The first instant after a day of Paris: what comes before it is in time."""
    return begin(day + dt.timedelta(days=1))


def today_in_paris(now: dt.datetime) -> dt.date:
    return now.astimezone(PARIS).date()


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def state_of(
    *,
    now: dt.datetime,
    due_on: dt.date | None,
    regular_on: dt.date | None,
    is_vouched: bool,
    is_submitted: bool,
    is_deferred: bool = False,
) -> ReviewCycleState:
    """How a review that is due by the end of `due_on` (Paris time) stands at an instant.

    - *submitted*: what was asked for has come in and no decision is on record, however long ago the day was.
    - *overdue*: from the first instant after `due_on`; only if somebody vouches for the day (`is_vouched`: it follows
      from a recorded decision, or staff have set it). Without that, *unknown*: silence of our records is not the site's.
    - *due*: in the last three months, from the first instant of the same day three months before.
    - *deferred*: more information was requested (`is_deferred`), or the day of the rules is over and staff have set a later
      one; until it becomes due.
    - *due within 18 months*: from the first instant of the same day 18 months before.
    - *not due*: before that. *unknown*: no day is known, and nothing was deferred.
    """
    if is_submitted:
        return ReviewCycleState.SUBMITTED
    if due_on is None:
        return ReviewCycleState.DEFERRED if is_deferred else ReviewCycleState.UNKNOWN
    if now >= limit(due_on):
        return ReviewCycleState.OVERDUE if is_vouched else ReviewCycleState.UNKNOWN
    if now >= begin(months_before(due_on, MONTHS_DUE)):
        return ReviewCycleState.DUE
    if is_deferred or (regular_on is not None and regular_on < due_on and now >= limit(regular_on)):
        return ReviewCycleState.DEFERRED
    return ReviewCycleState.SOON if now >= begin(months_before(due_on, MONTHS_SOON)) else ReviewCycleState.NOT_DUE


def without_doubtful(clock: ReviewCycle) -> ReviewCycle:
    """A date that is past and that nobody vouches for is not told to anybody: an unknown clock says nothing but that."""
    if clock.state != ReviewCycleState.UNKNOWN:
        return clock
    return replace(clock, year=None, due_on=None, regular_on=None, steps=())


def latest(rows: Iterable[R]) -> R | None:
    """The record of the latest year, or None."""
    return max(rows, key=lambda row: row.year, default=None)


def by_date(clocks: Iterable[ReviewCycle]) -> list[ReviewCycle]:
    """The next first; those without a day at the end, and unknown ones after them."""
    return sorted(
        clocks,
        key=lambda clock: (
            clock.state == ReviewCycleState.UNKNOWN,
            clock.due_on or dt.date.max,
            clock.site.name,
            clock.site.pk,
        ),
    )
