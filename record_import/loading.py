"""Loading data files: each app registers how its files become records; one run reads, checks, compares and writes all.

A run is one transaction. Every problem of every file is reported at once, and then nothing is written. What staff have
edited since the last run is kept: the value in the database differs from the one remembered as loaded (LoadedRow), so a
different value in the file is reported as a conflict, while the other fields of the row still follow the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import override

from .book import Book
from .data_files import read_table
from .fields import Plain
from .plan import Outcome, Plan, apply, remembered
from .registry import Facts, Loader, loaders, register
from .rows import LoadingError, Row

LOCK = 4_112_022  # any number that no other advisory lock of the portal uses


@dataclass
class Result:
    """What a run did, or would do, by source."""

    outcomes: list[Outcome] = field(default_factory=list)

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self.outcomes)

    @property
    def written(self) -> int:
        return sum(one.new + one.changed for one in self.outcomes)

    @property
    def conflicts(self) -> int:
        return sum(len(one.conflicts) for one in self.outcomes)


def load(directory: Path, *, dry_run: bool = False) -> Result:
    """Brings the data files of a directory into the database, all or nothing. Raises LoadingError.

    A dry run writes too and takes everything back, so that the database's own rules are asked as well.
    """
    with override("en"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        book, plans = _planned(directory)
        if problems := book.problems():
            raise LoadingError(problems)
        apply(plans, book)
        if dry_run:
            transaction.set_rollback(True)
        return Result([plan.outcome for plan in plans])


def _planned(directory: Path) -> tuple[Book, list[Plan]]:
    book = Book()
    order = loaders()
    for loader in order:
        if loader.file not in book.tables:
            book.tables[loader.file] = read_table(directory, loader.file, loader.columns, loader.optional)
        if book.tables[loader.file].broken:
            book.broken.add(loader.records)
    plans: list[Plan] = []
    for loader in order:
        # Locked until the end: what staff save in the meantime comes after, and is never overwritten unseen.
        records = list(loader.model._base_manager.select_for_update(no_key=True))
        kind = loader.records
        for record in records:
            book.keys[kind].add(getattr(record, loader.key), record.pk)
        plan = Plan(loader, records, remembered(loader.source))
        plan.rows = loader.rows(book)
        book.last[kind] |= {key: row.values for key, row in plan.last.items()}
        in_database = set(book.keys[kind].pks)
        book.known[kind] |= set(plan.rows) | in_database
        book.deleted[kind] |= (set(plan.rows) & set(plan.last)) - in_database
        if loader.introduce:
            loader.introduce(book, {key: row for key, row in plan.rows.items() if key not in book.deleted[kind]})
        plans.append(plan)
    for plan in plans:
        for key, row in plan.rows.items():
            _check(plan, key, row, plan.loader.facts(row, book))
    if not book.problems():
        for plan in plans:
            plan.compare(book.keys)
    return book, plans


def _check(plan: Plan, key: str, row: Row, facts: Facts) -> None:
    """Asks the model whether it takes the values, and keeps them."""
    loader, given = plan.loader, {plan.loader.key: key, **facts}
    for one in (Plain(loader.key), *loader.fields):
        if one.name in given and (why := one.check(loader.model, given[one.name])):
            row.refuse(one.column or one.name, why)
    plan.facts[key] = facts


__all__ = ["Book", "Facts", "Loader", "LoadingError", "Result", "Row", "load", "register"]
