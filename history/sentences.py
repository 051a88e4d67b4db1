"""Changes as sentences: who, when, what; with the words of the forms and labels instead of numbers."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from typed_records.base import is_parent

from .models import Change
from .record_tables import model_of_table, root_table, tables_of_record
from .who import name_of, names_of

LONGEST = 120  # characters of a value in a sentence
LEAD = 40  # of them before the place where two long values begin to differ
SOURCE_LANGUAGE = settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Detail:
    """One column: its label, and the value before and after in words. None where there was none."""

    label: str
    old: str | None
    new: str | None
    column: str = ""
    change: Change | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True)
class Sentence:
    """One change, ready to print; `change` is that of the record's own table where it lies in several."""

    at: dt.datetime
    who: str
    what: str
    details: tuple[Detail, ...]
    reason: str
    change: Change


@cache
def fields_by_column(model: type[models.Model]) -> dict[str, models.Field]:
    """Without the column that says the type of a record: its name does."""
    told_by_name = getattr(model, "TYPE_COLUMN", "")
    return {str(field.column): field for field in model._meta.local_concrete_fields if field.name != told_by_name}


def _is_part(change: Change) -> bool:
    """A row that belongs to a record; the second table of a record is none."""
    return any(parent != f"{root_table(change.table_name)}:{change.key}" for parent in change.parents)


def _parent_names(model: type[models.Model]) -> list[str]:
    """What the label of a row may name beside itself."""
    fields = (field for field in model._meta.local_fields if isinstance(field, models.ForeignKey))
    return [field.name for field in fields if field.remote_field.on_delete is models.CASCADE]


class _Labels:
    """Labels of the records that changes point to, and of changed rows, fetched with one query for each kind."""

    def __init__(self, changes: Iterable[Change]) -> None:
        wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        for change in changes:
            model = model_of_table(change.table_name)
            if model and _is_part(change) and change.action == Change.Action.UPDATE:
                wanted[model].add(change.key)
            for column, value in [*(change.old or {}).items(), *(change.new or {}).items()]:
                field = fields_by_column(model).get(column) if model else None
                if isinstance(field, models.ForeignKey) and not field.primary_key and value is not None:
                    wanted[field.related_model].add(str(value))
        found = {
            model: list(model._default_manager.filter(pk__in=keys).select_related(*_parent_names(model)))
            for model, keys in wanted.items()
        }
        self._labels = {model: {str(row.pk): str(row) for row in rows} for model, rows in found.items()}
        self._types = {
            model: {str(row.pk): str(row._meta.verbose_name) for row in rows}
            for model, rows in found.items()
            if is_parent(model)
        }

    def of(self, model: type[models.Model], key: object) -> str:
        return self._labels.get(model, {}).get(str(key)) or _("number %s, since removed") % key

    def of_row(self, model: type[models.Model], key: str) -> str:
        return self._labels.get(model, {}).get(key, "")

    def of_field(self, field: models.Field, *keys: object) -> str:
        """What a column is called; one that leads to records of several types by the type of what it leads to."""
        types = self._types.get(field.related_model, {}) if isinstance(field, models.ForeignKey) else {}
        known = {types.get(str(key)) for key in keys if key is not None}
        return (known.pop() if len(known) == 1 else None) or str(field.verbose_name)


def _words(field: models.Field | None, value: object, labels: _Labels) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(field, models.ForeignKey):
        return labels.of(field.related_model, value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        base = field.base_field if isinstance(field, ArrayField) else None
        return ", ".join(_plain(base, one) for one in value) or None
    return _plain(field, value)


def _plain(field: models.Field | None, value: object) -> str:
    """One value by its label, a day or a moment (UTC) as it is read, anything else as it is."""
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment), "j F Y, H:i e")
    if isinstance(field, models.DateField) and (day := parse_date(str(value))):
        return date_format(day, "j F Y")
    return str(value)


def excerpts(old: str | None, new: str | None) -> tuple[str | None, str | None]:
    """Two values as far as a sentence has room for them: both from a little before the place where they begin to differ."""
    if max(len(old or ""), len(new or "")) <= LONGEST:
        return old, new
    pairs = enumerate(zip(old or "", new or "", strict=False))
    same = next((place for place, (before, after) in pairs if before != after), min(len(old or ""), len(new or "")))
    start = 0 if same < LONGEST - LEAD else same - LEAD
    return _from(old, start), _from(new, start)


def _from(text: str | None, start: int) -> str | None:
    if not text:
        return text
    return ("…" if start else "") + Truncator(text[start:]).chars(LONGEST)


