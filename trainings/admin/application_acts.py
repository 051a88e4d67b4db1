"""What an officer can do with one application beside deciding: which acts there are, and when each is offered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.mail_types import MailType
from notifications.models import Mailing
from records.template_context import Label

from ..mails import progress as mails
from ..models import Application, Training
from ..selection import holding
from ..selection.choices import Choice
from ..workflow import endorsement, held, progress, reopening
from ..workflow.transitions import UNDECIDED, WITHOUT_SEAT, For, State

WITH_SEAT: Final = (State.SELECTED, State.CONFIRMED)
GIVES_UP: Final = (*UNDECIDED, State.SHORTLISTED, State.RESERVE_LIST)


@dataclass(frozen=True)
class Act:
    """`offered`: whether it can be done with an application now. `tells`: the mail that it sends, in a mailing that can be
    called back. `explains` says what it does."""

    label: Label
    explains: Label
    offered: Callable[[Application, dt.datetime], bool]
    do: Callable[..., object]
    tells: MailType | None = None
    wants_reason: bool = True
    may_be_read: bool = False
    wants_class: bool = False
    ends_something: bool = False


def _coming(one: Application, now: dt.datetime) -> bool:
    return one.training.status != Training.Status.CANCELLED and one.training.starts_at > now


def _in(*states: str) -> Callable[[Application, dt.datetime], bool]:
    return lambda one, now: one.state in states and _coming(one, now)


def _give_up(
    application: Application, *, by: User, reason: str, person_reads: bool, seen: int, mailing: Mailing
) -> None:
    reads = For.PERSON if person_reads else For.OFFICE
    progress.withdraw(application=application, by=by, reason=reason, reason_for=reads, seen=seen, mailing=mailing)


def _take_held_back(application: Application, *, by: User, seen: int, **_reason: str) -> None:
    decision = held.held_decision(application)
    chosen = [Choice(application.pk, seen, decision.pk if decision else 0)]
    holding.take_back(training=application.training, chosen=chosen, by=by)


def _confirm(application: Application, *, by: User, seen: int, **_reason: str) -> None:
    progress.confirm(application=application, by=by, seen=seen)


ACTS: Final[dict[str, Act]] = {
    "take-held-back": Act(
        _("Take the held decision back"), _("Nobody outside the secretariat has known of it."),
        lambda one, now: held.held_decision(one) is not None, lambda application, **facts: _take_held_back(application, **facts),
        wants_reason=False,
    ),
    "endorse": Act(
        _("Note the committee's endorsement"), _("The applicant is told that the application is endorsed."),
        _in(State.SUBMITTED, State.NOT_ENDORSED), lambda application, **facts: progress.endorse(application=application, **facts),
        tells=mails.ENDORSED,
    ),
    "not-endorse": Act(
        _("Note that the committee does not endorse"), _("The applicant is told, and reads the reason."),
        _in(State.SUBMITTED, State.ENDORSED), lambda application, **facts: progress.refuse_endorsement(application=application, **facts),
        tells=mails.NOT_ENDORSED,
    ),
    "unsay": Act(
        _("Take the word of the committee away"), _("It counts as not said yet. Nobody is told."),
        _in(State.ENDORSED, State.NOT_ENDORSED), lambda application, **facts: reopening.unsay_endorsement(application=application, **facts),
    ),
    "ask": Act(
        _("Ask the focal point"), _("The focal points of the member state get a mail within the hour, once a day at most."),
        _in(State.SUBMITTED), lambda application, **facts: endorsement.ask_again(application=application, **facts), wants_reason=False,
    ),
    "confirm": Act(
        _("Confirm the seat for the applicant"), _("By telephone or letter. A mail confirms it at once."),
        _in(State.SELECTED), lambda application, **facts: _confirm(application, **facts), wants_reason=False,
    ),
    "give-up": Act(
        _("Give the seat back: visa refused, telephone call"),
        _("The applicant is told. The seat goes to the next on the reserve list, who is told in the same mailing."),
        _in(*WITH_SEAT), lambda application, **facts: _give_up(application, **facts), tells=mails.GIVEN_UP, may_be_read=True,
        ends_something=True,
    ),
    "to-reserve": Act(
        _("Take the seat back, put on the reserve list"),
        _("The applicant is told that the seat was taken back. It goes to the next on the reserve list, who is told too."),
        _in(*WITH_SEAT), lambda application, **facts: progress.put_on_reserve_list(application=application, **facts),
        tells=mails.SEAT_TAKEN_BACK, may_be_read=True, wants_class=True, ends_something=True,
    ),
    "take-back": Act(
        _("Take the seat back, not selected"),
        _("The applicant is told that the seat was taken back. It goes to the next on the reserve list, who is told too."),
        _in(*WITH_SEAT), lambda application, **facts: progress.decide_against(application=application, **facts),
        tells=mails.SEAT_TAKEN_BACK, may_be_read=True, ends_something=True,
    ),
    "withdraw": Act(
        _("Withdraw for the applicant"), _("The applicant is told. A decision that is held ends with it."),
        _in(*GIVES_UP), lambda application, **facts: _give_up(application, **facts), tells=mails.GIVEN_UP, may_be_read=True,
        ends_something=True,
    ),
    "reopen": Act(
        _("Reopen"), _("It stands as before anything was decided. The seat that it had is given anew by a decision. Nobody is told."),
        _in(*Application.GIVEN_UP), lambda application, **facts: reopening.reopen(application=application, **facts), may_be_read=True,
    ),
    "admit": Act(
        _("Note that the person came all the same"),
        _("The training has begun: a seat is given that counts as confirmed, for attendance and certificate. Nobody is told."),
        lambda one, now: one.state in WITHOUT_SEAT and one.training.starts_at <= now and one.training.status != Training.Status.CANCELLED,
        lambda application, **facts: reopening.admit(application=application, **facts), wants_class=True,
    ),
}  # fmt: skip


def acts_for(application: Application) -> list[tuple[str, Act]]:
    """What is offered now; an act whose page would refuse is not."""
    now = timezone.now()
    return [(name, act) for name, act in ACTS.items() if act.offered(application, now)]
