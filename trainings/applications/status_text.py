"""Where an application stands, in plain words: what the state means, what comes next, and until when. For every page
that its person reads; no rank is told, since it may change."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Application
from ..workflow.transitions import State

MEANS: Final[dict[str, Promise]] = {
    State.DRAFT: gettext_lazy("A draft. Nobody but its writers sees it; it is not sent yet."),
    State.SUBMITTED: gettext_lazy("It has arrived."),
    State.ENDORSED: gettext_lazy("Your focal point endorses it."),
    State.NOT_ENDORSED: gettext_lazy("Your focal point does not endorse it."),
    State.SHORTLISTED: gettext_lazy("The secretariat is looking at it."),
    State.SELECTED: gettext_lazy("You are selected: a seat is kept for you."),
    State.NOT_SELECTED: gettext_lazy("You are not selected."),
    State.RESERVE_LIST: gettext_lazy("You are on the reserve list."),
    State.CONFIRMED: gettext_lazy("The seat is yours."),
    State.DECLINED: gettext_lazy("The seat was given back, or not confirmed in time."),
    State.WITHDRAWN: gettext_lazy("The application is withdrawn."),
    State.ATTENDED: gettext_lazy("You have taken part."),
    State.NO_SHOW: gettext_lazy("You are noted as not having come."),
    State.COMPLETED: gettext_lazy("You have completed the training."),
}
NEXT: Final[dict[str, Promise]] = {
    State.DRAFT: gettext_lazy("Complete it, check your answers and send it before the deadline."),
    State.SUBMITTED: gettext_lazy("The focal point of your member state says whether it is endorsed. Then the secretariat selects."),
    State.ENDORSED: gettext_lazy("The secretariat selects after the deadline. You get a mail either way."),
    State.NOT_ENDORSED: gettext_lazy("Ask your focal point if you think that this is a mistake. The secretariat decides in the end."),
    State.SHORTLISTED: gettext_lazy("The secretariat selects after the deadline. You get a mail either way."),
    State.SELECTED: gettext_lazy("Take the seat or decline it. A seat that is not taken in time goes to the next person."),
    State.NOT_SELECTED: gettext_lazy("Nothing is left to do. You are welcome to apply for the next training."),
    State.RESERVE_LIST: gettext_lazy("If a seat becomes free you are offered it by mail, with time to answer."),
    State.CONFIRMED: gettext_lazy("The secretariat sends what you need before the start. You cannot come? Give the seat back soon."),
    State.DECLINED: gettext_lazy("Nothing is left to do."),
    State.WITHDRAWN: gettext_lazy("Nothing is left to do. As long as the call is open you may apply anew."),
    State.ATTENDED: gettext_lazy("If the training gives a certificate, you get a mail as soon as it is ready."),
    State.NO_SHOW: gettext_lazy("Is that wrong? Write to the secretariat."),
    State.COMPLETED: gettext_lazy("Nothing is left to do."),
}  # fmt: skip


@dataclass(frozen=True)
class StatusText:
    """`until` is an instant or None; `acts` are what the person can do now, by name: confirm, decline, take-back, withdraw."""

    means: str
    comes_next: str
    until: dt.datetime | None
    until_what: str
    acts: tuple[str, ...]


def status_text_of(application: Application, now: dt.datetime) -> StatusText:
    """Asks the database for the training alone, unless it was fetched with the application."""
    until, what = _until(application)
    means, following = str(MEANS[State(application.state)]), str(NEXT[State(application.state)])
    if application.training.status == application.training.Status.CANCELLED:
        following, until = _("The training was cancelled: it does not take place."), None
    elif application.state == State.SELECTED and until is not None and until <= now:
        means = _("You were selected, but the seat was not taken in time.")
        following = _(
            "The time to answer is over: the seat goes to the next person. Write to the secretariat if you can come."
        )
    return StatusText(means, following, until, what, acts_of(application, now))


def _until(application: Application) -> tuple[dt.datetime | None, str]:
    if application.state == State.SELECTED:
        return application.answer_by, _("Answer until")
    if application.state in (State.DRAFT, State.SUBMITTED):
        return deadline_of(application), _("Deadline of the call")
    return None, ""


def deadline_of(application: Application) -> dt.datetime:
    training = application.training
    return min(training.nominations_close_at or training.starts_at, training.starts_at)


def acts_of(application: Application, now: dt.datetime) -> tuple[str, ...]:
    """What the person can do now, by name."""
    begun = application.training.starts_at <= now
    cancelled = application.training.status == application.training.Status.CANCELLED
    if application.state == State.SELECTED:
        late = begun or cancelled or (application.answer_by is not None and application.answer_by <= now)
        return ("decline",) if late else ("confirm", "decline")
    acts: list[str] = []
    if application.state == State.SUBMITTED and now < deadline_of(application) and not cancelled:
        acts.append("take-back")
    withdrawable = (
        State.DRAFT, State.SUBMITTED, State.ENDORSED, State.NOT_ENDORSED, State.SHORTLISTED, State.RESERVE_LIST, State.CONFIRMED,
    )  # fmt: skip
    if application.state in withdrawable and not (begun and application.state == State.CONFIRMED):
        acts.append("withdraw")
    return tuple(acts)
