"""Minutes from rows of lists: times joined and not added, so that who came in twice at once is counted once."""

import datetime as dt
from collections import defaultdict
from typing import Any

from ..models.activity import Occasion
from ..models.attendance import kept_of
from ..models.parts import Session

Span = tuple[dt.datetime, dt.datetime]
Counted = dict[tuple[int, int], tuple[int, str]]


def minutes_of(occasion: Occasion, sessions: list[Session]) -> tuple[Counted, dict[int, int]]:
    """For each session and person minutes and where they come from; and for each name of a list all its minutes."""
    by_person: dict[int, list[Any]] = defaultdict(list)
    by_match: dict[int, list[Any]] = defaultdict(list)
    lists: Any = occasion
    rows: Any = kept_of(occasion).spans
    spans = rows.objects.filter(file__in=lists.attendance_files.all()).select_related("match", "file")
    for span in spans.order_by("file__imported_at", "file", "pk"):
        by_match[span.match_id].append(span)
        if span.match.person_id:
            by_person[span.match.person_id].append(span)
    counted: Counted = {}
    for person_id, theirs in by_person.items():
        for session in sessions:
            if minutes := _of_session(theirs, session):
                counted[session.pk, person_id] = minutes, _sources(theirs, session)
    totals = {
        match_id: sum(_of_session(theirs, session) for session in sessions) for match_id, theirs in by_match.items()
    }
    return counted, totals


def _of_session(spans: list[Any], session: Session) -> int:
    length = (session.ends_at - session.starts_at).total_seconds()
    whole = [cut for span in spans if span.share == 1 and (cut := _cut(span, session))]
    parts = sum(
        (cut[1] - cut[0]).total_seconds() * span.share
        for span in spans
        if span.share < 1 and (cut := _cut(span, session))
    )
    timed = joined_seconds(whole) + parts
    said: dict[int, int] = defaultdict(int)  # by list, in the order in which they came: the last one holds
    for span in spans:
        if span.session_id == session.pk and span.minutes is not None:
            said[span.file_id] += span.minutes
    seconds = max(timed, (list(said.values())[-1] if said else 0) * 60)
    return round(min(seconds, length) / 60)


def _cut(span: Any, session: Session) -> Span | None:
    """What of a span lies within a session."""
    if span.joined_at is None or span.left_at is None:
        return None
    first, last = max(span.joined_at, session.starts_at), min(span.left_at, session.ends_at)
    return (first, last) if first < last else None


def joined_seconds(spans: list[Span]) -> float:
    """How long spans last together, where they overlap once."""
    total, until = 0.0, None
    for first, last in sorted(spans):
        begins = first if until is None or first > until else until
        if last > begins:
            total += (last - begins).total_seconds()
            until = last
    return total


def _sources(spans: list[Any], session: Session) -> str:
    """From which kinds of list the minutes come."""
    used = {span.file.provider for span in spans if span.session_id == session.pk or _cut(span, session)}
    return ", ".join(sorted(used))
