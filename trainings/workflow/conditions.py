"""What must hold before an application moves: that it is as it was seen, the deadline, the endorsement, the day."""

import datetime as dt
from typing import Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.scopes import scope_of
from typed_records.locks import locked

from ..models import Application, Training
from .transitions import UNDECIDED, State

# From the day a seat is confirmed: what is asked of participants.
TAKES_PART: Final = (State.CONFIRMED, State.ATTENDED, State.COMPLETED)


def fresh(application: Application, seen: int | None = None) -> Application:
    """The application as it is now, its training locked. Refused if it is not the one that was `seen`."""
    training = locked(Training(pk=application.training_id))
    found = Application.objects.select_related("person__care_of", "member_state", "seat_class").get(pk=application.pk)
    found.training = training
    if seen is not None and found.version != seen:
        raise ValidationError(
            _("%(reference)s has changed since you looked at it: it is “%(state)s” now. Look again, then decide."),
            params={"reference": found.reference, "state": found.get_state_display()}, code="stale",
        )  # fmt: skip
    return found


def refuse_time(training: Training, at: dt.datetime) -> None:
    """ValidationError when no application can be sent at an instant: the deadline is one, whatever clock shows it."""
    opens, closes, _zone = training.window_dates
    if training.status == Training.Status.CANCELLED:
        raise ValidationError(_("The training was cancelled."), code="cancelled")
    if training.status != Training.Status.ANNOUNCED or (opens is None and closes is None):
        raise ValidationError(_("The call is not open."), code="closed")
    if opens and at < opens:
        raise ValidationError(_("The call is not open yet."), code="later")
    if at >= min(closes or training.starts_at, training.starts_at):
        raise ValidationError(_("The deadline is over. What you wrote is kept as a draft."), code="over")


def refuse_unendorsed(application: Application) -> None:
    """ValidationError when the call wants endorsement first and the focal point has not given it."""
    if application.training.endorsement_required and not application.endorsed:
        raise ValidationError(
            _("%(reference)s is not endorsed. This call selects endorsed people only."),
            params={"reference": application.reference}, code="unendorsed",
        )  # fmt: skip


def refuse_endorser(*, application: Application, by: User) -> None:
    """Nobody endorses the own application, one of another state, or one that is being decided on already."""
    if application.person.user_id == by.pk:
        raise ValidationError(_("You cannot endorse your own application. Ask the secretariat."), code="own")
    scope = scope_of(by)
    if not scope.all and application.member_state_id not in scope.states:
        raise ValidationError(_("This application is not of your member state."), code="scope")
    if application.state not in UNDECIDED:
        raise ValidationError(
            _("%(reference)s is “%(state)s” now: the focal point speaks before the secretariat decides."),
            params={"reference": application.reference, "state": application.get_state_display()}, code="state",
        )  # fmt: skip
    refuse_over(application.training)


def refuse_over(training: Training) -> None:
    """ValidationError when nothing is decided for a training any more: it was cancelled, or has begun."""
    if training.status == Training.Status.CANCELLED:
        raise ValidationError(_("The training was cancelled: nothing is decided any more."), code="cancelled")
    if training.starts_at <= timezone.now():
        raise ValidationError(_("The training has begun: seats are no longer given."), code="begun")


def refuse_early(training: Training) -> None:
    """ValidationError before a training begins: nobody was there yet."""
    if training.starts_at > timezone.now():
        raise ValidationError(_("The training has not begun yet."), code="early")


def need(reason: str, words: str) -> None:
    """ValidationError where a reason has to be given and is not."""
    if not reason.strip():
        raise ValidationError(words, code="reason")


def refuse_not_taking_part(application: Application) -> None:
    """ValidationError when the person has no confirmed seat."""
    if application.state not in TAKES_PART:
        raise ValidationError(_("This is asked only of people who have confirmed their seat."), code="state")
