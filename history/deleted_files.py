"""Files of deleted records: kept as long as the record can be brought back, then taken out of the storage."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Change
from .retention import Rule, register_rule
from .triggers import tracked_tables

LOOKED_BACK: Final = dt.timedelta(days=400)  # a purge that did not run for months still finds what it missed
FileNames = Callable[[Any], list[str]]
_further: dict[type[models.Model], FileNames] = {}


def register_files(model: type[models.Model], names: FileNames) -> None:
    """All files of a record of this model, where there are more than its columns name: smaller copies of a photo."""
    _further[model] = names


def _file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, models.FileField)]


def _named(record: models.Model) -> list[str]:
    return [
        str(getattr(record, field.attname)) for field in _file_fields(type(record)) if getattr(record, field.attname)
    ]


def _deleted(model: type[models.Model], before: dt.datetime) -> Iterator[models.Model]:
    columns = {str(field.column): field.attname for field in model._meta.local_concrete_fields}
    rows = Change.objects.filter(
        table_name=model._meta.db_table, action=Change.Action.DELETE, at__lt=before, at__gte=before - LOOKED_BACK
    )
    for old in rows.values_list("old", flat=True):
        yield model(**{columns[name]: value for name, value in (old or {}).items() if name in columns})


def _take_away(before: dt.datetime) -> int:
    taken = 0
    for model in apps.get_models():
        if not _file_fields(model) or model._meta.db_table not in tracked_tables():
            continue
        for record in _deleted(model, before):
            if model._base_manager.filter(pk=record.pk).exists():  # it was brought back
                continue
            names = _further.get(model, _named)(record)
            for name in filter(default_storage.exists, names):
                default_storage.delete(name)
                taken += 1
    return taken


register_rule(
    Rule(
        "deleted",
        _("Files of records that were deleted, and the way to bring the records back"),
        _("Taken away"),
        _take_away,
    )
)
