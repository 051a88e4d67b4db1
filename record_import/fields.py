"""What a record holds, field by field: read of many records at once, told in a canonical form, checked, written.

The canonical form is made of JSON values: what is compared, remembered and shown. Records are named by their key (slug or
code) in it, never by a primary key. Data files and sheets speak of the same fields.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Final, TypeAlias, cast

from django.core.exceptions import ValidationError
from django.db import models

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
