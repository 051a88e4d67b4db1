"""What officers record of a periodic review: a report has come in, the council has decided, the date is another one."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from designated_sites.review_cycle.recording import on_review_of, refuse_future
from network.models import Document

from .models import BiosphereReserve, PeriodicReview
from .reviews import Outcome


@transaction.atomic
def record_submission(
    *,
    reserve: BiosphereReserve,
    year: int,
    received_on: dt.date,
    reason: str,
    by: User,
    document: Document | None = None,
) -> PeriodicReview:
    """The report is there; or the further information, where the council has asked for it."""
    refuse_future("received_on", received_on)
    with on_review_of(reserve, year=year, by=by, reason=reason) as review:
        column = "information_received_on" if review.outcome == Outcome.MORE_INFORMATION else "received_on"
        if getattr(review, column):
            raise ValidationError({"received_on": _("This is recorded already. Correct it in the form of the site.")})
        setattr(review, column, received_on)
        review.document = document or review.document
    return review


@transaction.atomic
def record_decision(
    *,
    reserve: BiosphereReserve,
    year: int,
    outcome: str,
    decided_on: dt.date,
    reason: str,
    by: User,
    deferred_until: dt.date | None = None,
    public_source: str = "",
    document: Document | None = None,
) -> PeriodicReview:
    """The council has decided. A request for more information keeps the review open, until a day if one is given.

    A withdrawal ends the clock; the status of the reserve is changed in its form, since the public reads it.
    """
    refuse_future("decided_on", decided_on)
    more = outcome == Outcome.MORE_INFORMATION
    if outcome not in Outcome.values or not outcome:
        raise ValidationError({"outcome": _("Choose an outcome.")})
    if deferred_until and not more:
        raise ValidationError({"deferred_until": _("Only where more information is requested.")})
    if deferred_until and deferred_until <= decided_on:
        raise ValidationError({"deferred_until": _("This lies before the decision.")})
    with on_review_of(reserve, year=year, by=by, reason=reason) as review:
        review.outcome, review.decided_on = outcome, decided_on
        if more:
            review.deferred_until, review.information_received_on = deferred_until, None
        review.public_source = public_source or review.public_source
        review.document = document or review.document
    return review


@transaction.atomic
def set_due_date(*, reserve: BiosphereReserve, year: int, due_on: dt.date, reason: str, by: User) -> PeriodicReview:
    """Another day than that of the rules; that of the further information, where the council has asked for it."""
    with on_review_of(reserve, year=year, by=by, reason=reason) as review:
        if review.outcome == Outcome.MORE_INFORMATION:
            review.deferred_until = due_on
        else:
            review.due_override, review.override_reason = due_on, reason
    return review
