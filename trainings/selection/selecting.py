"""One decision about many applications at once, told at once: all of them, or none, with every hindrance told together."""

from collections.abc import Callable, Sequence
from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications import mailings
from notifications.mail_types import MailType
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails import progress as mails
from ..models import Application, SeatClass, SelectionDecision, Training
from ..workflow import endorsement, progress, reopening
from .choices import Choice, of_each


class Decision(models.TextChoices):
    """What an officer decides about applications."""

    SHORTLIST = "shortlist", gettext_lazy("Put on the short list")
    UNLIST = "unlist", gettext_lazy("Take off the short list")
    SELECT = "select", gettext_lazy("Select: give a seat")
    RESERVE = "reserve", gettext_lazy("Put on the reserve list")
    AGAINST = "against", gettext_lazy("Do not select")
    ENDORSE = "endorse", gettext_lazy("Note the committee's endorsement")
    NOT_ENDORSE = "not_endorse", gettext_lazy("Note that the committee does not endorse")
    UNSAY = "unsay", gettext_lazy("Take the word of the committee away: nothing is said yet")
    ASK = "ask", gettext_lazy("Ask the focal point")
    REOPEN = "reopen", gettext_lazy("Reopen what was declined or withdrawn")
    TAKE_BACK = "take_back", gettext_lazy("Take the held decision back")


OF_A_CLASS: Final = frozenset({Decision.SELECT, Decision.RESERVE})
WITH_REASON: Final = frozenset({Decision.ENDORSE, Decision.NOT_ENDORSE, Decision.UNSAY, Decision.REOPEN})
# What is held until the mails are let go.
HELD: Final[dict[str, str]] = {
    Decision.SELECT: SelectionDecision.To.SELECTED,
    Decision.RESERVE: SelectionDecision.To.RESERVE_LIST,
    Decision.AGAINST: SelectionDecision.To.NOT_SELECTED,
}
# Decisions that are told in one mailing, which can be called back.
TOLD: Final[dict[str, MailType]] = {
    Decision.SELECT: mails.SELECTED,
    Decision.RESERVE: mails.RESERVE_LIST,
    Decision.AGAINST: mails.NOT_SELECTED,
    Decision.ENDORSE: mails.ENDORSED,
    Decision.NOT_ENDORSE: mails.NOT_ENDORSED,
}
ACTS: Final[dict[str, Callable[..., Application]]] = {
    Decision.SHORTLIST: progress.shortlist,
    Decision.UNLIST: progress.take_off_shortlist,
    Decision.SELECT: progress.select,
    Decision.RESERVE: progress.put_on_reserve_list,
    Decision.AGAINST: progress.decide_against,
    Decision.ENDORSE: progress.endorse,
    Decision.NOT_ENDORSE: progress.refuse_endorsement,
    Decision.UNSAY: reopening.unsay_endorsement,
    Decision.ASK: endorsement.ask_again,
    Decision.REOPEN: reopening.reopen,
}


@transaction.atomic
def decide(
    *, training: Training, decision: str, chosen: Sequence[Choice], by: User, seat_class: SeatClass | None = None,
    reason: str = "",
) -> Mailing | None:  # fmt: skip
    """Takes a decision about all that are chosen, in their order. The mailing, or None for a decision that is not told.

    ValidationError with one message for each application that hinders it; then nothing is decided.
    """
    training = locked(training)
    mailing = None
    facts: dict[str, object] = {"by": by, "reason": reason}
    if decision in OF_A_CLASS:
        facts["seat_class"] = seat_class
    if decision in TOLD:
        label = f"{Decision(decision).label}: {training.title}"
        mailing = mailings.open_mailing(label=label, kind=TOLD[decision].name, by_id=by.pk)
        facts["mailing"] = mailing

    def act(application: Application, seen: Choice) -> Application:
        return ACTS[decision](application=application, seen=seen.version, **facts)

    of_each(training, chosen, act)
    return mailing
