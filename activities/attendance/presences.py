"""Who was there according to a list, row by row; and which rows of one name are of different people.

Without an address a name is all that a list tells, and phones are called alike: rows of one name that overlap are of two
people. Rows that follow one another are of one who lost the line.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from records.formats.names import fold

REJOINED: Final = dt.timedelta(minutes=2)  # a provider notes late that a line was lost


@dataclass(frozen=True)
class Presence:
    """Somebody was there: from when to when (`share` of that time), or so many minutes of one session."""

    row: int
    name: str
    email: str
    joined_at: dt.datetime | None = None
    left_at: dt.datetime | None = None
    share: float = 1
    minutes: int | None = None
    person_id: int | None = None  # known from the start: ticked in the list of those registered
    twin: int = 1  # the second of a name that is there twice at once
    said: float | None = field(default=None, compare=False)  # the minutes that a list tells beside its times

    @property
    def key(self) -> str:
        """By what rows of the same person meet: the address, else the name as it is folded for search."""
        if self.person_id:
            return f"person:{self.person_id}"
        if self.email:
            return f"email:{self.email}"
        name = f"name:{fold(self.name) or self.name}"
        return name[:300] if self.twin == 1 else f"{name[:290]}#{self.twin}"


def told_apart(
    presences: Sequence[Presence], sums: Collection[int], session_length: dt.timedelta | None
) -> list[Presence]:
    """The same rows, with those of one name that cannot be of one person numbered. `sums` are the places of rows that hold all
    of a person, `session_length` is that of the session of rows without times."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(presences):
        if not one.email and one.person_id is None:
            by_key[one.key].append(place)
    found = list(presences)
    for places in by_key.values():
        if len(places) > 1:
            for place, twin in _numbered(presences, places, sums, session_length).items():
                found[place] = replace(presences[place], twin=twin)
    return found


def _numbered(
    presences: Sequence[Presence],
    places: Sequence[int],
    sums: Collection[int],
    session_length: dt.timedelta | None,
) -> dict[int, int]:
    numbers: dict[int, int] = {}
    lanes: list[tuple[dt.datetime, Presence]] = []  # until when each of them was there
    untimed = [place for place in places if presences[place].minutes is not None]
    total = dt.timedelta(minutes=sum(presences[place].minutes or 0 for place in untimed))
    if session_length is not None and total > session_length:
        numbers.update({place: number for number, place in enumerate(untimed, 1)})
    spans = [place for place in places if presences[place].joined_at is not None]
    if any(place in sums for place in spans):
        return numbers | {place: number for number, place in enumerate(spans, 1)}
    by_coming = sorted((joined, place) for place in spans if (joined := presences[place].joined_at))
    for _joined, place in by_coming:
        numbers[place] = _lane(lanes, presences[place])
    return numbers


def _lane(lanes: list[tuple[dt.datetime, Presence]], one: Presence) -> int:
    """The first of those of the name who had left by then, else somebody new."""
    joined, left = one.joined_at, one.left_at
    if joined is None or left is None:
        raise ValueError("a row without times has no lane")
    for number, (until, last) in enumerate(lanes):
        if until - REJOINED <= joined or (last.joined_at, last.left_at) == (joined, left):
            lanes[number] = max(until, left), one
            return number + 1
    lanes.append((left, one))
    return len(lanes)
