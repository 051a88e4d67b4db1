"""Two records of one thing become one: what hangs on the second is handed over to the first.

What belongs to a record is asked of the models themselves, so that what higher floors tie to it goes along without being
named here. A row that the first record has already, equal in all, is not kept twice. Where the database would have a row
refused or lost, nothing is done.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.db.models import Q, UniqueConstraint
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from history.sentences import name_of_table

FIRST: Final = "first"
SECOND: Final = "second"
PLACE_IN_LIST: Final = "order"  # rows are equal wherever they stand in their list


@dataclass(frozen=True)
class Difference:
    """A field in which two records differ; `proposed` says whose value is taken if the officer does not choose."""

    field: models.Field
    first: object
    second: object

    @property
    def proposed(self) -> str:
        return SECOND if self.first in (None, "", []) else FIRST


@dataclass(frozen=True)
class Move:
    """Rows of one table that go to the first record, and those it has already."""

    label: str
    moved: int
    doubled: int


class Rows(list[models.Model]):
    """Rows of one table that point to a record; `of` is the foreign key by which they do."""

    def __init__(self, of: models.Field, rows: Iterable[models.Model]) -> None:
        super().__init__(rows)
        self.of = of

    @property
    def label(self) -> str:
        return name_of_table(self.of.model._meta.db_table)


@dataclass(frozen=True)
class Belongings:
    """What belongs to records of a kind: all that points to them, but for the tables named in `leaving`, and by the columns in
    `below` which are keys in the database alone, since their floor does not know the records."""

    leaving: Collection[type[models.Model]] = ()
    below: tuple[models.Field, ...] = ()

    def of(self, record: models.Model) -> Iterator[Rows]:
        for relation in record._meta.get_fields(include_hidden=True):
            if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
                key = cast(models.ForeignObjectRel, relation).field
                if not key.model._meta.proxy and key.model not in self.leaving:
                    yield _rows(key, record)
        for number in self.below:
            yield _rows(number, record)

    def moves(self, first: models.Model, second: models.Model) -> list[Move]:
        """What would go over, without doing it."""
        found = []
        for rows in self.of(second):
            doubled = sum(1 for row in rows if double_of(row, rows.of, first))
            if rows:
                found.append(Move(rows.label, len(rows) - doubled, doubled))
        return found


def _rows(key: models.Field, record: models.Model) -> Rows:
    return Rows(key, key.model._base_manager.filter(**{key.attname: record.pk}).order_by("pk"))


def differences(first: models.Model, second: models.Model, leaving: Collection[str] = ()) -> list[Difference]:
    """The fields in which two records differ and between which an officer chooses; never those in `leaving`."""
    found = []
    fields = {field.name: field for field in first._meta.concrete_fields}
    for name, field in fields.items():
        if field.primary_key or not field.editable or name in leaving:
            continue
        if (
            f"{name}_{settings.LANGUAGE_CODE}" in fields
        ):  # a text stands once in each language; this column follows them
            continue
        values = [getattr(record, field.attname) for record in (first, second)]
        if values[0] != values[1]:
            found.append(Difference(field, *values))
    return found


def double_of(row: models.Model, key: models.Field, first: models.Model) -> models.Model | None:
    """A row of the first record that says the same."""
    same = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field != key and field.name != PLACE_IN_LIST
    }
    return next(
        (one for one in _rows(key, first) if all(getattr(one, name) == value for name, value in same.items())), None
    )


def rival_of(row: models.Model, key: models.Field, first: models.Model) -> models.Model | None:
    """A row of the first record beside which the database would not take this one, since there is one of the kind for each."""
    manager = type(row)._base_manager
    own, others = manager.filter(pk=row.pk), manager.filter(**{key.attname: first.pk}).order_by("pk")
    if key.unique:
        return others.first()
    for names, condition, nulls_distinct in _once(type(row)):
        if key.name not in names:
            continue
        same = {name: getattr(row, row._meta.get_field(name).attname) for name in names if name != key.name}  # type: ignore[union-attr]
        if nulls_distinct and None in same.values():
            continue
        alike = Q(
            *[Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value}) for name, value in same.items()]
        )
        if own.filter(condition).exists() and (found := others.filter(alike, condition).first()):
            return found
    return None


def _once(model: type[models.Model]) -> Iterator[tuple[tuple[str, ...], Q, bool]]:
    """The fields of which a model has one row each, under which condition, and whether what is empty is not compared."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(constraint.fields), constraint.condition or Q(), constraint.nulls_distinct is not False
    for names in model._meta.unique_together:
        yield tuple(names), Q(), True


def hand_over(rows: Rows, kept: models.Model, settle: Callable[[models.Model, Rows], bool] | None = None) -> None:
    """Rows go to the record that is kept. `settle` is asked first about a row that has no place beside one of the record's own:
    it may change one of the two, and says whether the row is gone. ValidationError where a row cannot go over."""
    for row in rows:
        only: models.QuerySet[Any] = rows.of.model._base_manager.filter(pk=row.pk)
        if double_of(row, rows.of, kept):
            refuse_loss(row)
            only.delete()
            continue
        if settle and settle(row, rows):
            continue
        try:
            with transaction.atomic():
                only.update(**{rows.of.attname: kept.pk})
        except IntegrityError as forbidden:
            message = _("Both records have their own “%(row)s” (%(kind)s). Make one of the two first, then merge.")
            raise ValidationError(message % {"row": row, "kind": rows.label}) from forbidden


def refuse_loss(row: models.Model) -> None:
    """Whatever would go with a row, or lose its link to it, keeps it from being removed."""
    collector = Collector(using=router.db_for_write(type(row)))
    collector.collect([row])
    own = {type(row), *type(row)._meta.all_parents}
    others = {
        model for model, found in collector.data.items() if model not in own or {one.pk for one in found} - {row.pk}
    }
    others |= {rows.model for rows in collector.fast_deletes if isinstance(rows, models.QuerySet) and rows.exists()}
    for (field, _value), batches in collector.field_updates.items():
        if any(batch.exists() if isinstance(batch, models.QuerySet) else batch for batch in batches):
            others.add(field.model)
    if others:
        tables = ", ".join(sorted(name_of_table(model._meta.db_table) for model in others))
        raise ValidationError(_("Something would be lost with %(row)s: %(tables)s.") % {"row": row, "tables": tables})


def keep_pairs(pairs: type[models.Model], kept: models.Model, gone: models.Model, said: Collection[str]) -> None:
    """What officers have said of the second record, that it is not some other one, holds for the first from now on. `pairs` has
    the numbers of two records, the lower first; `said` are the columns that go along."""
    about = pairs._base_manager.filter(Q(first=gone.pk) | Q(second=gone.pk))
    pair: Any
    for pair in list(about):
        numbers = {pair.first_id, pair.second_id} - {gone.pk} | {kept.pk}
        if len(numbers) == 2:
            first, second = sorted(numbers)
            words = {name: getattr(pair, name) for name in said}
            pairs._base_manager.get_or_create(first_id=first, second_id=second, defaults=words)
    about.delete()
