"""Moving, cancelling and reopening a training, and extending its deadline: the trace on its page, the mails, the answers.

Each opens a mailing that can be called back. A change of wording is none of these and tells nobody.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, RoleGrant, User
from accounts.persons.recipients import recipient_of
from activities.rescheduling.along import (
    SESSIONS,
    Follower,
    by_days,
    can_follow,
    days_between,
    deadline_follower,
    known,
    sessions_follower,
)
from activities.rescheduling.moves import (
    KNOWN_DAY,
    When,
    refuse_move,
    tell,
    write_announcement,
    write_cancellation,
    write_holding,
    write_move,
    write_reopening,
)
from notifications.mail_types import MailType
from notifications.models import Mailing
from notifications.recipients import Recipient
from typed_records.locks import locked

from ..mails import changes
from ..models import Application, Training
from . import expiry, progress, seats

DEADLINE: Final = "deadline"
FOLLOW_UP: Final = "follow_up"
ALONG: Final = frozenset({DEADLINE, SESSIONS, FOLLOW_UP})


@transaction.atomic
def move(
    *, training: Training, to: When, reason: str, by: User | None, along: Collection[str] = ALONG
) -> Mailing | None:
    """Gives an announced training another time, zone or place in the year. ValidationError says why it cannot be moved.

    `along` names what moves by the same span: the deadline, the sessions, the follow-up form.
    """
    training = locked(training)
    refuse_move(activity=training, to=to)
    before = When.of(training)
    if can_follow(before, to):
        _move_along(training, days_between(before, to), along, reason)
    refuse_deadline(training=training, to=to)
    write_move(training, to, reason, along)
    kind = changes.MOVED if to.start_precision in KNOWN_DAY else changes.POSTPONED
    return _tell(kind, training, by, _("Moved: %(activity)s"), reason)


def refuse_deadline(*, training: Training, to: When, along: Collection[str] = ()) -> None:
    """ValidationError when nominations would close after the new start, also once the deadline has moved along."""
    closes, before = training.nominations_close_at, When.of(training)
    if closes and DEADLINE in along and can_follow(before, to):
        closes = by_days(closes, training.deadline_zone, days_between(before, to))
    if closes and closes > to.starts_at:
        raise ValidationError(_("The nominations would close after the start. Choose a later time."), code="deadline")


def _move_along(training: Training, days: int, along: Collection[str], reason: str) -> None:
    """A later deadline leaves the trace that an extension leaves."""
    closes, form_closes = training.nominations_close_at, training.follow_up_closes_at
    if DEADLINE in along and closes:
        training.nominations_close_at = by_days(closes, training.deadline_zone, days)
        if days > 0 and training.status == Training.Status.ANNOUNCED:
            training.extensions.create(was=closes, reason=reason)
    if FOLLOW_UP in along and form_closes:
        training.follow_up_closes_at = by_days(form_closes, training.timezone, days)


def followers(training: Training, to: When | None) -> list[Follower]:
    """What moves along with a training, with its times before and after; nothing as long as no span is known."""
    if to is not None and not can_follow(When.of(training), to):
        return []
    closes, zone = training.nominations_close_at, training.deadline_zone or training.timezone
    form_closes = training.follow_up_closes_at
    found = [
        deadline_follower(DEADLINE, _("Nominations close"), closes, zone, training, to),
        sessions_follower(training, to),
        deadline_follower(
            FOLLOW_UP, _("Follow-up form to be sent until"), form_closes, training.timezone, training, to
        ),
    ]
    return known(found)


@transaction.atomic
def announce(*, training: Training) -> None:
    """A draft becomes public. Nobody is written to: who wants to be told finds it in the digest and the feeds."""
    write_announcement(locked(training))


@transaction.atomic
def hold(*, training: Training) -> None:
    """It is over and took place."""
    write_holding(locked(training))


@transaction.atomic
def cancel(*, training: Training, reason: str, by: User | None) -> Mailing | None:
    """The training does not take place. Applications stay as they are, so that it can be reopened."""
    training = locked(training)
    write_cancellation(training, reason)
    for application in training.applications.filter(state=Application.State.SELECTED):
        expiry.stop(application=application, reason=_("The training was cancelled."))
    return _tell(changes.CALLED_OFF, training, by, _("Cancelled: %(activity)s"), reason)


@transaction.atomic
def reopen(*, training: Training, reason: str, by: User | None) -> Mailing | None:
    """A cancelled training takes place after all. Who had still to confirm a seat gets a new deadline."""
    training = locked(training)
    write_reopening(training)
    waiting = training.applications.filter(state=Application.State.SELECTED).with_readers()
    for application in waiting:
        application.training = training
        application.answer_by = seats.answer_by(training)
        application.version += 1
        application.save(update_fields=["answer_by", "version"])
        expiry.schedule(application=application)
    progress.settle(training=training, given_back_since=training.cancelled_at)
    return _tell(changes.REOPENED, training, by, _("Takes place after all: %(activity)s"), reason)


@transaction.atomic
def extend_deadline(*, training: Training, to: dt.datetime, reason: str, by: User | None) -> Mailing | None:
    """Gives people more time to apply, and keeps the trace. Told are those with a draft or an application, and focal points."""
    training = locked(training)
    refuse_extension(training=training, to=to)
    extension = training.extensions.create(was=training.nominations_close_at, reason=reason)  # type: ignore[misc]
    training.nominations_close_at = to
    training.full_clean(validate_unique=False)
    training.save()
    readers = [(recipient_of(person), f"{person.pk}.{extension.pk}") for person in _with_an_interest(training)]
    label = _("Deadline extended: %(activity)s")
    return tell(changes.EXTENDED, training, readers, kinds=[changes.EXTENDED.name], label=label, by=by, reason=reason)


def refuse_extension(*, training: Training, to: dt.datetime) -> None:
    """ValidationError, in words for an officer, when the deadline cannot be moved there."""
    closes = training.nominations_close_at
    if training.status != Training.Status.ANNOUNCED or closes is None:
        raise ValidationError(_("Only an announced call with a deadline can be extended."))
    if to <= closes:
        raise ValidationError(_("This is not later than the deadline as it is."), code="earlier")
    if to <= timezone.now():
        raise ValidationError(_("This time is past already. Choose one that is yet to come."), code="past")
    if to > training.starts_at:
        raise ValidationError(_("This is after the start of the training."), code="start")


def _with_an_interest(training: Training) -> list[Person]:
    """Who has begun or sent an application, and every focal point."""
    applied = training.applications.exclude(state__in=Application.GIVEN_UP).values("person")
    points = RoleGrant.objects.active().filter(role=RoleGrant.Role.FOCAL_POINT).values("person")
    found = Person.objects.known().filter(pk__in=applied.union(points)).select_related("care_of")
    return list(found.order_by("pk"))


def _tell(kind: MailType, training: Training, by: User | None, label: str, reason: str) -> Mailing | None:
    return tell(kind, training, _readers(training), kinds=changes.NAMES, label=label, by=by, reason=reason)


def _readers(training: Training) -> Iterable[tuple[Recipient, str]]:
    """Everybody whose application stands, whatever was decided about it; not who was told that they are not selected."""
    standing = training.applications.active().exclude(state=Application.State.NOT_SELECTED)
    for application in standing.with_readers():
        yield recipient_of(application.person), f"{application.pk}.{training.sequence}"
