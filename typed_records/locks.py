"""A record held for the rest of the transaction."""

from typing import TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from .base import key_of, parent_of

R = TypeVar("R", bound=models.Model)


def lock(model: type[models.Model], *keys: int) -> None:
    """Holds the rows of some records until the transaction ends, in the order of their keys, so that two never wait for
    each other. Of a record in two tables the row of the parent is held, always and first: whoever changes either waits.

    Rows that point to them can still be written meanwhile (no key is changed). DoesNotExist when one is gone.
    """
    parent = parent_of(model)
    rows = parent._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    if len(rows.values_list(key_of(parent).attname, flat=True)) < len(set(keys)):
        raise model.DoesNotExist  # type: ignore[attr-defined]


def wait_for_locks(seconds: int) -> None:
    """For the rest of this transaction, whatever the limit of the process is: for rows that many want at the same moment,
    each for a moment, so that a queue moves and is no reason to give up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])


def locked(record: R) -> R:
    """The record as it stands now, held until the transaction ends. It is read after the wait, from both its tables."""
    lock(type(record), record.pk)
    return type(record)._base_manager.get(pk=record.pk)


def hold(records: QuerySet) -> QuerySet:
    """The records of a query, each held until the transaction ends; of records in two tables the rows of the parents first."""
    model = records.model
    if parent_of(model) is model._meta.concrete_model:
        return records.select_for_update(no_key=True)
    rows = parent_of(model)._base_manager.filter(pk__in=records.order_by().values("pk"))
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return records
