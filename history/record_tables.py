"""Records that lie in two tables: one for what all types have in common, one more for what is told of a single type."""

from functools import cache

from django.apps import apps
from django.db import models


@cache
def tables_of(model: type[models.Model]) -> tuple[str, ...]:
    """The tables in which a record of a model lies, its own first."""
    concrete = model._meta.concrete_model or model
    return tuple(one._meta.db_table for one in (concrete, *concrete._meta.all_parents))


def tables_of_record(record: models.Model) -> tuple[str, ...]:
    return tables_of(type(record))


@cache
def model_of_table(table: str) -> type[models.Model] | None:
    """The model, or the many-to-many relation, that a table belongs to."""
    models_with_tables = (one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy)
    return next((one for one in models_with_tables if one._meta.db_table == table), None)


@cache
def root_table(table: str) -> str:
    """The table that holds what the types of a record have in common; of a table without such, itself."""
    model = model_of_table(table)
    return tables_of(model)[-1] if model else table
