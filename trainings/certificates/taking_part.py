"""Who took part: the rule of an event or training applied to the minutes that everybody was present.

The minutes of a person in all sessions, each counted up to its length, against the length of all sessions together. Whom a
name in a list could still mean is not judged before an officer has decided.
"""

import enum
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import Person
from activities.models import Activity, Attendance, Session


class Verdict(enum.StrEnum):
    ATTENDED = "attended"
    NOT = "not"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Standing:
    """One person's minutes, the share of all minutes in percent, and what follows from them."""

    person: Person
    minutes: int
    percent: int
    verdict: Verdict


def minutes_long(session: Session) -> int:
    return round((session.ends_at - session.starts_at).total_seconds() / 60)


def hours_of(activity: Activity) -> Decimal | None:
    """Hours that a certificate names: as the officer says, else those of all sessions; None when nobody knows."""
    if activity.certified_hours is not None:
        return Decimal(activity.certified_hours)
    minutes = sum(minutes_long(session) for session in activity.sessions.all())
    return round(Decimal(minutes) / 60, 1) if minutes else None


def judge(minutes: int, of_all: int, share: int) -> Verdict:
    """The rule itself. `share` in percent; reached is enough."""
    if not of_all:
        return Verdict.UNSURE
    return Verdict.ATTENDED if minutes * 100 >= share * of_all else Verdict.NOT


def standings(activity: Activity, *, people: QuerySet[Person] | None = None) -> list[Standing]:
    """Of everybody with a place (or of those `people`), by name."""
    lengths = {session.pk: minutes_long(session) for session in activity.sessions.all()}
    of_all = sum(lengths.values())
    present: dict[int, int] = defaultdict(int)
    for session_id, person_id, minutes in Attendance.objects.filter(session__in=lengths).values_list(
        "session", "person", "minutes"
    ):
        present[person_id] += min(minutes, lengths[session_id])
    undecided = {pk for keys in activity.attendance_matches.open().values_list("candidates", flat=True) for pk in keys}
    found = []
    people = activity.people_with_place() if people is None else people
    for person in people.select_related("member_state").order_by("name", "pk"):
        minutes = present[person.pk]
        verdict = judge(minutes, of_all, activity.attendance_share)
        if verdict == Verdict.NOT and person.pk in undecided:
            verdict = Verdict.UNSURE
        found.append(Standing(person, minutes, minutes * 100 // of_all if of_all else 0, verdict))
    return found
