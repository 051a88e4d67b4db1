"""The rule of a training applied to everybody who had a seat: who attended, who did not, and who is left for later."""

import hashlib
from collections.abc import Iterable
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


@dataclass(frozen=True)
class Judged:
    """Of those with a seat of whom nothing is said yet: who would be moved, who of them attended, who gets a certificate, and
    of how many the rule cannot tell."""

    moved: tuple[Proposal, ...] = ()
    unsure: int = 0

    @property
    def there(self) -> list[Proposal]:
        return [one for one in self.moved if one.to == State.ATTENDED]

    @property
    def certified(self) -> list[Person]:
        return [one.standing.person for one in self.there if not one.lacking]


def unjudged(training: Training) -> Judged:
    found = [one for one in proposals(training) if one.application.state == State.CONFIRMED]
    moved = tuple(one for one in found if one.to is not None)
    return Judged(moved, len(found) - len(moved))


@transaction.atomic
def judge_the_rest(*, training: Training, by: User | None) -> int:
    """Moves those of whom nothing is said yet, as the rule has it; what an officer has said of anybody stays. How many."""
    training = locked(training)
    refuse_early(training)
    return _move(unjudged(training).moved, by)


def _move(found: Iterable[Proposal], by: User | None) -> int:
    acts = {State.ATTENDED: progress.attended, State.NO_SHOW: progress.no_show}
    moved = 0
    for one in found:
        if one.to is not None:
            reason = _("%(percent)d %% of the minutes.") % {"percent": one.standing.percent}
            acts[one.to](application=one.application, by=by, reason=reason)
            moved += 1
    return moved


@transaction.atomic
def apply_rule(*, training: Training, seen: str, by: User | None) -> int:
    """Moves everybody as was shown; how many. ValidationError, and nothing moves, if it would be others by now."""
    training = locked(training)
    refuse_early(training)
    found = proposals(training)
    if fingerprint(found) != seen:
        raise ValidationError(_("The attendance has changed since you looked. Look again, then decide."), code="stale")
    return _move(found, by)
