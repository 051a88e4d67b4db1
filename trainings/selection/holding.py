"""Deciding without telling: a decision is held beside the state of the application until the mails are let go.

Nobody outside the secretariat sees it. A held selection keeps its seat, so that nobody gives it twice.
"""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from typed_records.locks import locked

from ..models import Application, SeatClass, SelectionDecision, Training
from ..workflow import held, seats
from ..workflow.conditions import fresh, refuse_over, refuse_unendorsed
from ..workflow.transitions import refuse_move
from .choices import Choice, of_each

To = SelectionDecision.To
OF_A_CLASS: Final = frozenset({To.SELECTED, To.RESERVE_LIST})


@transaction.atomic
def hold(
    *, training: Training, to: str, chosen: Sequence[Choice], by: User, seat_class: SeatClass | None = None,
    reason: str = "", person_reads: bool = False,
) -> list[SelectionDecision]:  # fmt: skip
    """Decides about all that are chosen, and tells nobody. Without a class each gets the one applied for. A decision held
    before is replaced.

    ValidationError with one message for each application that hinders it; then nothing is decided.
    """
    training = locked(training)
    refuse_over(training)

    def decide(application: Application, seen: Choice) -> SelectionDecision:
        return _held(
            fresh(application, seen.version), seen, to=to, by=by, seat_class=seat_class, reason=reason,
            person_reads=person_reads,
        )  # fmt: skip

    return of_each(training, chosen, decide)


def _held(
    application: Application, seen: Choice, *, to: str, by: User, seat_class: SeatClass | None, reason: str,
    person_reads: bool,
) -> SelectionDecision:  # fmt: skip
    before = _as_seen(application, seen)
    if application.state in (application.State.SELECTED, application.State.CONFIRMED):
        raise ValidationError(
            _("%(reference)s has been told of a seat. On its own page it can be taken back, with a reason."),
            params={"reference": application.reference}, code="told",
        )  # fmt: skip
    refuse_move(application, to)
    given = _class_for(application, to, seat_class)
    if to in OF_A_CLASS:
        refuse_unendorsed(application)
    if before is not None:
        held.end(before, by=by, why=_("Another decision took its place."))
    if given is not None:
        _refuse_class(application, to, given)
    return SelectionDecision.objects.create(
        application=application, to_state=to, seat_class=given, by=by, reason=reason, person_reads=person_reads
    )  # fmt: skip


def _class_for(application: Application, to: str, chosen: SeatClass | None) -> SeatClass | None:
    if to not in OF_A_CLASS:
        return None
    given = chosen or application.seat_class or application.wanted_class
    if given is None:
        raise ValidationError(
            _("%(reference)s has applied for no class of seats: choose the class."),
            params={"reference": application.reference}, code="class",
        )  # fmt: skip
    return given


def _refuse_class(application: Application, to: str, given: SeatClass) -> None:
    if to == To.SELECTED:
        seats.refuse_seat(application=application, seat_class=given)
    elif given.training_id != application.training_id:
        raise ValidationError(_("This class of seats belongs to another training."), code="class")
    else:
        seats.refuse_class(application=application, seat_class=given)


def _as_seen(application: Application, seen: Choice) -> SelectionDecision | None:
    """The held decision, if it is the one that was seen."""
    before = held.held_decision(application)
    if (before.pk if before else 0) != seen.held:
        now = before.get_to_state_display() if before else _("none")
        raise ValidationError(
            _("The decision about %(reference)s has changed since you looked: it is “%(decision)s” now. Look again."),
            params={"reference": application.reference, "decision": now}, code="stale",
        )  # fmt: skip
    return before


@transaction.atomic
def take_back(*, training: Training, chosen: Sequence[Choice], by: User) -> int:
    """Takes held decisions back: as if they had not been taken, but for a line that only the office reads. How many."""
    training = locked(training)

    def take(application: Application, seen: Choice) -> None:
        before = _as_seen(application, seen)
        if before is None:
            raise ValidationError(
                _("No decision about %(reference)s is held."), params={"reference": application.reference}, code="none"
            )
        held.end(before, by=by, why=_("Taken back."))

    return len(of_each(training, chosen, take))


@transaction.atomic
def take_all_back(*, training: Training, by: User, seen: int) -> int:
    """Takes every held decision of a training back. ValidationError if there are not as many as were seen."""
    training = locked(training)
    decisions = list(SelectionDecision.objects.held().of_training(training))
    if len(decisions) != seen:
        raise ValidationError(
            _("There are %(now)d held decisions now, not %(seen)d. Look again."),
            params={"now": len(decisions), "seen": seen}, code="stale",
        )  # fmt: skip
    for decision in decisions:
        held.end(decision, by=by, why=_("Taken back."))
    return len(decisions)
