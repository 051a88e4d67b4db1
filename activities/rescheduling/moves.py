"""What moving, cancelling and reopening mean for an event and a training alike: the trace, the parts, who is told.

Each raises the sequence by which calendar programs tell a newer entry. The caller holds the lock of the row.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings, outbox
from notifications.mail_types import MailType
from notifications.models import Mailing
from notifications.recipients import Recipient
from records.formats.partial_dates import Precision

from ..models.activity import TIMES, Occasion
from ..models.times import days

KNOWN_DAY: Final = frozenset({Precision.DAY, Precision.MINUTE})
MOVABLE: Final = (Occasion.Status.DRAFT, Occasion.Status.ANNOUNCED)


@dataclass(frozen=True)
class When:
    """When an occasion takes place, as far as is known."""

    starts_at: dt.datetime
    start_precision: str
    ends_at: dt.datetime | None
    end_precision: str
    timezone: str

    @classmethod
    def of(cls, occasion: Occasion) -> "When":
        known = (occasion.starts_at, occasion.start_precision, occasion.ends_at, occasion.end_precision)
        return cls(*known, occasion.timezone)


def refuse_move(*, occasion: Occasion, to: When) -> None:
    """ValidationError, in words for an officer, when an occasion cannot be moved there."""
    if occasion.status not in MOVABLE:
        raise ValidationError(_("Only what is announced can be moved. This is: %(status)s.") % {
            "status": occasion.get_status_display()
        })  # fmt: skip
    if to == When.of(occasion):
        raise ValidationError(_("It is at this time already. Choose another one."), code="same")
    if to.start_precision == Precision.MINUTE and to.starts_at <= timezone.now():
        raise ValidationError(_("This time is past already. Choose one that is yet to come."), code="past")
    if to.ends_at and to.ends_at < to.starts_at:
        raise ValidationError(_("The end lies before the start."), code="end")


def write_move(occasion: Any, to: When, reason: str) -> None:
    """The new time, the trace of the former one; the sessions move along."""
    before = When.of(occasion)
    occasion.postponements.create(
        was_starts_at=before.starts_at, was_start_precision=before.start_precision, was_ends_at=before.ends_at,
        moved_at=timezone.now(), reason=reason,
    )  # fmt: skip
    shift = to.starts_at - before.starts_at
    for name in TIMES:
        setattr(occasion, name, getattr(to, name))
    _save(occasion)
    if Precision.MINUTE == before.start_precision == to.start_precision:
        for session in occasion.sessions.all():
            session.starts_at += shift
            session.ends_at += shift
            session.save(update_fields=["starts_at", "ends_at"])


def write_cancellation(occasion: Occasion, reason: str) -> None:
    if occasion.status not in MOVABLE:
        raise ValidationError(_("Only what is announced can be cancelled."))
    occasion.status = Occasion.Status.CANCELLED
    occasion.cancelled_at, occasion.cancel_reason = timezone.now(), reason
    _save(occasion)


def write_reopening(occasion: Occasion) -> None:
    if occasion.status != Occasion.Status.CANCELLED:
        raise ValidationError(_("Only what was cancelled can be reopened."))
    occasion.status = Occasion.Status.ANNOUNCED
    _save(occasion)


def _save(occasion: Occasion) -> None:
    occasion.sequence += 1
    occasion.full_clean(validate_unique=False)
    occasion.save()


def tell(
    kind: MailType, occasion: Occasion, readers: Iterable[tuple[Recipient, str]], *, kinds: Sequence[str], label: str,
    by: User | None, reason: str,
) -> Mailing | None:  # fmt: skip
    """One mailing to all readers; None when there are none. What an earlier change (of `kinds`) said and has not gone
    out yet would only confuse, and is withdrawn."""
    found = list(readers)
    if not found:
        return None
    words = label % {"occasion": f"{occasion.title}, {days(occasion)}"}
    mailing = mailings.open_mailing(label=words, kind=kind.name, by_id=by.pk if by else None)
    outbox.withdraw(names=kinds, subject=occasion, reason=_("A newer change says it all."))
    outbox.put_many(kind=kind.name, subject=occasion, readers=found, mailing=mailing, payload={"reason": reason})
    return mailing
