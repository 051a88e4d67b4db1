"""Which records may be imported, exported and loaded: each app says it of its own in `importable.py`.

One definition serves every way in and out. A record's fields are known from its model; named here are those that a data file
fills, with the file's columns, and those that are columns of a sheet.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from django.db import models

from .book import Book
from .cells import Words
from .child_rows import Rows
from .clock_cells import Clock
from .columns import Codes, Column, column_for, columns_of
from .fields import Facts, Field, Keys, Link, Links, Model, column_of
from .rows import Row, SheetRow

Rule: TypeAlias = Callable[[SheetRow], None]
Own: TypeAlias = Any  # a record of the kind that is registered: the app that does it knows its class


@dataclass(frozen=True)
class DataFile:
    """How records come out of a file of the network's data; those of the lowest `order` first.

    `fields` are filled by it, each with the column it comes from; each is read as in a sheet, but for those that `facts` works
    out of a row. A field whose (optional) column is not there is not touched. `others` are further columns it has. `entries`
    may take other records from the file than one per row; `introduce` tells the book by which names a record is known, from
    the row or from the database.
    """

    name: str
    order: int
    fields: Mapping[str, str]
    facts: Callable[[Row, Book], Facts] = lambda row, book: {}
    others: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    entries: Callable[[Book], list[tuple[str, Row]]] | None = None
    introduce: Callable[[Book, dict[str, Row]], None] | None = None


@dataclass(eq=False)
class Records:
    """One kind of record. `source` is what its rows are remembered under and its sheet is called; `kind` what links name:
    two sources may hold records of one kind.

    `sheet` are the columns of its sheet in their order: a text that exists in several languages is named once. `rows` belong
    to the record and are written in one cell, `clocks` are its moments, `codes` what a list may hold. `left_out` says of
    what the form edits beside it why it is no column.

    `rules` look at a whole row of a sheet and refuse what does not fit together. `kept` names what an import does not
    change in a record though the form may. `prepare` is told all records that would change, before anybody asks what their
    forms let edit; `settle` is told a record and the names that change before it is written, and names what it has changed
    besides.
    """

    source: str
    model: Model
    file: DataFile
    sheet: tuple[str, ...] = ()
    kind: str = ""
    key: str = "slug"
    rows: tuple[Rows, ...] = ()
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    codes: Mapping[str, Codes] = field(default_factory=dict)
    left_out: Mapping[str, Words] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    kept: Callable[[Own], Collection[str]] = lambda record: ()
    prepare: Callable[[Sequence[Own]], None] = lambda records: None
    settle: Callable[[Own, set[str]], Iterable[str]] = lambda record, names: ()

    def __post_init__(self) -> None:
        self.kind = self.kind or self.source

    @property
    def title(self) -> str:
        """The name of the sheet in a workbook, the same in every language."""
        return self.source[:31]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Those of the sheet, all but the key: English first, the other languages of its texts at the end."""
        return columns_of(self.model, self.sheet, self.field, self.clocks, self.codes)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        return (self.key, *(column.field.name for column in self.columns))

    @cached_property
    def loaded(self) -> tuple[Column, ...]:
        """What the data file fills."""
        return tuple(column_for(self.model, self.field(name), self.clocks, self.codes) for name in self.file.fields)

    def field(self, name: str) -> Field:
        if rows := next((one for one in self.rows if one.name == name), None):
            return rows
        column = column_of(self.model, name)
        if column.related_model is None:
            return Field(name)
        return (Links if column.many_to_many else Link)(name, _kind_of(column.related_model))

    def key_of(self, record: models.Model) -> str:
        return str(getattr(record, self.key))


_registered: dict[str, Records] = {}


def register(records: Records) -> None:
    _registered[records.source] = records


def in_files() -> list[Records]:
    """All kinds, in the order in which their files are loaded: the lowest floor first."""
    return sorted(_registered.values(), key=lambda one: one.file.order)


def headers() -> dict[str, tuple[list[str], set[str]]]:
    """The columns of each data file, that of the key first, and which of them it may lack."""
    found: dict[str, tuple[list[str], set[str]]] = {}
    for one in sorted(in_files(), key=lambda one: one.file.entries is not None):
        columns, optional = found.setdefault(one.file.name, ([], set()))
        own = [] if one.file.entries else [one.key]
        columns += [name for name in (*own, *one.file.fields.values(), *one.file.others) if name not in columns]
        optional |= set(one.file.optional)
    return {name: (list(dict.fromkeys(columns)), optional) for name, (columns, optional) in found.items()}


def sheets() -> list[Records]:
    """Those that officers export and import."""
    return [one for one in _registered.values() if one.sheet]


def sheet_for(model: Model) -> Records | None:
    """The sheet of a kind of record; None where there is none."""
    return next((one for one in sheets() if one.model is model), None)


def keys_named(records: Records) -> dict[str, Keys]:
    """The keys of the records that a sheet names, by kind, with those of its own records."""
    wanted = {records.kind}.union(*(column.field.named() for column in records.columns))
    found: dict[str, Keys] = {}
    for one in in_files():
        if one.kind in wanted and one.kind not in found:
            keys = found[one.kind] = Keys()
            for key, pk in one.model._base_manager.values_list(one.key, "pk"):
                keys.add(key, pk)
    return found


def _kind_of(model: object) -> str:
    return next(one.kind for one in _registered.values() if one.model is model)
