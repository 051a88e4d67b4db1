"""How a fact of a data file becomes a value of a record, and how the record's value is read back to be compared.

Every kind of field speaks a canonical form made of JSON values: what is compared, remembered and shown. Records are named
by their key (slug or code) in it, never by a primary key.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models

AT_ONCE: Final = 1000  # rows in one statement


@dataclass
class Keys:
    """Both ways between the keys of one kind of record and its primary keys."""

    pks: dict[str, Any] = field(default_factory=dict)
    keys: dict[Any, str] = field(default_factory=dict)

    def add(self, key: str, pk: Any) -> None:
        self.pks[key] = pk
        self.keys[pk] = key


AllKeys = Mapping[str, Keys]  # by source


def canonical(value: Any) -> Any:
    """A value as JSON keeps it: numbers without trailing zeros, instants in UTC."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [canonical(one) for one in value]
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Plain:
    """A column of the record itself."""

    name: str
    column: str = ""
    late = False

    def read_all(self, model: type[models.Model], records: Sequence[Any], keys: AllKeys) -> dict[Any, Any]:
        textual = isinstance(model._meta.get_field(self.name), models.CharField | models.TextField)
        get = attrgetter(self.name)
        return {one.pk: canonical(get(one)) if not textual else get(one) or "" for one in records}

    def canonical(self, value: Any) -> Any:
        return canonical(value)

    def check(self, model: type[models.Model], value: Any) -> str:
        """What the model's own rules say against a value; '' when it may stay."""
        try:
            model._meta.get_field(self.name).clean(value, None)  # type: ignore[union-attr]
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def write(self, record: Any, value: Any, keys: AllKeys) -> list[str]:
        """Sets the value; names the columns to save. A translated text has its original column beside it."""
        setattr(record, self.name, value)
        original = getattr(record._meta.get_field(self.name), "translated_field", None)
        return [self.name, original.name] if original else [self.name]


@dataclass(frozen=True)
class Link:
    """A foreign key; `to` is the source its records come from. A late one is written when all records are there."""

    name: str
    to: str
    column: str = ""
    late: bool = False

    def read_all(self, model: type[models.Model], records: Sequence[Any], keys: AllKeys) -> dict[Any, Any]:
        known = keys[self.to].keys
        return {one.pk: known.get(getattr(one, f"{self.name}_id"), "") for one in records}

    def canonical(self, value: Any) -> Any:
        return value or ""

    def check(self, model: type[models.Model], value: Any) -> str:
        return ""

    def write(self, record: Any, value: Any, keys: AllKeys) -> list[str]:
        pk = keys[self.to].pks[value] if value else None
        if getattr(record, f"{self.name}_id") == pk:
            return []
        setattr(record, f"{self.name}_id", pk)
        return [self.name]


@dataclass(frozen=True)
class Links:
    """A many-to-many relation, compared as a set."""

    name: str
    to: str
    column: str = ""
    late = True

    def read_all(self, model: type[models.Model], records: Sequence[Any], keys: AllKeys) -> dict[Any, Any]:
        relation: Any = model._meta.get_field(self.name)
        mine, theirs = relation.m2m_column_name(), relation.m2m_reverse_name()
        known = keys[self.to].keys
        found: dict[Any, list[str]] = {one.pk: [] for one in records}
        for pk, other in relation.remote_field.through._base_manager.values_list(mine, theirs):
            if pk in found and other in known:
                found[pk].append(known[other])
        return {pk: sorted(linked) for pk, linked in found.items()}

    def canonical(self, value: Any) -> Any:
        return sorted(set(value))

    def check(self, model: type[models.Model], value: Any) -> str:
        return ""

    def write(self, record: Any, value: Any, keys: AllKeys) -> list[str]:
        getattr(record, self.name).set([keys[self.to].pks[key] for key in value])
        return []

    def add_all(self, made: Sequence[tuple[Any, Any]], keys: AllKeys) -> None:
        """Writes the values of records that were just made, all in one statement."""
        if not made:
            return
        relation: Any = made[0][0]._meta.get_field(self.name)
        mine, theirs = relation.m2m_column_name(), relation.m2m_reverse_name()
        through, known = relation.remote_field.through, keys[self.to].pks
        links = [through(**{mine: record.pk, theirs: known[key]}) for record, value in made for key in set(value)]
        through._base_manager.bulk_create(links, batch_size=AT_ONCE)


