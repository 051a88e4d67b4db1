"""What an import would do: the values that rows give, compared with those that records hold and with what was loaded last."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import models
from django.utils.translation import override

from .fields import AllKeys, Canonical, Facts, Field, Held, Model
from .registry import Records
from .rows import Row

GONE: Final = "(the record)"
Memory = Mapping[str, Canonical]  # what was loaded last, by field


@dataclass(frozen=True)
class Change:
    """One field of one record: what the database holds, what the file says."""

    key: str
    field: str
    old: Canonical
    new: Canonical


@dataclass(eq=False)
class Entry:
    """One row: it makes a record, or may change the one that is there. `values` are those to be written, by field."""

    key: str
    row: Row
    record: models.Model | None = None
    values: Facts = field(default_factory=dict)
    made: models.Model | None = None


@dataclass(eq=False)
class Difference:
    """What an import does, or would do, with one kind of record. `memory` is what will have been loaded, by key."""

    records: Records
    fields: Sequence[Field]
    rows: int = 0
    new: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    memory: dict[str, dict[str, Canonical]] = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.new) - len(self.changed)

    def compare(self, entry: Entry, held: Mapping[str, Held], last: Memory | None = None) -> None:
        """Leaves of an entry's values those that change its record.

        With a memory of what was loaded last, a value that staff have edited since is a conflict and stays: it differs from
        the one remembered. A record that nobody loaded may be completed, never corrected.
        """
        given, entry.values = entry.values, {}
        for one in self.fields:
            if one.name not in given:
                continue
            new = one.canonical(given[one.name])
            old = held[one.name][entry.record.pk] if entry.record else None
            if entry.record and old != new and last is not None and not _untouched(one.name, old, last):
                self.conflicts.append(Change(entry.key, one.name, old, new))
                continue
            if last is not None:
                self.memory.setdefault(entry.key, dict(last))[one.name] = new
            if entry.record is None or old != new:
                entry.values[one.name] = given[one.name]
                if entry.record:
                    self.changes.append(Change(entry.key, one.name, old, new))


def _untouched(name: str, held: Canonical, last: Memory) -> bool:
    return held == last[name] if name in last else held in (None, "", [])


def held_of(model: Model, fields: Iterable[Field], found: Sequence[models.Model], keys: AllKeys) -> dict[str, Held]:
    """What the records hold, in canonical form, by field."""
    with override("en"):
        return {one.name: one.read_all(model, found, keys) for one in fields}


def in_circles(keys: Iterable[str], above: Mapping[str, str]) -> Iterator[str]:
    """Those of the keys from which the way up, in a tree of one kind of record, leads back to them."""
    for key in keys:
        up, seen = above.get(key), set[str]()
        while up and up != key and up not in seen:
            seen.add(up)
            up = above.get(up)
        if up == key:
            yield key
