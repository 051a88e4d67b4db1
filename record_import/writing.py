"""Writing what a comparison found: in few statements, or, where the database refuses one, row by row to say which."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .definition import Column, Sheet
from .difference import Difference, Entry, Wrong
from .fields import AT_ONCE, Children, Link, Plain

REFUSALS: Final = (IntegrityError, DataError)


TOGETHER: Final = Wrong(
    0, "", "", gettext_lazy("The database refuses these rows together. Import them in several files.")
)


def write(found: Difference) -> list[Wrong]:
    """All rows, or none and what the database has against them. Within a transaction."""
    try:
        with transaction.atomic():
            _write(found, found.new, found.changed)
            return []
    except REFUSALS:
        return _refused(found, found.new, found.changed) or [TOGETHER]


def rehearse(found: Difference) -> list[Wrong]:
    """What the database has against the rows; those that are refused already are left aside. Nothing is kept."""
    refused = {one.line for one in found.problems}
    new, changed = ([one for one in entries if one.line not in refused] for entries in (found.new, found.changed))
    try:
        with transaction.atomic():
            _write(found, new, changed)
            transaction.set_rollback(True)
            return []
    except (*REFUSALS, KeyError):  # KeyError: a row names one that is refused
        return _refused(found, new, changed) or ([] if refused else [TOGETHER])


def _write(found: Difference, new: list[Entry], changed: list[Entry]) -> None:
    with override("en"):  # a translated text has its original column beside it, which is the English one
        for level in _parents_first(found, new):
            _add(found, level)
        _change(found, changed)


def _refused(found: Difference, new: list[Entry], changed: list[Entry]) -> list[Wrong]:
    """Every row by itself, and all of it undone: which ones the database refuses, and why."""
    wrong: list[Wrong] = []
    with transaction.atomic():
        for entry in (*(one for level in _parents_first(found, new) for one in level), *changed):
            alone = ([entry], []) if entry.record is None else ([], [entry])
            try:
                with transaction.atomic():
                    _write(found, *alone)
            except REFUSALS as error:
                wrong.append(Wrong(entry.line, found.sheet.key, entry.key, _words(found.sheet, error)))
            except KeyError:
                continue
        transaction.set_rollback(True)
    return wrong


def _words(sheet: Sheet, error: Exception) -> str:
    """What the broken rule says of itself, else what the database says."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    tables = [sheet.model, *(one.field.model for one in sheet.columns if isinstance(one.field, Children))]
    for rule in (rule for model in tables for rule in model._meta.constraints):
        own_words = rule.violation_error_message != rule.default_violation_error_message
        if rule.name == broken and own_words:
            return str(rule.violation_error_message)
    return _("The database refuses the row: %(why)s") % {"why": str(error).splitlines()[0]}


def _parents_first(found: Difference, new: list[Entry]) -> list[list[Entry]]:
    """New rows in levels: what a row names of its own kind stands in a level before it."""
    links = [
        one for one in found.sheet.columns if isinstance(one.field, Link) and one.field.to == found.sheet.loader.records
    ]
    waiting, levels = {entry.key: entry for entry in new}, list[list[Entry]]()
    while waiting:
        level = [
            one for one in waiting.values() if not any(one.values.get(link.heading) in waiting for link in links)
        ] or list(waiting.values())
        levels.append(level)
        for one in level:
            del waiting[one.key]
    return levels


def _add(found: Difference, entries: list[Entry]) -> None:
    sheet, keys = found.sheet, found.keys
    made: list[Any] = []
    for entry in entries:
        record = sheet.model(**{sheet.key: entry.key})
        for column in _own(sheet):
            if column.heading in entry.values:
                column.field.write(record, entry.values[column.heading], keys)
        made.append(record)
    sheet.model._base_manager.bulk_create(made, batch_size=AT_ONCE)
    for record in made:
        keys[sheet.loader.records].add(str(getattr(record, sheet.key)), record.pk)
    for column in _related(sheet):
        pairs = [
            (record, entry.values[column.heading])
            for record, entry in zip(made, entries, strict=True)
            if column.heading in entry.values
        ]
        column.field.add_all(pairs, keys)  # type: ignore[union-attr]


def _change(found: Difference, entries: list[Entry]) -> None:
    sheet, keys, now = found.sheet, found.keys, timezone.now()
    groups: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for entry in entries:
        record, names = entry.record, {"updated_at"}
        record.updated_at = now
        for column in _own(sheet):
            if column.heading in entry.values:
                names |= set(column.field.write(record, entry.values[column.heading], keys))
        names |= set(sheet.settle(record, names))
        groups[tuple(sorted(names))].append(record)
    for columns, records in groups.items():
        # A plain QuerySet: that of translated models would write the English column in the place of the original one.
        QuerySet(sheet.model).bulk_update(records, columns, batch_size=AT_ONCE // 4)
    for entry in entries:
        for column in _related(sheet):
            if column.heading in entry.values:
                column.field.write(entry.record, entry.values[column.heading], keys)


def _own(sheet: Sheet) -> Iterable[Column]:
    return (one for one in sheet.columns if isinstance(one.field, Plain | Link))


def _related(sheet: Sheet) -> Iterable[Column]:
    return (one for one in sheet.columns if not isinstance(one.field, Plain | Link))