@dataclass(frozen=True)
class Children:
    """Rows that belong to the record: its names, bodies taking part, traces of moves.

    Each is a list of the values of `columns`; `links` says which of these columns name a record of another source. With an
    `order` column their order counts, without one they are compared as a set.
    """

    name: str
    model: type[models.Model]
    parent: str
    columns: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    late = True

    @property
    def ordered(self) -> bool:
        return any(one.name == "order" for one in self.model._meta.get_fields())

    def canonical(self, value: Any) -> Any:
        rows = [[canonical(cell) for cell in row] for row in value]
        return rows if self.ordered else sorted(rows, key=str)

    def read_all(self, model: type[models.Model], records: Sequence[Any], keys: AllKeys) -> dict[Any, Any]:
        rows: dict[Any, list[list[Any]]] = defaultdict(list)
        for child in self._of(None):
            rows[getattr(child, f"{self.parent}_id")].append(self._row(child, keys))
        return {one.pk: self.canonical(rows[one.pk]) for one in records}

    def _of(self, record: Any) -> models.QuerySet:
        found = self.model._base_manager.order_by(*(self.model._meta.ordering or ["pk"]))
        return found if record is None else found.filter(**{self.parent: record})

    def _row(self, child: Any, keys: AllKeys) -> list[Any]:
        return [
            keys[self.links[name]].keys.get(getattr(child, f"{name}_id"), "")
            if name in self.links
            else getattr(child, name)
            for name in self.columns
        ]

    def check(self, model: type[models.Model], value: Any) -> str:
        for row in value:
            for name, cell in zip(self.columns, row, strict=True):
                try:
                    if name not in self.links:
                        self.model._meta.get_field(name).clean(cell, None)  # type: ignore[union-attr]
                except ValidationError as error:
                    return f"{cell}: {' '.join(error.messages)}"
        return ""

    def write(self, record: Any, value: Any, keys: AllKeys) -> list[str]:
        """Keeps the rows that are wanted, deletes the rest, adds what is missing, so that history shows what changed."""
        left = [(one, self.canonical([self._row(one, keys)])) for one in self._of(record)]
        children: list[Any] = []
        for row in value:
            found = next((pair for pair in left if pair[1] == self.canonical([row])), None)
            if found:
                left.remove(found)
            children.append(found[0] if found else self._made(record, row, keys))
        for child, _row in left:
            child.delete()
        for order, child in enumerate(children):
            if child.pk is None or (self.ordered and child.order != order):
                if self.ordered:
                    child.order = order
                child.save()
        return []

    def add_all(self, made: Sequence[tuple[Any, Any]], keys: AllKeys) -> None:
        """Writes the rows of records that were just made, all in one statement."""
        children: list[Any] = []
        for record, value in made:
            for order, row in enumerate(value):
                children.append(self._made(record, row, keys))
                if self.ordered:
                    children[-1].order = order
        self.model._base_manager.bulk_create(children, batch_size=AT_ONCE)

    def _made(self, record: Any, row: Sequence[Any], keys: AllKeys) -> models.Model:
        values: dict[str, Any] = {self.parent: record}
        for name, cell in zip(self.columns, row, strict=True):
            if name in self.links:
                values[f"{name}_id"] = keys[self.links[name]].pks[cell] if cell else None
            else:
                values[name] = cell
        return self.model(**values)


Field = Plain | Link | Links | Children
