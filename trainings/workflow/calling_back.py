"""Calling decisions back together with their mails: state, log and outbox are as they were, and nobody has learned of it.

Somebody whose mail has left stays decided about, and so does whoever has acted since: for them there is the counter-act.
"""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Mail, Mailing
from typed_records.locks import lock

from ..mails.results import RESULTS
from ..models import Application, ApplicationStep, SelectionDecision, Training
from . import expiry, held, reserve_list, seats
from .transitions import State, note

LEFT: Final = (Mail.State.SENDING, Mail.State.SENT, Mail.State.UNKNOWN, Mail.State.FAILED)
_APPLICATION: Final = Application._meta.label_lower


class SelectionReversal:
    """Registered with the mailings of decisions."""

    def lock(self, mailing: Mailing) -> None:
        told = SelectionDecision.objects.told_by(mailing).order_by()
        lock(Training, *set(told.values_list("application__training", flat=True)))

    def undo(self, mailing: Mailing, stopped: Sequence[Mail], by_id: int | None) -> int:
        by = User.objects.filter(pk=by_id).first() if by_id else None
        untold = {mail.subject_id for mail in stopped if mail.subject_label == _APPLICATION}
        known_to_states = _states_that_know(mailing)
        told = SelectionDecision.objects.told_by(mailing).select_related(
            "application__training", "application__member_state", "application__person__care_of", "was_class", "step"
        )
        undone = 0
        for decision in told:
            application = decision.application
            if application.pk in untold and application.member_state_id not in known_to_states:
                undone += _restored(decision, by)
        return undone


def _states_that_know(mailing: Mailing) -> set[str]:
    """Member states whose focal point has been told the results already."""
    gone = mailing.mails.filter(kind=RESULTS.name, state__in=LEFT).values_list("occurrence", flat=True)
    return {occurrence.partition(".")[0] for occurrence in gone}


def _restored(decision: SelectionDecision, by: User | None) -> bool:
    application, step = decision.application, decision.step
    if step is None or application.state != decision.to_state or _moved_since(application, step):
        return False
    if decision.was_state in Application.HOLDING and not _seat_is_still_there(decision):
        return False
    application.state, application.seat_class = decision.was_state, decision.was_class
    application.answer_by = decision.was_answer_by
    application.reserve_rank = _free_reserve_rank(decision)
    application.endorsement_rank = _free_endorsement_rank(decision)
    application.version += 1
    application.save()
    step.delete()
    decision.step = None
    expiry.forget(application=application)
    if application.state == State.SELECTED:
        expiry.schedule(application=application)
    words = _("Called back before anybody was told: “%(decision)s”.") % {"decision": decision.get_to_state_display()}
    note(application, by=by, reason=words)
    if decision.was_state in held.HOLDABLE and decision.by_id is not None:
        held.hold_again(decision)
    else:
        held.end(decision, by=by, why=words)
    return True


def _moved_since(application: Application, step: ApplicationStep) -> bool:
    later = application.steps.filter(pk__gt=step.pk)
    return any(one.from_state != one.to_state for one in later)


def _seat_is_still_there(decision: SelectionDecision) -> bool:
    if decision.was_class is None:
        return True
    try:
        seats.refuse_seat(application=decision.application, seat_class=decision.was_class)
    except ValidationError:
        return False
    return True


def _free_reserve_rank(decision: SelectionDecision) -> int | None:
    """The rank of before, or the last one if somebody else has it by now."""
    rank, seat_class = decision.was_reserve_rank, decision.was_class
    if rank is None or seat_class is None:
        return None
    others = seat_class.applications.exclude(pk=decision.application_id)
    return reserve_list.last_rank(seat_class) + 1 if others.filter(reserve_rank=rank).exists() else rank


def _free_endorsement_rank(decision: SelectionDecision) -> int | None:
    rank, application = decision.was_endorsement_rank, decision.application
    ranked = application.training.applications.filter(member_state=application.member_state_id, endorsement_rank=rank)
    return None if rank is None or ranked.exclude(pk=application.pk).exists() else rank
