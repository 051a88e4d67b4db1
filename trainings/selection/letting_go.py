"""Letting decisions go: state, log and mails of all of them in one act, which can be called back while no mail has left."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.persons.recipients import recipient_of
from notifications import mailings, outbox
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails import progress as mails
from ..mails.results import RESULTS, occurrence_of
from ..models import SelectionDecision, SelectionDecisionQuerySet, Training
from ..workflow import held, progress, reserve_list
from ..workflow.conditions import refuse_over, refuse_unendorsed
from ..workflow.endorsement import focal_points_of
from ..workflow.transitions import For, State, move

To = SelectionDecision.To
HELD: Final = (To.SELECTED, To.RESERVE_LIST, To.NOT_SELECTED)  # in the order in which they are let go


@dataclass(frozen=True)
class Waiting:
    """Held decisions: those that can be let go, and those that stay held, each with the reason."""

    ready: list[SelectionDecision]
    staying: list[tuple[SelectionDecision, str]]


def waiting(training: Training, only: Collection[str] = HELD) -> Waiting:
    """What letting go would do now, in the order in which it is done. One query for any number."""
    found = sorted(_held(training).filter(to_state__in=only), key=lambda one: (HELD.index(To(one.to_state)), one.pk))
    ready, staying = [], []
    for decision in found:
        decision.application.training = training
        if why := _stays(decision):
            staying.append((decision, why))
        else:
            ready.append(decision)
    return Waiting(ready, staying)


def counts(training: Training) -> dict[str, int]:
    """How many decisions of each kind are held."""
    found = Counter(
        SelectionDecision.objects.held().of_training(training).order_by().values_list("to_state", flat=True)
    )
    return {str(to): found[to] for to in HELD}


def _held(training: Training) -> SelectionDecisionQuerySet:
    found = SelectionDecision.objects.held().of_training(training)
    held_now: SelectionDecisionQuerySet = found.select_related(
        "application__person__care_of", "application__member_state", "seat_class", "by"
    )
    return held_now


def _stays(decision: SelectionDecision) -> str:
    """Why a decision cannot be let go now."""
    application = decision.application
    if application.state == State.DRAFT:
        return _("The applicant has taken the application back and not sent it again.")
    if decision.to_state != To.NOT_SELECTED:
        try:
            refuse_unendorsed(application)
        except ValidationError as refused:
            return " ".join(refused.messages)
    return ""


@transaction.atomic
def let_go(
    *, training: Training, by: User, only: Collection[str] = HELD, tell_focal_points: bool = True
) -> Mailing | None:  # fmt: skip
    """Moves every application whose held decision is ready, with its log and its mail, and tells focal points the results of
    their state. `only`: decisions that are let go. The mailing; None when nothing is ready.

    ValidationError when nothing is decided for the training any more.
    """
    training = locked(training)
    refuse_over(training)
    ready = waiting(training, only).ready
    if not ready:
        return None
    label = _("Results of the selection: %(training)s") % {"training": training.title}
    mailing = mailings.open_mailing(label=label, kind=RESULTS.name, by_id=by.pk)
    for decision in ready:
        held.let_go(decision, mailing)
        _carry_out(decision, mailing, by)
    if tell_focal_points:
        _tell_focal_points(training, {one.application.member_state_id for one in ready}, mailing)
    return mailing


def _carry_out(decision: SelectionDecision, mailing: Mailing, by: User) -> None:
    application, seat_class = decision.application, decision.seat_class
    who, reads = decision.by or by, For.PERSON if decision.person_reads else For.OFFICE
    if decision.to_state == To.SELECTED and seat_class is not None:
        progress.give_seat(
            application, seat_class, by=who, reason=decision.reason, reason_for=reads, mailing=mailing
        )  # fmt: skip
    elif decision.to_state == To.RESERVE_LIST and seat_class is not None:
        move(
            application, State.RESERVE_LIST, by=who, reason=decision.reason, reason_for=reads, tell=mails.RESERVE_LIST,
            mailing=mailing, seat_class=seat_class, reserve_rank=reserve_list.last_rank(seat_class) + 1,
        )  # fmt: skip
    else:
        move(
            application, State.NOT_SELECTED, by=who, reason=decision.reason, reason_for=reads, tell=mails.NOT_SELECTED,
            mailing=mailing, seat_class=None,
        )  # fmt: skip


def _tell_focal_points(training: Training, states: Collection[str], mailing: Mailing) -> None:
    readers = [
        (recipient_of(person), occurrence_of(code, mailing.pk))
        for code in sorted(states) for person in focal_points_of(code)
    ]  # fmt: skip
    outbox.put_many(kind=RESULTS.name, subject=training, readers=readers, mailing=mailing)
