"""What officers record of a revalidation: summary or report have come in, a card was given, the date is another one."""

import datetime as dt
from typing import Final, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from designated_sites.review_cycle.recording import on_review_of, refuse_future
from network.models import Document

from .models import Geopark, Revalidation
from .revalidations import Card


class Part(models.TextChoices):
    """What a geopark hands in."""

    SUMMARY = "summary", gettext_lazy("One-page summary")
    REPORT = "report", gettext_lazy("Progress report and self-evaluation")


COLUMNS: Final = {Part.SUMMARY.value: "summary_received_on", Part.REPORT.value: "report_received_on"}


@transaction.atomic
def record_submission(
    *,
    geopark: Geopark,
    year: int,
    part: str,
    received_on: dt.date,
    reason: str,
    by: User,
    document: Document | None = None,
) -> Revalidation:
    """A part of what is asked for is there."""
    refuse_future("received_on", received_on)
    with on_review_of(geopark, year=year, by=by, reason=reason) as revalidation:
        if getattr(revalidation, COLUMNS[part]):
            raise ValidationError({"received_on": _("This is recorded already. Correct it in the form of the site.")})
        setattr(revalidation, COLUMNS[part], received_on)
        revalidation.document = document or revalidation.document
    return revalidation


@transaction.atomic
def record_decision(
    *,
    geopark: Geopark,
    year: int,
    card: str,
    decided_on: dt.date,
    reason: str,
    by: User,
    public_source: str = "",
    document: Document | None = None,
) -> Revalidation:
    """A card was given. A red one comes only after a yellow, and ends the clock; the status of the geopark is changed in its
    form, since the public reads it."""
    refuse_future("decided_on", decided_on)
    if card not in Card.values or not card:
        raise ValidationError({"card": _("Choose a card.")})
    with on_review_of(geopark, year=year, by=by, reason=reason) as revalidation:
        clock = geopark.clock()
        last = cast(Revalidation | None, clock.last) if clock else None
        if card == Card.RED and (last is None or last.card != Card.YELLOW):
            raise ValidationError(
                {"card": _("A red card comes only after a yellow one, and the last one was not yellow.")}
            )
        revalidation.card, revalidation.decided_on = card, decided_on
        revalidation.public_source = public_source or revalidation.public_source
        revalidation.document = document or revalidation.document
    return revalidation


@transaction.atomic
def set_due_date(*, geopark: Geopark, year: int, due_on: dt.date, reason: str, by: User) -> Revalidation:
    """Another day for the progress report than that of the rules."""
    with on_review_of(geopark, year=year, by=by, reason=reason) as revalidation:
        revalidation.due_override, revalidation.override_reason = due_on, reason
    return revalidation
