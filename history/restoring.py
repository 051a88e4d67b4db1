"""Giving one field of a record, or of a row that belongs to it, a value back that it had before."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from .models import Change
from .record_tables import model_of_table, tables_of_record
from .who import actor_label


@dataclass(frozen=True)
class Former:
    """A value of the past: the row it belongs to as it is now, the field, the value then, and the latest change of the
    row that was seen."""

    row: Any
    field: Any
    then: Any
    seen: int

    @property
    def now(self) -> Any:
        return getattr(self.row, self.field.attname)


def former(*, record: models.Model, change: Change, column: str) -> Former:
    """The value that a change replaced. ValidationError where there is nothing that could be restored."""
    model = model_of_table(change.table_name)
    if model is None or column not in (change.old or {}) or change.action != Change.Action.UPDATE:
        raise ValidationError(_("Only a value that was replaced by another one can be restored."))
    model = type(record) if change.table_name in tables_of_record(record) else model
    row = model._base_manager.filter(pk=change.key).first()
    if row is None:
        raise ValidationError(_("The row was removed since. Add it again in the form of the record."))
    field = _field_of(model, column)
    if isinstance(field, models.FileField):
        raise ValidationError(_("A file that was replaced is not kept. Upload it again in the form of the record."))
    value = (change.old or {})[column]
    value = str(value) if isinstance(value, float) else value  # as many decimals as were written, and no more
    return Former(row, field, None if value is None else field.to_python(value), _latest_of(row))


def refuse(*, former: Former, seen: int, changeable: dict[str, tuple[str, ...]]) -> None:
    """ValidationError where the value must not be restored, or not by this person, or has changed since it was looked at."""
    table = former.row._meta.db_table
    if former.field.name not in changeable.get(table, ()):
        told_so = _("“%(field)s” is not changed in the form of this record, so it cannot be restored either.")
        raise ValidationError(told_so % {"field": former.field.verbose_name})
    if former.seen != seen:
        latest = Change.objects.get(pk=former.seen)
        raise ValidationError(_("The record was changed since you looked at it. %s Look again.") % actor_label(latest))
    if former.now == former.then:
        raise ValidationError(_("The record holds this value already."))


def _field_of(model: type[models.Model], column: str) -> models.Field:
    found = next((field for field in model._meta.concrete_fields if field.column == column), None)
    if found is None:
        raise FieldDoesNotExist(column)
    return found


def _latest_of(row: models.Model) -> int:
    changes = Change.objects.filter(table_name__in=tables_of_record(row), key=str(row.pk))
    return changes.latest_first().values_list("pk", flat=True).first() or 0
