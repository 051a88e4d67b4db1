"""One table for records of several types, and one more for what is told of a single type (inheritance over two tables).

Each row says its type in a column, and whatever is read through the parent (`link.site`, `session.activity`) gets the class
of its type without a further query. What only its type tells is then read when it is first touched; lists fetch it with
`completed`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Self, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet


class TypeField(models.CharField):
    """The column of the parent that names the type. It says what the class says, whoever saves: form, loop or bulk."""

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        own: str = getattr(model_instance, "TYPE", "")
        if own:
            setattr(model_instance, self.attname, own)
        return super().pre_save(model_instance, add)


class TypedRecord(models.Model):
    """Base of a parent and, through it, of its types. The parent names its column, each type itself:

    class Animal(TypedRecord):
        TYPE_COLUMN = "animal_type"
        animal_type = TypeField(max_length=10, editable=False)

    class Bird(Animal):
        TYPE = "bird"
    """

    TYPE: ClassVar[str] = ""
    TYPE_COLUMN: ClassVar[str]

    class Meta:
        abstract = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        # Rows of the database come with all values in a row; only what is made by name may lack its type.
        if self.TYPE and not args:
            kwargs.setdefault(self.TYPE_COLUMN, self.TYPE)
        super().__init__(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        record = super().from_db(db, field_names, values, **kwargs)
        if not cls.TYPE and not cls._meta.proxy and cls.TYPE_COLUMN in record.__dict__:
            found = types_of(cls)[record.__dict__[cls.TYPE_COLUMN]]
            record.__class__ = found  # type: ignore[assignment]
            # The key of a type is the link to its parent.
            record.__dict__[key_of(found).attname] = record.__dict__[key_of(cls).attname]
        return record

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """What must be unique within its type is told at its own field, and of the type by its name."""
        own = tuple(name for name in unique_check if name != self.TYPE_COLUMN)
        error = super().unique_error_message(cast(Any, type(self)), own)
        if len(own) > 1:
            return error
        at_field = ValidationError({own[0]: error})
        at_field.code = error.code  # which the constraint asks for
        return at_field

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: QuerySet | None = None
    ) -> None:
        """Read anew. The first touch of a column that was not read brings all of its table that were not: one query."""
        names = None if fields is None else list(fields)
        if names is not None and len(names) == 1:
            names += sorted(_unread_beside(self, names[0]))
        super().refresh_from_db(using, names, from_queryset)


R = TypeVar("R", bound=models.Model)


def parent_of(model: type[models.Model]) -> type[models.Model]:
    """The model whose table holds what all types have in common; of a model that inherits no table, itself."""
    concrete = cast(type[models.Model], model._meta.concrete_model)
    return next((parent for parent in concrete._meta.all_parents if not parent._meta.parents), concrete)


def key_of(model: type[models.Model]) -> models.Field:
    return model._meta.pk


def is_parent(model: type[models.Model]) -> bool:
    """Whether the table of a model holds records of several types."""
    return issubclass(model, TypedRecord) and not model.TYPE


@cache
def types_of(parent: type[models.Model]) -> dict[str, type[models.Model]]:
    """The types of a parent by the word that stands in its column."""
    children = [model for model in parent.__subclasses__() if not model._meta.proxy and not model._meta.abstract]
    return {cast(type[TypedRecord], model).TYPE: model for model in children}


def told_apart(record: models.Model, among: type[models.Model]) -> str:
    """A record as it is called among those of a model: where these are of several types, with its type."""
    return f"{record} ({record._meta.verbose_name})" if is_parent(among) else str(record)


def own_columns(model: type[models.Model]) -> list[models.Field]:
    """What only this type tells: the columns of its own table without the key."""
    concrete = cast(type[models.Model], model._meta.concrete_model)
    return [field for field in concrete._meta.local_concrete_fields if not field.primary_key]


def completed(records: Iterable[R]) -> list[R]:
    """The records, read through their parent, with what only their types tell: one query for each type."""
    listed = list(records)
    unread: dict[type[models.Model], dict[object, list[R]]] = defaultdict(lambda: defaultdict(list))
    for record in listed:
        if record.get_deferred_fields():
            unread[type(record)][record.pk].append(record)
    for model, by_key in unread.items():
        names = [field.attname for field in own_columns(model)]
        for key, *values in model._base_manager.filter(pk__in=by_key).values_list("pk", *names):
            for record in by_key[key]:
                record.__dict__.update(zip(names, values, strict=True))
    return listed


def _unread_beside(record: models.Model, name: str) -> set[str]:
    """The columns not read yet that stand in the same table as this one, if it was not read either."""
    unread = record.get_deferred_fields()
    own = {field.attname for field in own_columns(type(record))} & unread
    return own - {name} if name in own else set()
