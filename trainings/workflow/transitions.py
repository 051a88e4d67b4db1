"""How an application moves: which state may follow which, and the log. Nothing else writes its state."""

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.persons.recipients import recipient_of
from notifications import outbox
from notifications.mail_types import MailType
from notifications.models import Mailing

from ..models import Application, ApplicationStep
from . import held

State = Application.State
For = ApplicationStep.For

UNDECIDED: Final = frozenset({State.SUBMITTED, State.ENDORSED, State.NOT_ENDORSED})
DECISIONS: Final = frozenset({State.SHORTLISTED, State.SELECTED, State.RESERVE_LIST, State.NOT_SELECTED})
# What a state says of the endorsement; the others leave it as it is.
ENDORSEMENT: Final[dict[str, bool | None]] = {State.DRAFT: None, State.ENDORSED: True, State.NOT_ENDORSED: False}
FOLLOWS: Final[dict[str, frozenset[str]]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.DRAFT, State.ENDORSED, State.NOT_ENDORSED, State.WITHDRAWN}) | DECISIONS,
    State.ENDORSED: frozenset({State.SUBMITTED, State.NOT_ENDORSED, State.WITHDRAWN}) | DECISIONS,
    State.NOT_ENDORSED: frozenset({State.SUBMITTED, State.ENDORSED, State.WITHDRAWN}) | DECISIONS,
    State.SHORTLISTED: frozenset({State.WITHDRAWN}) | UNDECIDED | DECISIONS - {State.SHORTLISTED},
    State.SELECTED: frozenset({State.CONFIRMED, State.DECLINED, State.RESERVE_LIST, State.NOT_SELECTED}),
    State.NOT_SELECTED: frozenset({State.WITHDRAWN}) | DECISIONS - {State.NOT_SELECTED},
    State.RESERVE_LIST: frozenset({State.WITHDRAWN, State.SELECTED, State.NOT_SELECTED}),
    State.CONFIRMED: frozenset(
        {State.WITHDRAWN, State.RESERVE_LIST, State.NOT_SELECTED, State.ATTENDED, State.NO_SHOW}
    ),
    State.DECLINED: UNDECIDED,
    State.WITHDRAWN: UNDECIDED | {State.DRAFT},
    State.ATTENDED: frozenset({State.COMPLETED, State.NO_SHOW}),
    State.NO_SHOW: frozenset({State.ATTENDED}),
    State.COMPLETED: frozenset({State.ATTENDED}),
}
# Whoever has no seat may come all the same: the act that notes it once the training has begun gives a seat that is confirmed.
WITHOUT_SEAT: Final = UNDECIDED | {
    State.SHORTLISTED,
    State.NOT_SELECTED,
    State.RESERVE_LIST,
    State.DECLINED,
    State.WITHDRAWN,
}


def refuse_move(application: Application, to: str, *, only_from: Collection[str] | None = None) -> None:
    """ValidationError, in words for whoever asks, when no application in this state can come into that one."""
    follows = FOLLOWS[application.state] | ({State.CONFIRMED} if application.state in WITHOUT_SEAT else frozenset())
    if to not in follows or (only_from is not None and application.state not in only_from):
        raise ValidationError(
            _("%(reference)s is “%(state)s” now and cannot become “%(to)s”."),
            params={
                "reference": application.reference, "state": application.get_state_display(), "to": State(to).label,
            }, code="state",
        )  # fmt: skip


def move(
    application: Application,
    to: str,
    *,
    by: User | None,
    reason: str = "",
    reason_for: str = For.PERSON,
    tell: MailType | None = None,
    mailing: Mailing | None = None,
    **facts: Any,
) -> ApplicationStep:
    """Brings an application into another state, writes the step down, and says it to the person if there is a mail.

    The caller holds the lock of the training's row. Ranks and deadlines that belong to the state left behind go with it.
    What a mailing tells can be called back with it, so how the application stood before is kept.
    """
    refuse_move(application, to)
    held.before_move(application, to, by=by)
    before = held.Standing.of(application)
    was, application.state = application.state, to
    application.answer_by = None
    application.reserve_rank = None
    if to in (State.DRAFT, State.NOT_ENDORSED, *Application.GIVEN_UP):
        application.endorsement_rank = None
    if to in ENDORSEMENT:
        application.endorsed = ENDORSEMENT[to]
    for name, value in facts.items():
        setattr(application, name, value)
    application.version += 1
    application.save()
    made = write_down(
        application, was=was, by=by, reason=reason, reason_for=reason_for, tell=tell, mailing=mailing
    )  # fmt: skip
    if mailing is not None:
        held.remember(application, before, step=made, mailing=mailing)
    return made


def note(application: Application, *, by: User | None, reason: str, reason_for: str = For.OFFICE) -> ApplicationStep:
    """Writes down what happened to an application that stays as it is."""
    return write_down(application, was=application.state, by=by, reason=reason, reason_for=reason_for)


def write_down(
    application: Application,
    *,
    was: str,
    by: User | None,
    reason: str,
    reason_for: str = For.PERSON,
    tell: MailType | None = None,
    mailing: Mailing | None = None,
) -> ApplicationStep:
    made = ApplicationStep.objects.create(
        application=application, from_state=was, to_state=application.state, by=by, reason=reason, reason_for=reason_for
    )
    if tell is not None:
        reader = (recipient_of(application.person), str(made.pk))
        outbox.put_many(kind=tell.name, subject=application, readers=[reader], mailing=mailing)
    return made
