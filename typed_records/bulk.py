"""Many new records of a type that lies in two tables, which Django's `bulk_create` refuses: two statements."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import models, transaction

from .base import key_of, parent_of

M = TypeVar("M", bound=models.Model)


def bulk_create(records: Sequence[M], *, batch_size: int | None = None) -> list[M]:
    """New records of one model written at once; of a model with a parent the parents' rows first, then its own."""
    if not records:
        return []
    model = type(records[0])
    parent = parent_of(model)
    if parent is model._meta.concrete_model:
        return model._base_manager.bulk_create(records, batch_size=batch_size)
    with transaction.atomic():
        parent._base_manager.bulk_create(records, batch_size=batch_size)
        for record in records:
            setattr(record, key_of(model).attname, getattr(record, key_of(parent).attname))
        own = [field for field in model._meta.local_concrete_fields if not field.generated]
        # Private, and the only way to write the rows of one table of two; a test writes and reads such records.
        model._base_manager.all()._batched_insert(list(records), own, batch_size)  # type: ignore[attr-defined]
    return list(records)
