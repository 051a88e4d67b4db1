"""What a record holds, field by field: read of many records at once, told in a canonical form, checked, written.

The canonical form is made of JSON values: what is compared, remembered and shown. Records are named by their key (slug or
code) in it, never by a primary key. Data files and sheets speak of the same fields.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeAlias, cast

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from typed_records.bulk import bulk_create

AT_ONCE: Final = 1000  # rows in one statement
Model: TypeAlias = type[models.Model]
Facts: TypeAlias = dict[str, object]  # values by the name of the field
UNREAD: Final = object()  # a value that a row does not say: the field stays as it is
Canonical: TypeAlias = "str | int | float | bool | Sequence[Canonical] | None"
Held: TypeAlias = Mapping[object, Canonical]  # canonical values by the primary key of the record


@dataclass
class Keys:
    """Both ways between the keys of one kind of record and its primary keys."""

    pks: dict[str, object] = field(default_factory=dict)
    keys: dict[object, str] = field(default_factory=dict)

    def add(self, key: str, pk: object) -> None:
        self.pks[key] = pk
        self.keys[pk] = key

    def forget(self, key: str) -> None:
        self.keys.pop(self.pks.pop(key, None), None)

    def pk(self, key: object) -> object:
        """KeyError when there is no such record."""
        return self.pks[str(key)] if key else None


AllKeys: TypeAlias = Mapping[str, Keys]  # by kind of record


def canonical(value: object) -> Canonical:
    """A value as JSON keeps it: numbers without trailing zeros, instants in UTC."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [canonical(one) for one in value]
    return str(value) if isinstance(value, str) else cast(Canonical, value)


def column_of(model: Model, name: str) -> models.Field:
    """A field of a model, whichever of its tables it lies in."""
    return cast(models.Field, model._meta.get_field(name))


@dataclass(frozen=True)
class Field:
    """One of a record's own columns."""

    name: str
    own = True  # it lies in the record's own row, and is written with it

    def read_all(self, model: Model, records: Sequence[models.Model], keys: AllKeys) -> Held:
        textual = isinstance(column_of(model, self.name), models.CharField | models.TextField)
        get = attrgetter(self.name)
        return {one.pk: canonical(get(one)) if not textual else get(one) or "" for one in records}

    def canonical(self, value: object) -> Canonical:
        return canonical(value)

    def check(self, model: Model, value: object) -> str:
        """What the model's own rules say against a value; '' when it may stay."""
        try:
            column_of(model, self.name).clean(value, None)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def named(self) -> set[str]:
        """The kinds of record that its values name."""
        return set()

    def write(self, record: models.Model, value: object, keys: AllKeys) -> list[str]:
        """Sets the value; names the columns to save. A translated text has its original column beside it."""
        setattr(record, self.name, value)
        original = getattr(column_of(type(record), self.name), "translated_field", None)
        return [self.name, original.name] if original else [self.name]


@dataclass(frozen=True)
class Link(Field):
    """A foreign key; `to` is the kind of record it names."""

    to: str

    def named(self) -> set[str]:
        return {self.to}

    def read_all(self, model: Model, records: Sequence[models.Model], keys: AllKeys) -> Held:
        known = keys[self.to].keys
        return {one.pk: known.get(getattr(one, f"{self.name}_id"), "") for one in records}

    def canonical(self, value: object) -> Canonical:
        return str(value or "")

    def check(self, model: Model, value: object) -> str:
        return ""

    def write(self, record: models.Model, value: object, keys: AllKeys) -> list[str]:
        setattr(record, f"{self.name}_id", keys[self.to].pk(value))
        return [self.name]


@dataclass(frozen=True)
class Links(Link):
    """A many-to-many relation, compared as a set."""

    own = False

    def _relation(self, model: Model) -> tuple[Model, str, str]:
        """The table of the links, and its two columns: the record's, and that of what it names."""
        relation = cast(models.ManyToManyField, column_of(model, self.name))
        return cast(Model, relation.remote_field.through), relation.m2m_column_name(), relation.m2m_reverse_name()

    def read_all(self, model: Model, records: Sequence[models.Model], keys: AllKeys) -> Held:
        through, mine, theirs = self._relation(model)
        known = keys[self.to].keys
        found: dict[object, list[str]] = {one.pk: [] for one in records}
        for pk, other in through._base_manager.values_list(mine, theirs):
            if pk in found and other in known:
                found[pk].append(known[other])
        return {pk: sorted(linked) for pk, linked in found.items()}

    def canonical(self, value: object) -> Canonical:
        return sorted(set(cast(Iterable[str], value)))

    def write(self, record: models.Model, value: object, keys: AllKeys) -> list[str]:
        getattr(record, self.name).set([keys[self.to].pk(key) for key in cast(Iterable[str], value)])
        return []

    def add_all(self, model: Model, made: Iterable[tuple[models.Model, object]], keys: AllKeys) -> None:
        """Writes the values of records that were just made, all in one statement."""
        through, mine, theirs = self._relation(model)
        through._base_manager.bulk_create(
            [
                through(**{mine: record.pk, theirs: keys[self.to].pk(key)})
                for record, value in made
                for key in self.canonical(value)  # type: ignore[union-attr]
            ],
            batch_size=AT_ONCE,
        )


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
