"""One decision about many applications at once: all of them, or none, with every hindrance told together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications import mailings
from notifications.mail_types import MailType
from notifications.models import Mailing
from typed_records.locks import locked

from ..mails import progress as mails
from ..models import Application, SeatClass, Training
from ..workflow import progress


class Decision(models.TextChoices):
    """What an officer decides about applications."""

    SHORTLIST = "shortlist", gettext_lazy("Put on the short list")
    UNLIST = "unlist", gettext_lazy("Take off the short list")
    SELECT = "select", gettext_lazy("Select: give a seat")
    RESERVE = "reserve", gettext_lazy("Put on the reserve list")
    AGAINST = "against", gettext_lazy("Do not select")
    ENDORSE = "endorse", gettext_lazy("Note the committee's endorsement")
    NOT_ENDORSE = "not_endorse", gettext_lazy("Note that the committee does not endorse")


OF_A_CLASS: Final = frozenset({Decision.SELECT, Decision.RESERVE})
WITH_REASON: Final = frozenset({Decision.ENDORSE, Decision.NOT_ENDORSE})
# Decisions that are told in one mailing, which can be called back.
TOLD: Final[dict[str, MailType]] = {
    Decision.SELECT: mails.SELECTED,
    Decision.RESERVE: mails.RESERVE_LIST,
    Decision.AGAINST: mails.NOT_SELECTED,
}
ACTS: Final[dict[str, Callable[..., Application]]] = {
    Decision.SHORTLIST: progress.shortlist,
    Decision.UNLIST: progress.take_off_shortlist,
    Decision.SELECT: progress.select,
    Decision.RESERVE: progress.put_on_reserve_list,
    Decision.AGAINST: progress.decide_against,
    Decision.ENDORSE: progress.endorse,
    Decision.NOT_ENDORSE: progress.refuse_endorsement,
}


@dataclass(frozen=True)
class Choice:
    """An application as an officer saw it: its key, and the version that was read."""

    pk: int
    version: int

    @classmethod
    def parse(cls, text: str) -> "Choice":
        """From `12:3`. ValueError if it is not that."""
        pk, _colon, version = text.partition(":")
        return cls(int(pk), int(version))

    def __str__(self) -> str:
        return f"{self.pk}:{self.version}"


@transaction.atomic
def decide(
    *, training: Training, decision: str, chosen: Sequence[Choice], by: User, seat_class: SeatClass | None = None,
    reason: str = "",
) -> Mailing | None:  # fmt: skip
    """Takes a decision about all that are chosen, in their order. The mailing, or None for a decision that is not told.

    ValidationError with one message for each application that hinders it; then nothing is decided.
    """
    training = locked(training)
    if not chosen:
        raise ValidationError(_("Choose at least one application."), code="nobody")
    mailing = None
    facts: dict[str, object] = {"by": by, "reason": reason}
    if decision in OF_A_CLASS:
        facts["seat_class"] = seat_class
    if decision in TOLD:
        label = f"{Decision(decision).label}: {training.title}"
        mailing = mailings.open_mailing(label=label, kind=TOLD[decision].name, by_id=by.pk)
        facts["mailing"] = mailing
    found = training.applications.exclude(state=Application.State.DRAFT).in_bulk([one.pk for one in chosen])
    hindrances: list[ValidationError] = []
    for one in chosen:
        application = found.get(one.pk)
        if application is None:
            hindrances.append(ValidationError(_("An application of your choice is no longer here. Look again.")))
            continue
        try:
            ACTS[decision](application=application, seen=one.version, **facts)
        except ValidationError as refused:
            words = " ".join(refused.messages)
            named = words if application.reference in words else f"{application.reference}: {words}"
            hindrances.append(ValidationError(named, code=getattr(refused, "code", None)))
    if hindrances:
        raise ValidationError(hindrances)
    return mailing
