"""Changes as sentences: who, when, what; with the words of the forms and labels instead of numbers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .models import Change

LONGEST = 120  # characters of a value in a sentence


@dataclass(frozen=True)
class Detail:
    """One column: its label, and the value before and after in words. None where there was none."""

    label: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Sentence:
    """One change, ready to print."""

    at: dt.datetime
    who: str
    what: str
    details: tuple[Detail, ...]
    reason: str
    change: Change


@cache
def model_of_table(table: str) -> type[models.Model] | None:
    """The model, or the many-to-many relation, that a table belongs to."""
    return next((model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table), None)


@cache
def fields_by_column(model: type[models.Model]) -> dict[str, models.Field]:
    return {str(field.column): field for field in model._meta.local_concrete_fields}


class _Labels:
    """Labels of the records that changes point to, fetched with one query for each kind."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for change in changes:
            model = model_of_table(change.table_name)
            for column, value in [*(change.old or {}).items(), *(change.new or {}).items()]:
                field = fields_by_column(model).get(column) if model else None
                if isinstance(field, models.ForeignKey) and value is not None:
                    wanted[field.related_model].add(str(value))
        self._labels = {
            model: {str(found.pk): str(found) for found in model._default_manager.filter(pk__in=keys)}
            for model, keys in wanted.items()
        }

    def of(self, model: Any, key: Any) -> str:
        return self._labels.get(model, {}).get(str(key), f"#{key}")


def _words(field: models.Field | None, value: Any, labels: _Labels) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(field, models.ForeignKey):
        return labels.of(field.related_model, value)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or None
    return Truncator(str(value)).chars(LONGEST)


def _details(change: Change, model: type[models.Model], labels: _Labels) -> tuple[Detail, ...]:
    old_row, new_row, details = change.old or {}, change.new or {}, []
    for column, field in fields_by_column(model).items():
        if field.primary_key or column not in {**old_row, **new_row}:
            continue
        old, new = _words(field, old_row.get(column), labels), _words(field, new_row.get(column), labels)
        if old != new:
            details.append(Detail(str(field.verbose_name), old, new))
    return tuple(details)


def name_of_table(table: str) -> str:
    """What the rows of a table are called, after the part of the portal they belong to: `Events: site`."""
    model = model_of_table(table)
    if model is None:
        return table
    owner: Any = model._meta.auto_created or None
    name = f"{owner._meta.verbose_name}, {_name(model)}" if owner else _name(model)
    return f"{model._meta.app_config.verbose_name}: {name}"


def _name(model: type[models.Model]) -> str:
    """What a row is called; a many-to-many relation by its own name."""
    name = str(model._meta.verbose_name)
    if model._meta.auto_created:
        name = str(next((field.verbose_name for field in _many_to_many(model)), name))
    return name


def _what(change: Change, model: type[models.Model]) -> str:
    name = _name(model)
    return {"INSERT": _("added: %s"), "UPDATE": _("changed: %s"), "DELETE": _("removed: %s")}[change.action] % name


def _many_to_many(through: type[models.Model]) -> Iterable[Any]:
    owner: Any = through._meta.auto_created
    return (field for field in owner._meta.local_many_to_many if field.remote_field.through is through)


def sentences(changes: Iterable[Change]) -> list[Sentence]:
    """Sentences in the order of the changes; a fixed number of queries, however many there are."""
    changes = list(changes)
    labels = _Labels(changes)
    actors = {change.actor_id for change in changes if change.actor_id}
    people = {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=actors)}
    written = []
    for change in changes:
        if model := model_of_table(change.table_name):
            who = people.get(change.actor_id, _("a user since removed")) if change.actor_id else _("the system")
            written.append(
                Sentence(change.at, who, _what(change, model), _details(change, model, labels), change.reason, change)
            )
    return written