def in_words(field: models.Field, value: object) -> str:
    """One value of a record as its history tells it."""
    if isinstance(field, models.ForeignKey) and value is not None:
        found = field.related_model._default_manager.filter(pk=value).first()
        return str(found) if found else _("number %s, since removed") % value
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_plain(getattr(field, "base_field", None), one) for one in value) or _("nothing")
    return _("nothing") if value in (None, "") else _plain(field, value)


def _details(change: Change, model: type[models.Model], labels: _Labels, of: models.Model | None) -> tuple[Detail, ...]:
    """The columns that changed. A text in several languages stands once in each; a row does not name its record."""
    old_row, new_row, details = change.old or {}, change.new or {}, []
    columns = {**old_row, **new_row}
    for column, field in fields_by_column(model).items():
        if field.primary_key or column not in columns or f"{column}_{SOURCE_LANGUAGE}" in columns:
            continue
        if of is not None and isinstance(field, models.ForeignKey) and _leads_to(of, field, columns[column]):
            continue
        was, became = old_row.get(column), new_row.get(column)
        old, new = _words(field, was, labels), _words(field, became, labels)
        if (
            old == new and old is not None and was != became
        ):  # what tells them apart is not in the words: seconds of a time
            old, new = str(was), str(became)
        if old != new:
            old, new = excerpts(old, new)
            label = labels.of_field(field, old_row.get(column), new_row.get(column))
            details.append(Detail(label, old, new, column, change))
    return tuple(details)


def _leads_to(record: models.Model, field: models.ForeignKey, key: Any) -> bool:
    return field.related_model._meta.db_table in tables_of_record(record) and str(key) == str(record.pk)


def name_of_table(table: str) -> str:
    """What the rows of a table are called, after the part of the portal they belong to: `Events: site`."""
    model = model_of_table(table)
    if model is None:
        return table
    owner: Any = model._meta.auto_created or None
    name = f"{owner._meta.verbose_name}, {_name(model)}" if owner else _name(model)
    return f"{model._meta.app_config.verbose_name}: {name}"


def name_of_row(table: str) -> str:
    """What the rows of a table are called, without the part of the portal."""
    model = model_of_table(table)
    return _name(model) if model else table


def _name(model: type[models.Model]) -> str:
    """What a row is called; a many-to-many relation by its own name."""
    name = str(model._meta.verbose_name)
    if model._meta.auto_created:
        name = str(next((field.verbose_name for field in _many_to_many(model)), name))
    return name


def _what(change: Change, model: type[models.Model], row: str) -> str:
    name = f"{_name(model)} “{row}”" if row else _name(model)
    return {"INSERT": _("added: %s"), "UPDATE": _("changed: %s"), "DELETE": _("removed: %s")}[change.action] % name


def _many_to_many(through: type[models.Model]) -> Iterable[Any]:
    owner: Any = through._meta.auto_created
    return (field for field in owner._meta.local_many_to_many if field.remote_field.through is through)


def sentences(changes: Iterable[Change], *, of: models.Model | None = None) -> list[Sentence]:
    """Sentences in the order of the changes; a fixed number of queries, however many there are. `of` is the record whose
    page they stand on."""
    changes = list(changes)
    labels = _Labels(changes)
    people = names_of({change.actor_id for change in changes if change.actor_id})
    written = []
    for together in _as_one(changes):
        if model := _model_of(together, of):
            change = together[-1]
            what = _what(change, model, labels.of_row(model, change.key) if _is_part(change) else "")
            details = tuple(
                detail
                for one in together
                if (own := model_of_table(one.table_name))
                for detail in _details(one, own, labels, of)
            )
            who = name_of(change.actor_id, people)
            written.append(Sentence(change.at, who, what, details, change.reason, change))
    return written


def _as_one(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes of one row each; of a record in two tables what was written of both by one save, what its types have in
    common first. Two saves within one transaction stay two."""
    groups: list[list[Change]] = []
    latest: dict[tuple[str, str, int, str], list[Change]] = {}
    for change in changes:
        record = (root_table(change.table_name), change.key, change.transaction, change.action)
        group = latest.get(record)
        if group is None or any(one.table_name == change.table_name for one in group):
            group = latest[record] = []
            groups.append(group)
        group.append(change)
    return [sorted(group, key=lambda one: one.table_name != root_table(one.table_name)) for group in groups]


def _model_of(together: list[Change], of: models.Model | None) -> type[models.Model] | None:
    """The model that names what was changed: of a record in two tables its type, where that is known. A page of the admin
    that shows it under another name (a training's delivery) does not rename it."""
    change = together[-1]
    if of is not None and change.table_name in tables_of_record(of):
        return cast(type[models.Model], of._meta.concrete_model)
    return model_of_table(change.table_name)
