"""Who is there, ticked on a phone in the room: each tick for itself, so that two people ticking at once lose none.

Whoever ticks sends for each person what was seen and what is meant. Only what was changed on the page is done; where
somebody else has set other minutes meanwhile, they stay, and it is said.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from typed_records.locks import locked

from ..models import Attendance, Session
from . import recording as attendance

AT_THE_DOOR: Final = dt.timedelta(hours=12)  # people come, and are ticked, before it begins


@dataclass(frozen=True)
class Tick:
    """One line of the list: minutes as they were seen (None: not there) and whether the person is there."""

    seen: int | None
    present: bool


@dataclass
class Ticked:
    """What was done, and of whom somebody else had said something else meanwhile."""

    came: int = 0
    gone: int = 0
    left_alone: list[Person] = field(default_factory=list)


def present_in(session: Session) -> dict[int, int]:
    """Minutes by person."""
    return dict(Attendance.objects.filter(session=session).values_list("person", "minutes"))


@transaction.atomic
def tick(*, session: Session, ticks: Mapping[int, Tick], by: User | None) -> Ticked:
    """Sets the whole session for who came, takes away who was not there after all. Each is noted as a correction."""
    if session.starts_at > timezone.now() + AT_THE_DOOR:
        attendance.refuse_early(activity=session.activity, session=session)
    activity = locked(session.activity)
    changed = {pk: one for pk, one in ticks.items() if one.present != (one.seen is not None)}
    people = activity.expected_people().in_bulk(changed)
    if len(people) != len(changed):
        raise ValidationError(_("Somebody on the list is not expected any more. Open the list again."))
    now, done = present_in(session), Ticked()
    whole = round((session.ends_at - session.starts_at).total_seconds() / 60)
    for pk, one in changed.items():
        is_there = now.get(pk)
        if (is_there is not None) == one.present:
            continue  # somebody else has ticked the same
        if is_there != one.seen:
            done.left_alone.append(people[pk])
            continue
        attendance.correct(
            session=session,
            person=people[pk],
            minutes=whole if one.present else None,
            reason=_("Ticked on site."),
            by=by,
        )
        done.came, done.gone = done.came + one.present, done.gone + (not one.present)
    return done
