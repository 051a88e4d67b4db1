"""Writing what comparisons found: in few statements, or, where the database refuses one, row by row to say which."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias, cast

from django.db import DataError, IntegrityError, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from typed_records.bulk import bulk_create

from .child_rows import Rows
from .differences import Difference, Entry
from .fields import AT_ONCE, AllKeys, Field, Link, Links

REFUSALS: Final = (IntegrityError, DataError)
Refusal: TypeAlias = tuple[Difference, Entry | None, Exception]  # without an entry: of all of them together


def write(found: Sequence[Difference], keys: AllKeys) -> list[Refusal]:
    """All rows, or none and what the database has against them. Within a transaction."""
    try:
        with transaction.atomic():
            _Writer(found, keys).write()
            return []
    except REFUSALS as error:
        return refusals(found, keys) or [(found[-1], None, error)]


def rehearse(found: Difference, keys: AllKeys) -> list[Refusal]:
    """What the database has against the rows. Nothing is kept."""
    try:
        with transaction.atomic():
            _Writer([found], keys).write()
            transaction.set_rollback(True)
            return []
    except (*REFUSALS, KeyError) as error:  # KeyError: a row names one that is refused
        return refusals([found], keys) or [(found, None, error)]


def refusals(found: Sequence[Difference], keys: AllKeys) -> list[Refusal]:
    """Row after row, and all of it undone: which ones the database refuses, and why. A row that names one of them is
    passed over."""
    with transaction.atomic():
        refused = list(_Writer(found, keys).write_singly())
        transaction.set_rollback(True)
    return refused


class _Writer:
    """First the records themselves, then what links them, which may name any of them."""

    def __init__(self, found: Sequence[Difference], keys: AllKeys) -> None:
        self.found, self.keys, self.now = found, keys, timezone.now()
        self.place: dict[str, int] = {}  # of each kind, in the order of writing
        for place, one in enumerate(found):
            self.place.setdefault(one.records.kind, place)
            for entry in one.new:
                keys[one.records.kind].forget(entry.key)  # of an attempt before

    def write(self) -> None:
        with override("en"):  # a translated text has its original column beside it, which is the English one
            for one in self.found:
                for level in _parents_first(one):
                    self._save(one, level)
                self._save(one, one.changed)
            for one in self.found:
                self._link(one, [*one.new, *one.changed])

    def write_singly(self) -> Iterator[Refusal]:
        rows = [(one, entry) for one in self.found for level in (*_parents_first(one), one.changed) for entry in level]
        for step in (self._save, self._link):
            left = list[tuple[Difference, Entry]]()
            for one, entry in rows:
                try:
                    with override("en"), transaction.atomic():
                        step(one, [entry])
                        left.append((one, entry))
                except REFUSALS as error:
                    yield one, entry, error
                except KeyError:
                    continue
            rows = left

    def _save(self, found: Difference, entries: Sequence[Entry]) -> None:
        """The records themselves, with what their own columns hold."""
        own = [one for one in found.fields if one.own and not self._is_late(found, one)]
        new = [entry for entry in entries if entry.record is None]
        for entry in new:
            entry.made = found.records.model(**{found.records.key: entry.key})
            self._set(entry.made, entry, own)
        made = [cast(models.Model, entry.made) for entry in new]
        bulk_create(made, batch_size=AT_ONCE)
        for entry, record in zip(new, made, strict=True):
            self.keys[found.records.kind].add(entry.key, record.pk)
        self._update(found, [(entry.record, entry) for entry in entries if entry.record], own)

    def _link(self, found: Difference, entries: Sequence[Entry]) -> None:
        """What links records, and the rows that belong to them."""
        late = [one for one in found.fields if self._is_late(found, one)]
        self._update(
            found,
            [(record, one) for one in entries if (record := one.record or one.made) and _has(one, late)],
            late,
        )
        for field in found.fields:
            if not isinstance(field, Links | Rows):
                continue
            given = [entry for entry in entries if field.name in entry.values]
            field.add_all(
                found.records.model, [(one.made, one.values[field.name]) for one in given if one.made], self.keys
            )
            for entry in given:
                if entry.record:
                    field.write(entry.record, entry.values[field.name], self.keys)

    def _update(self, found: Difference, pairs: Iterable[tuple[models.Model, Entry]], fields: Sequence[Field]) -> None:
        groups: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
        for record, entry in pairs:
            names = self._set(record, entry, fields)
            names |= set(found.records.settle(record, names))
            record.updated_at = self.now  # type: ignore[attr-defined]
            groups[tuple(sorted({*names, "updated_at"}))].append(record)
        for columns, records in groups.items():
            # A plain QuerySet: that of translated models would write the English column in the place of the original one.
            QuerySet[models.Model](found.records.model).bulk_update(records, columns, batch_size=AT_ONCE // 4)

    def _set(self, record: models.Model, entry: Entry, fields: Sequence[Field]) -> set[str]:
        """Sets the values; the names of the columns to save."""
        given = [one for one in fields if one.name in entry.values]
        return {name for one in given for name in one.write(record, entry.values[one.name], self.keys)}

    def _is_late(self, found: Difference, field: Field) -> bool:
        """It names records that are written after those that bear it."""
        return isinstance(field, Link) and field.own and self.place.get(field.to, 0) > self.found.index(found)


def _has(entry: Entry, fields: Iterable[Field]) -> bool:
    return any(one.name in entry.values for one in fields)


def _parents_first(found: Difference) -> list[list[Entry]]:
    """New rows in levels: what a row names of its own kind stands in a level before it."""
    links = [one for one in found.fields if isinstance(one, Link) and one.own and one.to == found.records.kind]
    waiting, levels = {entry.key: entry for entry in found.new}, list[list[Entry]]()
    while waiting:
        level = [
            one for one in waiting.values() if not any(one.values.get(link.name) in waiting for link in links)
        ] or list(waiting.values())
        levels.append(level)
        for one in level:
            del waiting[one.key]
    return levels
