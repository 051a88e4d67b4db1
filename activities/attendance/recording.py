"""Attendance: taking lists over, deciding whom a name means, correcting by hand. Minutes are worked out from all lists.

A list is taken over whole or not at all, and once: the same rows again change nothing. What came back twice, through two
providers or in two lists, is counted once, since times are joined and not added.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, User
from records.formats.date_formatting import moment_words
from typed_records.locks import lock, locked

from ..models import (
    Activity,
    Attendance,
    AttendanceCorrection,
    AttendanceFile,
    AttendanceMatch,
    AttendanceSpan,
    Session,
)
from .matching import Found, Matcher
from .minutes import minutes_of
from .presences import Presence, told_apart
from .rows import Reading

State = AttendanceMatch.State
BY_HAND: Final = "hand"  # where minutes come from that no list may overrule


@dataclass
class Outcome:
    """What taking a list over did, or would do."""

    rows: int = 0
    people: int = 0
    by_state: Counter[str] = field(default_factory=Counter)
    known_already: bool = False
    changed: int = 0  # minutes of how many people and sessions are new or different
    kept: int = 0  # corrected by hand, therefore left alone
    matches: dict[str, AttendanceMatch] = field(default_factory=dict)  # whom each name of the list means, by its key

    @property
    def matched(self) -> int:
        return self.by_state[State.EMAIL] + self.by_state[State.NAME] + self.by_state[State.OFFICER]

    @property
    def unsure(self) -> int:
        return self.by_state[State.OPEN]


class _DryRunOverError(Exception):
    """Ends a rehearsal: nothing of it stays."""


def rehearse(*, activity: Activity, reading: Reading, name: str, session: Session | None) -> Outcome:
    """Takes a list over, looks what came of it, and undoes it all."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = take_over(activity=activity, reading=reading, name=name, session=session, by=None)
            raise _DryRunOverError
    except _DryRunOverError:
        return outcome


@transaction.atomic
def take_over(*, activity: Activity, reading: Reading, name: str, session: Session | None, by: User | None) -> Outcome:
    """Takes a list over. ValidationError when any of its rows is broken: then nothing is taken."""
    activity = locked(activity)
    refuse_early(activity=activity, session=session)
    if reading.problems:
        raise ValidationError(_("Some rows are broken. Nothing was imported."))
    if not reading.presences:
        raise ValidationError(_("The list names nobody who was there."))
    if not activity.sessions.exists():
        raise ValidationError(_("The event has no session yet. Add one, with its start and end: minutes belong to it."))
    # Whoever wrote the rows down: a file, or an officer from paper
    presences = told_apart(reading.presences, (), session.ends_at - session.starts_at if session else None)
    file, new = activity.attendance_files.get_or_create(
        digest=_digest(presences, session),
        defaults={"provider": reading.provider, "name": name[:200], "rows": len(presences), "imported_by": by},
    )  # fmt: skip
    matches = _matches(activity, presences)
    if new:
        AttendanceSpan.objects.bulk_create(
            AttendanceSpan(
                file=file, match=matches[one.key], joined_at=one.joined_at, left_at=one.left_at, share=one.share,
                session=session if one.joined_at is None else None, minutes=one.minutes,
            )
            for one in presences
        )  # fmt: skip
    changed, kept = recount(activity=activity)
    states = Counter(match.state for match in matches.values())
    return Outcome(len(presences), len(matches), states, not new, changed, kept, matches)


def refuse_early(*, activity: Activity, session: Session | None = None) -> None:
    """ValidationError when nobody can have been there yet: the event or training, or the session, has not begun."""
    now = timezone.now()
    if activity.starts_at > now:
        day = moment_words(activity.starts_at, activity.timezone, activity.start_precision)
        words = _("It begins on %(day)s. Attendance is taken once it has begun.") % {"day": day}
        raise ValidationError(words, code="early")
    if session is not None and session.starts_at > now:
        day = moment_words(session.starts_at, activity.timezone)
        words = _("The session begins on %(day)s. Attendance is taken once it has begun.") % {"day": day}
        raise ValidationError(words, code="session")


def _digest(presences: Iterable[Presence], session: Session | None) -> str:
    """What a list says, whatever it is called and in whatever order."""
    rows = sorted(f"{one.key}|{one.joined_at}|{one.left_at}|{one.share}|{one.minutes}" for one in presences)
    untimed = session.pk if session else ""
    return hashlib.sha256("\n".join([f"session {untimed}", *rows]).encode()).hexdigest()


