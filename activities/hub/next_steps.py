"""What is next for an event or training, computed from its record each time: nobody keeps a list.

A task that nobody has begun and one that waits for something else are told apart, and so is what happens by itself.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from history.who import last_change, name_of, names_of
from record_admin.workspace.parts import Act
from records.formats.date_formatting import moment_words
from records.formats.partial_dates import Precision
from records.template_context import Label


class Stage(IntEnum):
    """Where a task stands; the order is that of the page."""

    TO_DO = 1
    BEGUN = 2
    BY_ITSELF = 3
    LATER = 4
    DONE = 5


WORDS = {
    Stage.TO_DO: _("To do"),
    Stage.BEGUN: _("Begun"),
    Stage.BY_ITSELF: _("By itself"),
    Stage.LATER: _("Later"),
    Stage.DONE: _("Done"),
}


@dataclass(frozen=True)
class NextStep:
    """One task. `state` says more of its stage: what it waits for, on which day, by whom it was done; `at` is its moment in
    the order of time."""

    stage: Stage
    title: Label
    what: Label = ""
    state: Label = ""
    acts: tuple[Act, ...] = ()
    at: dt.datetime | None = None

    @property
    def stage_words(self) -> Label:
        return self.state or WORDS[self.stage]

    @property
    def css(self) -> str:
        return {Stage.LATER: "later", Stage.DONE: "done"}.get(self.stage, "")


def done_by(record: models.Model, field: str, zone: str) -> str:
    """Who changed a field last, and on which day: as far as the history tells."""
    change = last_change(record, field)
    if change is None:
        return str(WORDS[Stage.DONE])
    day = moment_words(change.at, zone, Precision.DAY)
    if change.actor_id is None:
        return _now("Done on %(day)s") % {"day": day}
    who = name_of(change.actor_id, names_of({change.actor_id}))
    return _now("Done by %(who)s on %(day)s") % {"who": who, "day": day}


StepsOf = Callable[[Any], Iterable[NextStep]]
_steps: dict[type[models.Model], list[StepsOf]] = {}


def register_steps(model: type[models.Model], steps: StepsOf) -> None:
    """An app says what it knows to be next for the records of a model; in its `workspace.py`."""
    _steps.setdefault(model, []).append(steps)


def next_steps(record: models.Model) -> list[NextStep]:
    """To do, begun, by itself, later, done; within each in the order of time."""
    found = [step for steps in _steps.get(type(record), ()) for step in steps(record)]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda step: (step.stage, step.at or latest))
