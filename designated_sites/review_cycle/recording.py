"""What the acts on reviews and revalidations have in common: the record of one year, found or begun under a lock."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from history.actor import acting
from typed_records.locks import locked

from ..models.review_clock import ReviewCycle, ReviewCycleState, today_in_paris


@contextmanager
def on_review_of(site: Any, *, year: int, by: User, reason: str) -> Iterator[Any]:
    """The record of the review of a year, saved when all has gone well; a new one where there is none yet. A record of an
    early year of which nothing else is known does not stand in the way of a later one.

    ValidationError when the site has no clock, that review is over, another one is under way, or no reason is given.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why. The history of the site keeps it.")})
    with acting(by.pk, reason=reason):
        review = _review(locked(site), year)
        yield review
        refuse_faults(review)
        review.save()


def _review(site: Any, year: int) -> Any:
    clock = site.clock()
    if clock is None:
        raise ValidationError(_("This site has no clock: it is not designated, or its designation has ended."))
    if clock.running is not None and not (clock.state == ReviewCycleState.UNKNOWN and year > clock.running.year):
        if clock.running.year != year:
            raise ValidationError({"year": _("The one of %(year)d is under way. It is decided first.") % {"year": clock.running.year}})  # fmt: skip
        return clock.running
    if clock.last is not None and year <= clock.last.year:
        raise ValidationError({"year": _("The one of %(year)d is decided already.") % {"year": clock.last.year}})
    rows = getattr(site, site.clock_rows)
    return rows.filter(year=year).first() or rows.model(site=site, year=year)


def refuse_faults(review: Model) -> None:
    """What the columns and constraints refuse, in words, before the database does."""
    review.full_clean(validate_unique=False)


def refuse_future(name: str, day: dt.date | None) -> None:
    """ValidationError when something is to have taken place on a day that is yet to come in Paris."""
    if day and day > today_in_paris(timezone.now()):
        raise ValidationError({name: _("This day is yet to come.")})


def suggested_year(clock: ReviewCycle | None) -> int:
    """The year that an act most likely means: of the review under way, of the next one, else this year."""
    if clock and clock.year:
        return clock.year
    return today_in_paris(timezone.now()).year
