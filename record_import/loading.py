"""Loading the network's data files: one run reads, checks, compares and writes all of them.

A run is one transaction. Every problem of every file is reported at once, and then nothing is written. What staff have
edited since the last run is kept: the value in the database differs from the one remembered as loaded (LoadedRow), so a
different value in the file is reported as a conflict, while the other fields of the row still follow the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, models, transaction
from django.utils.translation import override

from typed_records.locks import hold

from .book import Book
from .cells import Lines
from .data_files import read_table
from .differences import GONE, Change, Difference, Entry, held_of, in_circles
from .fields import UNREAD, Facts, Field, Link
from .models import LoadedRow
from .registry import Records, headers, in_files
from .rows import Problem, Row, by_key
from .writing import Refusal, write

LOCK = 4_112_022  # any number that no other advisory lock of the portal uses


class LoadingError(Exception):
    """The data files have problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Result:
    """What a run did, or would do, with each kind of record."""

    differences: list[Difference] = field(default_factory=list)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    @property
    def written(self) -> int:
        return sum(len(one.new) + len(one.changed) for one in self.differences)

    @property
    def conflicts(self) -> int:
        return sum(len(one.conflicts) for one in self.differences)


@dataclass
class _Plan:
    """What one file says of one kind of record, beside what the database holds and what was loaded last."""

    records: Records
    held: dict[str, models.Model]
    last: dict[str, LoadedRow]
    rows: dict[str, Row]
    entries: dict[str, Entry] = field(default_factory=dict)


def one_at_a_time() -> None:
    """Imports and the loading of data files wait for each other, so that neither meets records the other has locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def load(directory: Path, *, dry_run: bool = False) -> Result:
    """Brings the data files of a directory into the database, all or nothing. Raises LoadingError.

    A dry run writes too and takes everything back, so that the database's own rules are asked as well.
    """
    with override("en"), transaction.atomic():
        one_at_a_time()
        book = _read(directory)
        plans = [_planned(records, book) for records in in_files()]
        for plan in plans:
            _check(plan, book)
        if problems := book.problems():
            raise LoadingError(problems)
        found = [_compared(plan, book) for plan in plans]
        if refused := write(found, book.keys):
            raise LoadingError(list(map(_problem, refused)))
        _remember(found)
        if dry_run:
            transaction.set_rollback(True)
        return Result(found)


def _read(directory: Path) -> Book:
    book = Book()
    for name, (columns, optional) in headers().items():
        book.tables[name] = read_table(directory, name, set(columns) - optional, optional)
    book.broken = {one.kind for one in in_files() if book.tables[one.file.name].broken}
    return book


def _planned(records: Records, book: Book) -> _Plan:
    """Tells the book which records there are and will be, and by which names they are known."""
    kind, file = records.kind, records.file
    # Locked until the end: what staff save in the meantime comes after, and is never overwritten unseen.
    held = {records.key_of(one): one for one in hold(records.model._base_manager.all())}
    for key, record in held.items():
        book.keys[kind].add(key, record.pk)
    last = {row.key: row for row in LoadedRow.objects.filter(source=records.source)}
    rows = dict(file.entries(book)) if file.entries else by_key(book.tables[file.name].rows, records.key)
    book.last[kind] |= {key: row.values for key, row in last.items()}
    in_database = set(book.keys[kind].pks)
    book.known[kind] |= set(rows) | in_database
    book.deleted[kind] |= (set(rows) & set(last)) - in_database
    if file.introduce:
        file.introduce(book, {key: row for key, row in rows.items() if key not in book.deleted[kind]})
    return _Plan(records, held, last, rows)


def _check(plan: _Plan, book: Book) -> None:
    """Reads what each row says, and asks the model whether it takes the values."""
    records, columns = plan.records, plan.records.file.fields
    fields = [column.field for column in records.loaded]
    for key, row in plan.rows.items():
        values = _said(records, row, book)
        given = {records.key: key, **values}
        for one in (Field(records.key), *fields):
            if one.name in given and (why := one.check(records.model, given[one.name])):
                row.refuse(columns.get(one.name, one.name), why)
        plan.entries[key] = Entry(key, row, plan.held.get(key), values)
    for one in fields:
        if isinstance(one, Link) and one.own and one.to == records.kind:
            above = {key: str(entry.values.get(one.name, "")) for key, entry in plan.entries.items()}
            for key in in_circles(above, above):
                row, column = plan.rows[key], columns[one.name]
                row.refuse(column, f"“{row.text(column)}” is this row itself, or stands below it")


def _said(records: Records, row: Row, book: Book) -> Facts:
    """What is worked out of a row, and what its other cells say. Lists stand apart by semicolons in a data file."""
    values = records.file.facts(row, book)
    for column in records.loaded:
        name, heading = column.heading, records.file.fields[column.heading]
        if name in values or not row.has(heading):
            continue
        row.text(heading, required=column.needed)
        if isinstance(column.field, Link):
            values[name] = book.named(row, heading, column.field)
        elif name == "sources":
            values[name] = row.sources(heading)
        elif isinstance(column.cell, Lines):
            values[name] = row.listed(heading)
        else:
            values[name] = column.cell.read(row, heading)
    return {name: value for name, value in values.items() if value is not UNREAD}


def _compared(plan: _Plan, book: Book) -> Difference:
    found = Difference(plan.records, [column.field for column in plan.records.loaded], len(plan.rows))
    found.removed = sorted(key for key in plan.last if key in plan.held and key not in plan.rows)
    held = held_of(plan.records.model, found.fields, list(plan.held.values()), book.keys)
    last = {key: row.values for key, row in plan.last.items()}
    for key, entry in plan.entries.items():
        if entry.record is None and key in last:
            found.conflicts.append(Change(key, GONE, "deleted", "still in the file"))
            continue
        found.compare(entry, held, last.get(key, {}))
        if entry.record is None:
            found.new.append(entry)
        elif entry.values:
            found.changed.append(entry)
    found.memory = {key: values for key, values in found.memory.items() if values != last.get(key)}
    return found


def _problem(refused: Refusal) -> Problem:
    found, entry, error = refused
    why = f"the database refuses the row: {str(error).splitlines()[0]}"
    return Problem(found.records.file.name, entry.row.line if entry else 1, "", why)


def _remember(found: list[Difference]) -> None:
    for one in found:
        LoadedRow.objects.bulk_create(
            [LoadedRow(source=one.records.source, key=key, values=values) for key, values in one.memory.items()],
            update_conflicts=True,
            unique_fields=["source", "key"],
            update_fields=["values", "loaded_at"],
        )
