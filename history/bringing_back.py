"""Bringing a deleted record back, with the rows that went with it and the links to other records."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from typed_records.base import TypedRecord, is_parent, types_of

from . import written_rows
from .models import Change, DeletedRecord
from .record_tables import model_of_table
from .sentences import name_of_row


@dataclass(frozen=True)
class Gone:
    """What would come back: the record as it was, not saved, and how many rows of which kind with it."""

    record: models.Model
    rows: tuple[Change, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """By kind of row, without the tables that the record itself lies in."""
        own = {one._meta.db_table for one in (type(self.record), *type(self.record)._meta.all_parents)}
        counted = Counter(name_of_row(row.table_name) for row in self.rows if row.table_name not in own)
        return sorted(counted.items())


def gone(deletion: Change) -> Gone:
    """What went in one deletion: its row and, in the same transaction, all that belonged to it."""
    together = Change.objects.filter(transaction=deletion.transaction, action=Change.Action.DELETE).order_by("pk")
    rows = _belonging(deletion, list(together))
    values: dict[str, Any] = {}
    for row in rows:
        if row.key == deletion.key and _is_of(row, deletion):
            values |= row.old or {}
    return Gone(_as_record(_type_of(deletion), values), tuple(rows))


def _belonging(deletion: Change, deleted: list[Change]) -> list[Change]:
    """What belongs to what belongs to it, owners before their rows."""
    rows, names, left = [deletion], {_name(deletion)}, [one for one in deleted if one.pk != deletion.pk]
    while found := [one for one in left if names.intersection(one.parents)]:
        rows += found
        names |= {_name(one) for one in found}
        left = [one for one in left if one not in found]
    return rows


def _name(change: Change) -> str:
    return f"{change.table_name}:{change.key}"


def _is_of(row: Change, deletion: Change) -> bool:
    """The row itself, or the second table of its record."""
    model = model_of_table(row.table_name)
    return row.pk == deletion.pk or (
        model is not None and any(one._meta.db_table == deletion.table_name for one in model._meta.all_parents)
    )


def _type_of(deletion: Change) -> type[models.Model]:
    model = model_of_table(deletion.table_name)
    if model is None:
        raise ValidationError(_("Records of this kind are no longer kept in the portal."))
    if is_parent(model):
        parent = cast(type[TypedRecord], model)
        model = types_of(model)[(deletion.old or {})[parent.TYPE_COLUMN]]
    return model


def _as_record(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    columns = {str(field.column): field for field in model._meta.concrete_fields}
    known = {columns[name].attname: columns[name].to_python(value) for name, value in values.items() if name in columns}
    return model(**known)


def record_of(deletion: Change) -> models.Model:
    """The record as its own row tells it, for lists: no query."""
    return _as_record(_type_of(deletion), deletion.old or {})


@transaction.atomic
def bring_back(*, deletion: Change) -> models.Model:
    """The record and its rows as they were, and seen at once. ValidationError where that cannot be.

    The database decides: an address that another record has taken since, or a record it names that is gone, are refused.
    """
    found = gone(deletion)
    if not DeletedRecord.objects.restorable([deletion.table_name]).filter(pk=deletion.pk).exists():
        raise ValidationError(_("The record has come back already, or can no longer be brought back."))
    with written_rows.together():
        for row in found.rows:
            model = model_of_table(row.table_name)
            if model is not None:
                written_rows.put_back(model, row.old or {})
    return type(found.record)._base_manager.get(pk=found.record.pk)
