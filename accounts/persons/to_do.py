"""What somebody has to do on the portal: apps register who knows of what, the person's first page and the weekly mail tell it.

Only what waits for this very person, with one address where it is done. What ends soonest comes first; what is only to be
known, an event that begins, comes after what is to be done, unless it begins within a day.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils import timezone

from records.scope import Scope

from ..models import Person, User
from ..scopes import scope_of

SOON: Final = dt.timedelta(days=1)
NEVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Task:
    """One thing to do. `title` is the act in words, `of` what it is about, `address` where it is done, `act` the word on its
    button; `until` when the chance is over, `begins` when something begins of which one is only told."""

    title: str
    of: str
    address: str
    act: str
    until: dt.datetime | None = None
    begins: dt.datetime | None = None
    detail: str = ""
    otherwise: str = ""  # the words of a link to not doing it
    otherwise_address: str = ""

    def order(self, now: dt.datetime) -> tuple[bool, dt.datetime]:
        is_told = self.begins is not None and self.begins - now > SOON
        return is_told, self.until or self.begins or NEVER


@dataclass(frozen=True)
class Reader:
    """Whose tasks are asked for, and the instant at which."""

    user: User
    person: Person
    now: dt.datetime

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.user)


Finder = Callable[[Reader], Iterable[Task]]
_finders: dict[str, Finder] = {}


def register_tasks(name: str, finder: Finder) -> None:
    _finders[name] = finder


def tasks_of(person: Person, user: User) -> list[Task]:
    """All that waits for a person, what ends soonest first."""
    reader = Reader(user, person, timezone.now())
    found = [task for finder in _finders.values() for task in finder(reader)]
    return sorted(found, key=lambda task: task.order(reader.now))
