"""The rule of a training applied to everybody who had a seat: who attended, who did not, and who is left for later."""

import hashlib
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, User
from typed_records.locks import locked

from ..models import Application, Training
from ..workflow import progress
from ..workflow.conditions import refuse_early
from .taking_part import Standing, Verdict, standings

State = Application.State
JUDGED: Final = (State.CONFIRMED, State.ATTENDED, State.NO_SHOW)
MEANS: Final = {Verdict.ATTENDED: State.ATTENDED, Verdict.NOT: State.NO_SHOW}


@dataclass(frozen=True)
class Proposal:
    """What the rule says of one application. `to` None: it stays as it is. `lacking`: the person was there, but has not
    uploaded the presentation that is asked for, and gets no certificate yet."""

    application: Application
    standing: Standing
    to: State | None
    lacking: bool


def proposals(training: Training) -> list[Proposal]:
    """Of everybody who had a seat and has no certificate yet, by name. Whoever is unsure stays as they are."""
    judged = training.applications.filter(state__in=JUDGED)
    applications = {one.person_id: one for one in judged}
    without = set(judged.without_presentation().values_list("pk", flat=True))
    found = []
    for standing in standings(training, people=Person.objects.filter(pk__in=applications)):
        application = applications[standing.person.pk]
        meant = MEANS.get(standing.verdict)
        lacking = application.pk in without and (meant or application.state) == State.ATTENDED
        found.append(Proposal(application, standing, meant if meant and meant != application.state else None, lacking))
    return found


def fingerprint(found: list[Proposal]) -> str:
    """Differs as soon as anybody would be judged otherwise than was shown."""
    said = [(one.application.pk, one.application.version, one.standing.verdict, one.to, one.lacking) for one in found]
    return hashlib.sha256(repr(sorted(map(str, said))).encode()).hexdigest()[:32]


@transaction.atomic
def apply_rule(*, training: Training, seen: str, by: User | None) -> int:
    """Moves everybody as was shown; how many. ValidationError, and nothing moves, if it would be others by now."""
    training = locked(training)
    refuse_early(training)
    found = proposals(training)
    if fingerprint(found) != seen:
        raise ValidationError(_("The attendance has changed since you looked. Look again, then decide."), code="stale")
    acts = {State.ATTENDED: progress.attended, State.NO_SHOW: progress.no_show}
    moved = 0
    for one in found:
        if one.to is not None:
            reason = _("%(percent)d %% of the minutes.") % {"percent": one.standing.percent}
            acts[one.to](application=one.application, by=by, reason=reason)
            moved += 1
    return moved
