"""Whom a name in an attendance list means: by address, then by the name exactly, folded, in any script; else nobody yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from accounts.models import Person
from records.formats.names import fold
from search.tokenizer import loose, runs

from ..models import Activity, AttendanceMatch
from .presences import Presence

State = AttendanceMatch.State
CANDIDATES: Final = 6
DOOR_SECONDS: Final = 300  # who opened the door and came in within that time is a likely one


@dataclass(frozen=True)
class Found:
    state: str
    person_id: int | None = None
    candidates: tuple[int, ...] = ()


class Matcher:
    """Knows everybody who may have been at an activity: with a place, trainers, and whoever has one of the addresses."""

    def __init__(self, activity: Activity, emails: Iterable[str]) -> None:
        people = list(activity.expected_people())
        self._expected = {person.pk: person for person in people}
        with_address = Person.objects.filter(email__in=set(emails) - {""})
        self._by_email = {person.email: person for person in [*with_address, *people] if person.email}
        self._by_name: dict[str, set[int]] = defaultdict(set)
        for person in people:
            for name in filter(None, (person.name, person.native_name)):
                self._by_name[fold(name)].add(person.pk)
        self._in_care: dict[int, set[int]] = defaultdict(set)
        for person in people:
            if person.care_of_id:
                self._in_care[person.care_of_id].add(person.pk)
        self._doors = activity.door_openings()

    def find(self, presence: Presence) -> Found:
        if presence.person_id:
            return Found(State.OFFICER, presence.person_id)
        by_name = self._named(presence.name)
        owner = self._by_email.get(presence.email) if presence.email else None
        if owner:
            return self._of_address(owner, presence, by_name)
        if len(by_name) == 1 and presence.twin == 1:
            return Found(State.NAME, next(iter(by_name)))
        return Found(State.OPEN, candidates=self._candidates(presence, by_name))

    def _of_address(self, owner: Person, presence: Presence, by_name: set[int]) -> Found:
        """The mailbox of a focal point serves others too: then the name decides, or an officer."""
        care = self._in_care.get(owner.pk, set())
        if not care or not presence.name or owner.pk in by_name:
            return Found(State.EMAIL, owner.pk)
        if len(by_name & care) == 1:
            return Found(State.NAME, next(iter(by_name & care)))
        return Found(State.OPEN, candidates=(owner.pk, *sorted(care))[:CANDIDATES])

    def _named(self, name: str) -> set[int]:
        """Persons who bear a name exactly. Providers write a second name in brackets: "Bat (Bat-Erdene)"."""
        for part in _parts(name):
            if found := self._by_name.get(fold(part)):
                return found
        return set()

    def _candidates(self, presence: Presence, by_name: set[int]) -> tuple[int, ...]:
        words = _words(presence.name)
        likeness = {
            pk: len(words & (_words(person.name) | _words(person.native_name))) for pk, person in self._expected.items()
        }
        alike = sorted((pk for pk, number in likeness.items() if number), key=lambda pk: (-likeness[pk], pk))
        came = presence.joined_at
        by_door = [pk for pk, at in self._doors if came and abs((came - at).total_seconds()) <= DOOR_SECONDS]
        return tuple(dict.fromkeys([*sorted(by_name), *alike, *by_door]))[:CANDIDATES]


def _parts(name: str) -> list[str]:
    before, bracket, inside = name.replace("（", "(").replace("）", ")").partition("(")
    return [name, *filter(None, (before.strip(), inside.rstrip(") ").strip()))] if bracket else [name]


def _words(name: str) -> set[str]:
    return {loose(word) for word in runs(name) if len(word) > 1}
