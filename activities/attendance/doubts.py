"""What an officer looks at before a list is stored: each row as it was understood, the doubtful ones first, with why."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import Person

from ..models import AttendanceMatch, Session
from .presences import Presence

State = AttendanceMatch.State
APART: Final = 2  # minutes by which what a list says may differ from its own times


@dataclass
class Understood:
    """A row of a list as it would be stored, whom it means, and what is odd about it."""

    presence: Presence
    whom: str
    minutes: int
    odd: list[str] = field(default_factory=list)


def understood(
    presences: Sequence[Presence],
    *,
    matches: Mapping[str, AttendanceMatch],
    sessions: Collection[Session],
    session: Session | None,
) -> list[Understood]:
    """All rows, those with something odd first."""
    people = Person.objects.in_bulk({one.person_id for one in matches.values() if one.person_id})
    twins = Counter(one.name for one in presences if one.twin > 1)
    rows: list[Understood] = []
    for one in presences:
        match = matches[one.key]
        person = people.get(match.person_id or 0)
        row = Understood(one, str(person) if person else "", _minutes(one))
        row.odd += _odd_about_whom(match)
        if one.name in twins and not one.email:
            row.odd.append(_("The name is there several times at once: taken as several people."))
        row.odd += _odd_about_when(row, sessions, session)
        rows.append(row)
    return sorted(rows, key=lambda row: (not row.odd, row.presence.row))


def _minutes(one: Presence) -> int:
    if one.joined_at is None or one.left_at is None:
        return one.minutes or 0
    return round((one.left_at - one.joined_at).total_seconds() / 60 * one.share)


def _odd_about_whom(match: AttendanceMatch) -> list[str]:
    if match.state == State.OPEN:
        return [
            _("Who it is waits for your decision: several are possible.")
            if match.candidates
            else _("Who it is waits for your decision: nobody of this name or address is expected.")
        ]
    return [_("Decided before: nobody we know.")] if match.state == State.NOBODY else []


def _odd_about_when(row: Understood, sessions: Collection[Session], session: Session | None) -> list[str]:
    one, odd = row.presence, list[str]()
    if one.name and ("\ufffd" in one.name or "??" in one.name):
        odd.append(_("The name looks damaged: was the file read in the right encoding?"))
    if one.joined_at is None or one.left_at is None:
        length = (session.ends_at - session.starts_at).total_seconds() / 60 if session else row.minutes
        return [*odd, _("Longer than the session: its length counts.")] if row.minutes > length else odd
    if not any(one.joined_at < held.ends_at and one.left_at > held.starts_at for held in sessions):
        odd.append(_("Outside all sessions: nothing of it counts. Are time zone and date right?"))
    if one.said is not None and one.share == 1 and abs(one.said - row.minutes) > APART:
        odd.append(
            _("The list says %(said)d minutes, its times make %(made)d.")
            % {"said": round(one.said), "made": row.minutes}
        )
    return odd
