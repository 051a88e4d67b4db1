"""Comparing what the files say with what the database holds and with what was loaded last, and writing the difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError

from .book import Book
from .fields import AllKeys, Field, Link
from .models import LoadedRow
from .registry import Loader
from .rows import LoadingError, Problem, Row

GONE = "(the record)"


@dataclass(frozen=True)
class Change:
    """One field of one row: what the database holds, what the file says."""

    key: str
    field: str
    old: Any
    new: Any


@dataclass
class Outcome:
    """What a run did, or would do, with one source."""

    source: str
    file: str
    rows: int = 0
    new_keys: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        return len(self.new_keys)

    @property
    def changed(self) -> int:
        return len({change.key for change in self.changes})

    @property
    def unchanged(self) -> int:
        return self.rows - self.new - self.changed


@dataclass
class Plan:
    """What is to be done with one source."""

    loader: Loader
    records: Sequence[Any]
    last: dict[str, LoadedRow]
    rows: dict[str, Row] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[Field]] = field(default_factory=dict)
    memory: dict[str, dict[str, Any]] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=lambda: Outcome("", ""))

    def to_write(self, key: str) -> list[Field]:
        """The fields in which a row changes the record, all it has of a new one."""
        return self.changed.get(key) or [one for one in self.loader.fields if one.name in self.facts[key]]

    def compare(self, keys: AllKeys) -> None:
        """Fills `new`, `changed` and the outcome; `memory` is what will have been loaded."""
        present = {getattr(record, self.loader.key): record for record in self.records}
        gone = sorted(key for key in self.last if key in present and key not in self.rows)
        self.outcome = Outcome(self.loader.source, self.loader.file, len(self.rows), removed=gone)
        held = {one.name: one.read_all(self.loader.model, self.records, keys) for one in self.loader.fields}
        for key, facts in self.facts.items():
            if key in present:
                self._compare_row(key, {name: values[present[key].pk] for name, values in held.items()})
            elif key in self.last:
                self.outcome.conflicts.append(Change(key, GONE, "deleted", "still in the file"))
            else:
                self.new.append(key)
                self.memory[key] = {
                    one.name: one.canonical(facts[one.name]) for one in self.loader.fields if one.name in facts
                }
        self.outcome.new_keys = self.new

    def _compare_row(self, key: str, held: dict[str, Any]) -> None:
        facts, last = self.facts[key], self.last[key].values if key in self.last else {}
        memory = dict(last)
        for one in self.loader.fields:
            if one.name not in facts:
                continue
            wanted, old = one.canonical(facts[one.name]), held[one.name]
            # A record that nobody loaded may be completed, never corrected.
            untouched = old == last[one.name] if one.name in last else old in (None, "", [])
            if old != wanted and not untouched:
                self.outcome.conflicts.append(Change(key, one.name, old, wanted))
                continue
            memory[one.name] = wanted
            if old != wanted:
                self.changed.setdefault(key, []).append(one)
                self.outcome.changes.append(Change(key, one.name, old, wanted))
        if memory != last:
            self.memory[key] = memory


def remembered(source: str) -> dict[str, LoadedRow]:
    """What was loaded last, by key."""
    return {row.key: row for row in LoadedRow.objects.filter(source=source)}


def apply(plans: Iterable[Plan], book: Book) -> None:
    """Writes all plans: first the records themselves, then what links them, then what is to be remembered."""
    plans = list(plans)
    written: list[tuple[Plan, str, Any]] = []
    for plan in plans:
        present = {getattr(record, plan.loader.key): record for record in plan.records}
        for key in _parents_first(plan):
            record = plan.loader.model(**{plan.loader.key: key})
            _write(plan, record, key, book.keys, late=False)
            book.keys[plan.loader.records].add(key, record.pk)
            written.append((plan, key, record))
        for key in plan.changed:
            _write(plan, present[key], key, book.keys, late=False)
            written.append((plan, key, present[key]))
    for plan, key, record in written:
        _write(plan, record, key, book.keys, late=True)
    for plan in plans:
        _remember(plan)


def _write(plan: Plan, record: Any, key: str, keys: AllKeys, *, late: bool) -> None:
    """Writes the early or the late ones of a record's fields; its own columns in one statement."""
    facts, columns = plan.facts[key], []
    try:
        for one in plan.to_write(key):
            if one.late == late:
                columns += one.write(record, facts[one.name], keys)
        if record._state.adding:
            record.save()
        elif columns:
            record.save(update_fields=[*columns, "updated_at"])
    except IntegrityError as error:
        row, why = plan.rows[key], str(error).splitlines()[0]
        raise LoadingError([Problem(row.file, row.line, "", f"the database refuses the row: {why}")]) from error


def _parents_first(plan: Plan) -> list[str]:
    """New rows in an order in which what a row links to within its own source comes before it."""
    links = [one for one in plan.loader.fields if isinstance(one, Link) and one.to == plan.loader.records]
    waiting, ordered = dict.fromkeys(plan.new), []

    def place(key: str) -> None:
        if key in waiting:
            del waiting[key]
            for one in links:
                place(plan.facts[key].get(one.name) or "")
            ordered.append(key)

    for key in plan.new:
        place(key)
    return ordered


def _remember(plan: Plan) -> None:
    made = [LoadedRow(source=plan.loader.source, key=key, values=values) for key, values in plan.memory.items()]
    LoadedRow.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["source", "key"], update_fields=["values", "loaded_at"]
    )
