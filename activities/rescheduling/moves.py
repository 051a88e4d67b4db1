"""What moving, cancelling and reopening mean for an event and a training alike: the trace, the parts, who is told.

Each raises the sequence by which calendar programs tell a newer entry. The caller holds the lock of the row.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications import mailings, outbox
from notifications.mail_types import MailType
from notifications.models import Mailing
from notifications.recipients import Recipient
from records.formats.partial_dates import Precision

from ..models import TIMES, Activity
from ..models.times import days
from .along import SESSIONS, by_span, can_follow
from .when import KNOWN_DAY, When

__all__ = [
    "KNOWN_DAY",
    "MOVABLE",
    "When",
    "refuse_move",
    "tell",
    "write_announcement",
    "write_cancellation",
    "write_holding",
    "write_move",
    "write_reopening",
]
MOVABLE: Final = (Activity.Status.DRAFT, Activity.Status.ANNOUNCED)


def refuse_move(*, activity: Activity, to: When) -> None:
    """ValidationError, in words for an officer, when an activity cannot be moved there."""
    if activity.status not in MOVABLE:
        raise ValidationError(_("Only what is announced can be moved. This is: %(status)s.") % {
            "status": activity.get_status_display()
        })  # fmt: skip
    if to == When.of(activity):
        raise ValidationError(_("It is at this time already. Choose another one."), code="same")
    if to.start_precision == Precision.MINUTE and to.starts_at <= timezone.now():
        raise ValidationError(_("This time is past already. Choose one that is yet to come."), code="past")
    if to.ends_at and to.ends_at < to.starts_at:
        raise ValidationError(_("The end lies before the start."), code="end")


def write_move(activity: Activity, to: When, reason: str, along: Collection[str]) -> None:
    """The new time, the trace of the former one; the sessions move along if they are named."""
    before = When.of(activity)
    activity.postponements.create(
        was_starts_at=before.starts_at, was_start_precision=before.start_precision, was_ends_at=before.ends_at,
        moved_at=timezone.now(), reason=reason,
    )  # fmt: skip
    for name in TIMES:
        setattr(activity, name, getattr(to, name))
    _save(activity)
    if SESSIONS in along and can_follow(before, to):
        for session in activity.sessions.all():
            session.starts_at = by_span(session.starts_at, before, to)
            session.ends_at = by_span(session.ends_at, before, to)
            session.save(update_fields=["starts_at", "ends_at"])


def write_announcement(activity: Activity) -> None:
    """From now on it is public. The history keeps when and by whom."""
    if activity.status != Activity.Status.DRAFT:
        raise ValidationError(_("Only a draft can be announced."))
    activity.status, activity.published = Activity.Status.ANNOUNCED, True
    activity.full_clean(validate_unique=False)
    activity.save()


def write_holding(activity: Activity) -> None:
    """It took place."""
    if activity.status not in MOVABLE:
        raise ValidationError(
            _("This cannot be said of it. It is: %(status)s.") % {"status": activity.get_status_display()}
        )
    if (activity.ends_at or activity.starts_at) > timezone.now():
        raise ValidationError(_("It is not over yet."))
    activity.status = Activity.Status.HELD
    activity.full_clean(validate_unique=False)
    activity.save()


def write_cancellation(activity: Activity, reason: str) -> None:
    if activity.status not in MOVABLE:
        raise ValidationError(_("Only what is announced can be cancelled."))
    activity.status = Activity.Status.CANCELLED
    activity.cancelled_at, activity.cancel_reason = timezone.now(), reason
    _save(activity)


def write_reopening(activity: Activity) -> None:
    if activity.status != Activity.Status.CANCELLED:
        raise ValidationError(_("Only what was cancelled can be reopened."))
    activity.status = Activity.Status.ANNOUNCED
    _save(activity)


def _save(activity: Activity) -> None:
    activity.sequence += 1
    activity.full_clean(validate_unique=False)
    activity.save()


def tell(
    kind: MailType, activity: Activity, readers: Iterable[tuple[Recipient, str]], *, kinds: Sequence[str], label: str,
    by: User | None, reason: str,
) -> Mailing | None:  # fmt: skip
    """One mailing to all readers; None when there are none. What an earlier change (of `kinds`) said and has not gone
    out yet would only confuse, and is withdrawn."""
    found = list(readers)
    if not found:
        return None
    words = label % {"activity": f"{activity.title}, {days(activity)}"}
    mailing = mailings.open_mailing(label=words, kind=kind.name, by_id=by.pk if by else None)
    outbox.withdraw(names=kinds, subject=activity, reason=_("A newer change says it all."))
    outbox.put_many(kind=kind.name, subject=activity, readers=found, mailing=mailing, payload={"reason": reason})
    return mailing
