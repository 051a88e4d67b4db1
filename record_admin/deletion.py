"""What may be deleted: a record that nothing else refers to, with the rows that are a part of it. The history brings it back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from django.contrib.admin import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.db import models
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from history.triggers import tracked_tables
from typed_records.base import TypedRecord, is_parent, types_of

MOST_SHOWN: Final = 20


class _Owners:
    """Who is asked whether a row may be deleted. Django asks the admin of the row's class, and nobody where that has none: rows of
    a table that has pages only as other models are asked for there. Nobody is asked for the parts of a record, which go and come
    back with it."""

    def __init__(self, site: AdminSite, deleted: type[models.Model] | None = None) -> None:
        self.name = site.name
        owners: dict[type[models.Model], ModelAdmin] = {}
        for model, owner in site._registry.items():
            owners.setdefault(cast(type[models.Model], model._meta.concrete_model), owner)
        self._registry = owners | site._registry
        self._deleted = deleted and deleted._meta.concrete_model

    def is_registered(self, model: type[models.Model]) -> bool:
        is_part = model._meta.concrete_model is not self._deleted and model._meta.db_table in tracked_tables()
        return model in self._registry and not is_part

    def get_model_admin(self, model: type[models.Model]) -> ModelAdmin:
        return self._registry[model]


def owners_asked(site: AdminSite, deleted: type[models.Model]) -> AdminSite:
    """The admin site, as far as Django asks it whether records of a model may be deleted with their rows."""
    return cast(AdminSite, _Owners(site, deleted))


@dataclass(frozen=True)
class Referring:
    """Records of one kind that name what is to be deleted: how many, and the first of them with the way to each; none where
    the reader may not see them."""

    kind: str
    count: int
    shown: tuple[tuple[str, str], ...]


def referring(records: Iterable[models.Model], request: HttpRequest, site: AdminSite) -> list[Referring]:
    """Everything outside the records that would be changed or lost with them, by kind."""
    chosen = list(records)
    found: dict[type[models.Model], set[object]] = {}
    if chosen:
        _collect(type(chosen[0]), [record.pk for record in chosen], found)
        concrete = cast(type[models.Model], chosen[0]._meta.concrete_model)
        found.get(concrete, set()).difference_update(record.pk for record in chosen)
    told = [_told(model, keys, request, site) for model, keys in _by_type(found) if keys]
    return sorted(told, key=lambda one: one.kind)


def _collect(model: type[models.Model], keys: Sequence[object], found: dict[type[models.Model], set[object]]) -> None:
    for relation in _relations(model):
        other = relation.related_model
        # The rows of a relation to many are a part of the record that owns it; to the other side it is a reference.
        rows = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
        numbers = list(rows.values_list("pk", flat=True).distinct())
        if not numbers:
            continue
        if _is_part(relation):
            _collect(other, numbers, found)
        else:
            found.setdefault(other, set()).update(numbers)


Relation = models.ForeignObjectRel


def _relations(model: type[models.Model]) -> Iterator[Relation]:
    """What leads to a record or to its rows in the tables of its parents; the tables of relations to many by their owners."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel):
            continue
        other = relation.related_model
        of_table_between = bool(other._meta.auto_created)
        own_second_table = isinstance(relation, models.OneToOneRel) and relation.parent_link
        by_rows_of_its_own = (
            isinstance(relation, models.ManyToManyRel) and not _table_between(relation)._meta.auto_created
        )
        if not (of_table_between or own_second_table or by_rows_of_its_own or other._meta.proxy):
            yield relation


def _table_between(relation: models.ManyToManyRel) -> type[models.Model]:
    return cast(type[models.Model], relation.through)


def _is_part(relation: Relation) -> bool:
    """Whether the rows go with the record and come back with it: tracked, and this is the record that they are first of."""
    other = relation.related_model
    if isinstance(relation, models.ManyToManyRel) or relation.on_delete is not models.CASCADE:
        return False
    first = next(
        field
        for field in other._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    )
    return other._meta.db_table in tracked_tables() and first.related_model is relation.field.related_model


def _by_type(
    found: Mapping[type[models.Model], set[object]],
) -> Iterator[tuple[type[models.Model], set[object]]]:
    """Records of several types in one table each with their own."""
    for model, keys in found.items():
        if not is_parent(model):
            yield model, keys
            continue
        column = cast(type[TypedRecord], model).TYPE_COLUMN
        of_type: dict[str, set[object]] = defaultdict(set)
        for key, name in model._base_manager.filter(pk__in=keys).values_list("pk", column):
            of_type[name].add(key)
        yield from ((own, of_type[name]) for name, own in types_of(model).items())


def _told(model: type[models.Model], keys: set[object], request: HttpRequest, site: AdminSite) -> Referring:
    owner = _Owners(site)._registry.get(model)
    shown: tuple[tuple[str, str], ...] = ()
    if owner is not None and owner.has_view_permission(request):
        rows = model._default_manager.filter(pk__in=keys).order_by("pk")[:MOST_SHOWN]
        shown = tuple((str(row), _page_of(row, owner)) for row in rows)
    words = str(model._meta.verbose_name if len(keys) == 1 else model._meta.verbose_name_plural)
    return Referring(capfirst(words), len(keys), shown)


def _page_of(row: models.Model, owner: ModelAdmin) -> str:
    try:
        return reverse(f"admin:{owner.opts.app_label}_{owner.opts.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