def _matches(activity: Activity, presences: list[Presence]) -> dict[str, AttendanceMatch]:
    """One for each name or address of the list. What was decided before stays."""
    known = {match.key: match for match in activity.attendance_matches.all()}
    matcher = Matcher(activity, (one.email for one in presences))
    firsts: dict[str, Presence] = {}
    for one in presences:
        firsts.setdefault(one.key, one)
    for key, one in firsts.items():
        match = known.get(key)
        if match is None:
            found = matcher.find(one)
            known[key] = activity.attendance_matches.create(key=key, name=one.name, email=one.email, **_settled(found))
        elif match.state == State.OPEN and (found := matcher.find(one)).person_id:
            # somebody has registered, or an address has been entered, since
            known[key], _new = activity.attendance_matches.update_or_create(pk=match.pk, defaults=_settled(found))
    return {key: known[key] for key in firsts}


def _settled(found: Found) -> dict[str, object]:
    return {"state": found.state, "person_id": found.person_id, "candidates": list(found.candidates)}


@transaction.atomic
def recount(*, activity: Activity) -> tuple[int, int]:
    """Minutes of everybody from all lists; how many changed, and how many stay since they were corrected by hand."""
    sessions = {session.pk: session for session in activity.sessions.all()}
    counted, totals = minutes_of(activity, list(sessions.values()))
    for match in activity.attendance_matches.all():
        if match.minutes != totals.get(match.pk, 0):
            activity.attendance_matches.filter(pk=match.pk).update(minutes=totals.get(match.pk, 0))
    corrected = set(AttendanceCorrection.objects.filter(session__in=sessions).values_list("session", "person"))
    present = Attendance.objects
    rows = {(row.session_id, row.person_id): row for row in present.filter(session__in=sessions)}
    changed = kept = 0
    for key, (minutes, source) in counted.items():
        row = rows.get(key)
        if key in corrected or (row and not from_lists(row)):
            kept += 1
        elif row is None:
            present.create(session_id=key[0], person_id=key[1], minutes=minutes, source=source)
            changed += 1
        elif (row.minutes, row.source) != (minutes, source):
            present.filter(pk=row.pk).update(minutes=minutes, source=source)
            changed += 1
    gone = [row.pk for key, row in rows.items() if key not in counted and key not in corrected and from_lists(row)]
    present.filter(pk__in=gone).delete()
    return changed + len(gone), kept


def from_lists(row: Attendance) -> bool:
    """Whether its minutes are worked out from lists that are here, and not set by hand."""
    return set(row.source.split(", ")) <= set(AttendanceFile.Provider.values)


@transaction.atomic
def decide(*, match: AttendanceMatch, person: Person | None, by: User | None) -> AttendanceMatch:
    """An officer says whom a name means, or that it is nobody we know. Lists to come follow it."""
    activity = locked(match.activity)
    match = activity.attendance_matches.select_for_update(of=("self",)).get(pk=match.pk)
    match.state, match.person = (State.OFFICER if person else State.NOBODY), person
    match.decided_by, match.decided_at = by, timezone.now()
    match.save()
    recount(activity=activity)
    return match


@transaction.atomic
def correct(
    *, session: Session, person: Person, minutes: int | None, reason: str, by: User | None
) -> AttendanceCorrection | None:
    """Sets minutes by hand (None: was not there) and notes it; no list overrules them any more. None: nothing changed."""
    lock(Activity, session.activity_id)
    present = Attendance.objects.filter(session=session, person=person)
    row = present.first()
    was = row.minutes if row else None
    if was == minutes:
        return None
    if minutes is None:
        present.delete()
    else:
        Attendance.objects.update_or_create(
            session=session, person=person, defaults={"minutes": minutes, "source": BY_HAND}
        )
    return AttendanceCorrection.objects.create(
        session=session, person=person, was=was, became=minutes, reason=reason[:300], by=by
    )


@transaction.atomic
def forget_list(*, file: AttendanceFile) -> None:
    """Takes a list back that was imported by mistake: its rows go, and minutes are worked out without it."""
    activity = locked(file.activity)
    file.delete()
    activity.attendance_matches.filter(spans=None, decided_at=None).delete()
    recount(activity=activity)
