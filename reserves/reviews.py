"""The clock of periodic reviews (Statutory Framework of the World Network, Article 9), worked out from their records.

A review is due every ten years after the designation or the last review. The report goes in by 30 September of that year,
Paris time; the Advisory Committee reads it from January to March, the council decides in June or July.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Protocol, TypeVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from designated_sites.models import DesignatedSite
from designated_sites.models.review_clock import Review as ReviewRow
from designated_sites.models.review_clock import ReviewCycle, Step, latest, state_of, without_doubtful

YEARS: Final = 10
LABEL: Final = _("Periodic review")


class Outcome(models.TextChoices):
    UNKNOWN = "", _("Not known")
    MEETS = "meets", _("Meets the criteria")
    DOES_NOT_MEET = "does_not_meet", _("Does not meet the criteria")
    MORE_INFORMATION = "more_information", _("More information requested")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class Review(ReviewRow, Protocol):
    """The record of a periodic review."""

    outcome: str
    received_on: dt.date | None
    deferred_until: dt.date | None
    information_received_on: dt.date | None


R = TypeVar("R", bound=Review)


def is_decided(review: Review) -> bool:
    """Over. A request for more information is not: the review goes on."""
    if review.outcome == Outcome.MORE_INFORMATION:
        return False
    return bool(review.outcome) or review.decided_on is not None


def last_decided(reviews: Iterable[R]) -> R | None:
    """The record of the last review that is over, or None."""
    return latest(review for review in reviews if is_decided(review))


def next_year(decided: Review) -> int | None:
    """The year of the review after one that is over: ten years on, also where only the outcome is not known. What follows
    on "does not meet" the council says itself; a withdrawal ends the designation."""
    return decided.year + YEARS if decided.outcome in (Outcome.MEETS, Outcome.UNKNOWN) else None


def clock_of(reserve: DesignatedSite, reviews: Iterable[Review], now: dt.datetime) -> ReviewCycle | None:
    """The review of a reserve that comes next or is under way; None where there is none: not designated, or withdrawn.

    Under way is the latest record that is not over and later than the last decision. Its date is the day set by staff, else
    30 September of its year. Nobody vouches for a date that rests on the year of designation, on a review of unknown
    outcome, or on a record without any fact but an early year: once past, such a clock is unknown.
    """
    known = list(reviews)
    last = last_decided(known)
    if reserve.status != DesignatedSite.Status.DESIGNATED or (last and last.outcome == Outcome.WITHDRAWAL):
        return None
    running = latest(one for one in known if not is_decided(one) and (last is None or one.year > last.year))
    first = reserve.designation_year  # None in a form that is not accepted
    expected = next_year(last) if last else first and first + YEARS
    year = running.year if running else expected
    regular_on = dt.date(year, 9, 30) if year else None
    due_on = (running.due_override if running else None) or regular_on
    asked_again = running is not None and running.outcome == Outcome.MORE_INFORMATION
    follows = last is not None and last.outcome == Outcome.MEETS and year is not None and year >= last.year + YEARS
    steps = _steps(running, due_on)
    if running is not None and asked_again:
        due_on = running.deferred_until
    clock = ReviewCycle(
        site=reserve, label=LABEL, year=year, due_on=due_on, regular_on=due_on if asked_again else regular_on, steps=steps,
        running=running, last=last,
        state=state_of(
            now=now, due_on=due_on, regular_on=regular_on, is_deferred=asked_again, is_submitted=_is_submitted(running),
            is_vouched=follows or (running is not None and (asked_again or running.due_override is not None)),
        ),
    )  # fmt: skip
    return without_doubtful(clock)


def _is_submitted(running: Review | None) -> bool:
    if running is None:
        return False
    asked_again = running.outcome == Outcome.MORE_INFORMATION
    return (running.information_received_on if asked_again else running.received_on) is not None


def _steps(running: Review | None, report_on: dt.date | None) -> tuple[Step, ...]:
    """The months in which the report is read and decided are known as long as it is due on the day of the rules."""
    if report_on is None and running is None:
        return ()
    report = Step("report", _("Report to the MAB Secretariat"), report_on, running.received_on if running else None)
    if running is not None and running.outcome == Outcome.MORE_INFORMATION:
        return report, Step(
            "information", _("Further information"), running.deferred_until, running.information_received_on
        )
    if report_on is None or (running is not None and running.due_override):
        return (report,)
    committee = format_lazy(_("January to March {year}"), year=report_on.year + 1)
    council = format_lazy(_("June or July {year}"), year=report_on.year + 1)
    return (
        report,
        Step("committee", _("Advisory Committee"), window=committee, is_asked=False),
        Step("council", _("Decision of the council"), window=council, is_asked=False),
    )
