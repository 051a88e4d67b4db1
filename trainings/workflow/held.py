"""Held decisions beside the state: what ends them, what they keep from happening.

Notes, points, edits and the focal point's word never change one. It ends when the officer takes it back or lets it go, and
when the person gives up.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Final, Self

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Mailing

from ..models import Application, ApplicationStep, SelectionDecision

State = Application.State
# States beside which a decision may be held: nobody of them has a seat that they know of.
HOLDABLE: Final = frozenset({State.DRAFT, *Application.STILL_OPEN, State.NOT_SELECTED, State.RESERVE_LIST})
_DECIDES: Final = frozenset({State.SELECTED, State.RESERVE_LIST, State.NOT_SELECTED, State.CONFIRMED})


def held_decision(application: Application) -> SelectionDecision | None:
    """What is decided about an application without anybody knowing yet."""
    return SelectionDecision.objects.held().filter(application=application).select_related("seat_class").first()


def end(decision: SelectionDecision, *, by: User | None, why: str) -> None:
    decision.ended_at, decision.ended_by, decision.ended_why = timezone.now(), by, why[:300]
    decision.save(update_fields=["ended_at", "ended_by", "ended_why"])


def before_move(application: Application, to: str, *, by: User | None) -> None:
    """Whoever gives up ends the decision about them. ValidationError where another decision would go over the held one."""
    if application.state not in HOLDABLE or to not in _DECIDES.union(Application.GIVEN_UP):
        return
    decision = held_decision(application)
    if decision is None:
        return
    if to in _DECIDES:
        raise ValidationError(
            _("A decision about %(reference)s is held: “%(decision)s”. Let it go, or take it back first."),
            params={"reference": application.reference, "decision": decision.get_to_state_display()}, code="held",
        )  # fmt: skip
    end(decision, by=by, why=_("The application was withdrawn."))


@dataclass(frozen=True)
class Standing:
    """How an application stands: all that a decision changes."""

    was_state: str
    was_class_id: int | None
    was_reserve_rank: int | None
    was_endorsement_rank: int | None
    was_answer_by: dt.datetime | None

    @classmethod
    def of(cls, application: Application) -> Self:
        return cls(
            application.state, application.seat_class_id, application.reserve_rank, application.endorsement_rank,
            application.answer_by,
        )  # fmt: skip


def let_go(decision: SelectionDecision, mailing: Mailing) -> None:
    """The decision is no longer held: the move that it stands for comes next, under the same lock."""
    _mark(decision, Standing.of(decision.application), mailing)
    decision.save()


def remember(application: Application, before: Standing, *, step: ApplicationStep, mailing: Mailing) -> None:
    """Keeps with a move that a mailing tells how it was before. The focal point's word is no decision of the office."""
    if application.state not in SelectionDecision.To.values:
        return
    known = SelectionDecision.objects.told_by(mailing).filter(application=application, step=None).first()
    decision = known or SelectionDecision(
        application=application, to_state=application.state, by=step.by, reason=step.reason,
        person_reads=step.reason_for == step.For.PERSON,
        seat_class=application.seat_class if application.state in (State.SELECTED, State.RESERVE_LIST) else None,
    )  # fmt: skip
    if known is None:
        _mark(decision, before, mailing)
    decision.step = step
    decision.save()


def _mark(decision: SelectionDecision, before: Standing, mailing: Mailing) -> None:
    decision.let_go_at, decision.mailing = timezone.now(), mailing
    for name, value in asdict(before).items():
        setattr(decision, name, value)


def hold_again(decision: SelectionDecision) -> None:
    """What was let go and called back is held as it was before."""
    decision.let_go_at = decision.mailing = decision.step = None
    for name, value in asdict(Standing("", None, None, None, None)).items():
        setattr(decision, name, value)
    decision.save()
