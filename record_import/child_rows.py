"""Rows that belong to a record, as one of its fields."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from typed_records.bulk import bulk_create

from .fields import AT_ONCE, AllKeys, Canonical, Field, Held, Model, canonical, column_of


@dataclass(frozen=True)
class Rows(Field):
    """Rows that belong to the record: its names, bodies taking part, reviews.

    Each is a list of the values of `columns`; `links` says which of these columns name a record, and of which kind. With an
    `order` column their order counts, without one they are compared as a set. Several columns may be one key of the row,
    where records of several kinds lie in one table: `as_key` names it; a row gives one of them.
    """

    model: Model
    parent: str
    columns: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    as_key: Mapping[str, str] = field(default_factory=dict)
    own = False

    def key_of(self, column: str) -> str:
        """The field of the row that a column fills."""
        return self.as_key.get(column, column)

    @cached_property
    def ordered(self) -> bool:
        try:
            return bool(column_of(self.model, "order"))
        except FieldDoesNotExist:
            return False

    def named(self) -> set[str]:
        return set(self.links.values())

    def canonical(self, value: object) -> Canonical:
        rows = [[canonical(cell) for cell in row] for row in _rows(value)]
        return rows if self.ordered else sorted(rows, key=str)

    def read_all(self, model: Model, records: Sequence[models.Model], keys: AllKeys) -> Held:
        rows: dict[object, list[list[object]]] = defaultdict(list)
        for child in self._all():
            rows[getattr(child, f"{self.parent}_id")].append(self._row(child, keys))
        return {one.pk: self.canonical(rows[one.pk]) for one in records}

    def _all(self) -> models.QuerySet:
        return self.model._base_manager.order_by(*(self.model._meta.ordering or ["pk"]))

    def _row(self, child: models.Model, keys: AllKeys) -> list[object]:
        return [
            keys[self.links[name]].keys.get(getattr(child, f"{self.key_of(name)}_id"), "")
            if name in self.links
            else getattr(child, name)
            for name in self.columns
        ]

    def check(self, model: Model, value: object) -> str:
        plain = [(place, Field(name)) for place, name in enumerate(self.columns) if name not in self.links]
        for row in _rows(value):
            given = [name for name, cell in zip(self.columns, row, strict=True) if cell and name in self.as_key]
            if len(given) > 1:
                return _("%(both)s: only one of them can stand here") % {"both": ", ".join(given)}
            for place, one in plain:
                if why := one.check(self.model, row[place]):
                    return f"{row[place]}: {why}"
        return ""

    def write(self, record: models.Model, value: object, keys: AllKeys) -> list[str]:
        """Keeps the rows that are wanted, deletes the rest, adds what is missing, so that history shows what changed."""
        held = self._all().filter(**{self.parent: record})
        left = [(one, self.canonical([self._row(one, keys)])) for one in held]
        children: list[models.Model] = []
        for row in _rows(value):
            found = next((pair for pair in left if pair[1] == self.canonical([row])), None)
            if found:
                left.remove(found)
            children.append(found[0] if found else self._made(record, row, keys))
        for child, _told in left:
            child.delete()
        for order, child in enumerate(children):
            if child.pk is None or (self.ordered and getattr(child, "order") != order):  # noqa: B009
                self._place(child, order).save()
        return []

    def add_all(self, model: Model, made: Iterable[tuple[models.Model, object]], keys: AllKeys) -> None:
        """Writes the rows of records that were just made, all in one statement."""
        children = [
            self._place(self._made(record, row, keys), order)
            for record, value in made
            for order, row in enumerate(_rows(value))
        ]
        bulk_create(children, batch_size=AT_ONCE)

    def _made(self, record: models.Model, row: Sequence[object], keys: AllKeys) -> models.Model:
        values: dict[str, object] = {self.parent: record}
        for name, cell in zip(self.columns, row, strict=True):
            if name in self.links:
                if cell or name not in self.as_key:
                    values[f"{self.key_of(name)}_id"] = keys[self.links[name]].pk(cell)
            else:
                values[name] = cell
        return self.model(**values)

    def _place(self, child: models.Model, order: int) -> models.Model:
        if self.ordered:
            child.order = order  # type: ignore[attr-defined]
        return child


def _rows(value: object) -> list[list[object]]:
    return cast(list[list[object]], value)
