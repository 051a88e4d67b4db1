"""Rows written as the history tells them: put back, changed back, taken away again. Below all models, in SQL, so that nothing
of what saving a record does beside (mails, new versions of a calendar entry) happens; the triggers see every row."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _


@contextmanager
def together() -> Iterator[None]:
    """All rows or none; the database has looked at every constraint when it ends. ValidationError where one forbids it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise ValidationError(_why_not(error)) from error


def put_back(model: type[models.Model], old: dict[str, Any]) -> None:
    """Inserts a row as it was."""
    values = {**dict(_added_since(model, old)), **old}
    _write(model, values, "INSERT INTO {table} ({names}) SELECT {names} FROM {row}")


def change_back(model: type[models.Model], key: str, old: dict[str, Any]) -> None:
    """Gives the columns of a row their former values."""
    _write(model, old, "UPDATE {table} SET ({names}) = (SELECT {names} FROM {row}) WHERE {key}::text = %s", key)


def take_away(model: type[models.Model], key: str) -> None:
    table, column = (
        connection.ops.quote_name(model._meta.db_table),
        connection.ops.quote_name(str(model._meta.pk.column)),
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column}::text = %s", [key])  # noqa: S608 - a table of our own


def _write(model: type[models.Model], values: dict[str, Any], statement: str, *further: str) -> None:
    quote = connection.ops.quote_name
    names = [quote(str(field.column)) for field in _written(model) if field.column in values]
    if not names:
        return
    table = quote(model._meta.db_table)
    sql = statement.format(
        table=table,
        names=", ".join(names),
        row=f"jsonb_populate_record(NULL::{table}, %s::jsonb)",
        key=quote(str(model._meta.pk.column)),
    )
    if len(names) == 1:
        sql = sql.replace(f"SET ({names[0]}) =", f"SET {names[0]} =")
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(values, default=str), *further])


def _written(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def _added_since(model: type[models.Model], old: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Columns that the history does not keep, since they follow from others, or that came later: their first value."""
    for field in _written(model):
        if field.column in old or field.primary_key:
            continue
        stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        value = timezone.now() if stamped else field.get_default()
        if value is not None:
            yield str(field.column), value


def _why_not(error: IntegrityError) -> str:
    cause = error.__cause__
    detail = getattr(getattr(cause, "diag", None), "message_detail", "") or ""
    if type(cause).__name__ == "ForeignKeyViolation":
        return _("A record that it names, or that names it, stands in the way. (%s)") % detail
    return _("Another record has taken its address or another value since. Change that one first. (%s)") % detail
