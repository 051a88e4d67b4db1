"""The log of an application as its readers may see it: each step, and the reason only where it is meant for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import User

from ..models import Application, ApplicationStep
from ..workflow.transitions import For, State

PERSON_READS: Final = frozenset({For.PERSON})
STATE_READS: Final = frozenset({For.PERSON, For.STATE})


@dataclass(frozen=True)
class Line:
    """One step. `state` is empty where the application stayed as it was; `who` where it moved by itself."""

    state: str
    reason: str
    who: str
    at: dt.datetime


def log_of(application: Application, *, reads: frozenset[str], reader: User | None) -> list[Line]:
    """What concerns a reader, in its order, in one query. Notes whose words are not for them are left out; so is the
    draft to the focal point, who hears of an application once it is sent."""
    found = []
    for step in application.steps.select_related("by__person"):
        is_readable = step.reason_for in reads
        is_note = step.from_state == step.to_state
        is_begun = step.to_state == State.DRAFT and not step.from_state and For.STATE in reads
        if is_begun or (is_note and not (is_readable and step.reason)):
            continue
        state = "" if is_note else step.get_to_state_display()
        found.append(Line(state, step.reason if is_readable else "", _who(application, step, reader), step.at))
    return found


def _who(application: Application, step: ApplicationStep, reader: User | None) -> str:
    """Officers are told as the secretariat: its decisions are not one person's."""
    if step.by is None:
        return ""
    if reader is not None and step.by_id == reader.pk:
        return _("by you")
    if step.by_id == application.person.user_id:
        return _("by the applicant")
    if step.by.is_staff:
        return _("by the secretariat")
    return _("by the focal point")
