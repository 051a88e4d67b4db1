"""What the search looks into: one row for each name of each record, and one for all its words together."""

from collections.abc import Iterable
from typing import Any, Self, cast

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Cast

from typed_records.base import is_parent, types_of

from . import tokenizer
from .fields import WordsField


def labels_of(model: type[models.Model]) -> list[str]:
    """The labels under which the records of a model have entries."""
    return sorted(one._meta.label_lower for one in (types_of(model).values() if is_parent(model) else [model]))


def type_of_key(model: type[models.Model]) -> models.Field:
    """What the text of a key is read as. The key of a type is a link to its parent, whose key is what it holds."""
    key: Any = model._meta.pk
    return cast(models.Field, (key.target_field if key.remote_field else key).__class__())


class SearchEntryQuerySet(models.QuerySet):
    def of(self, model: type[models.Model]) -> Self:
        """Entries of the records of a model; of one whose records have types, those of all types."""
        return self.filter(label__in=labels_of(model))

    def public(self) -> Self:
        return self.filter(public=True)

    def matching(self, query: str) -> Self:
        """Entries that hold every word of the query, or its words written together. Nothing for a query without letters."""
        literal = tokenizer.query(query)
        return self.filter(words__answers=literal) if literal else self.none()

    def near(self, query: str) -> Self:
        """Names one of whose words is at most one typing error away from a word of the query; some are further."""
        marks = tokenizer.near([query])
        return self.filter(near__overlap=marks) if marks else self.none()

    def ranked(self, query: str) -> Self:
        """`rank`: 0 the name itself, 1 a name that begins with it, 2 it stands in a name, 3 in a text about the record."""
        key = tokenizer.joined(query)
        rank = Case(
            When(place=SearchEntry.Place.TEXT, then=Value(3)),
            When(key=key, then=Value(0)),
            When(key__startswith=key, then=Value(1)),
            default=Value(2),
            output_field=models.SmallIntegerField(),
        )
        return self.annotate(rank=rank)

    def whole(self) -> Self:
        """One entry for each record, that of all its words: what matches one of the names matches it too."""
        return self.filter(place=SearchEntry.Place.TEXT)

    def keys_of(self, model: type[models.Model]) -> models.QuerySet:
        """The keys of the records, for `pk__in`."""
        key = Cast("object_id", type_of_key(model))
        return self.of(model).order_by().values_list(key, flat=True)

    def keys_by_label(self, labels: Iterable[str]) -> dict[str, list[int]]:
        """The keys of the records of some models, whose keys are numbers. They come as one text for each model: ten
        thousand rows take longer to hand over than to find."""
        found = self.filter(label__in=labels).order_by().values("label")
        rows = found.annotate(keys=StringAgg("object_id", " ")).values_list("label", "keys")
        return {label: list(map(int, keys.split())) for label, keys in rows}


class SearchEntry(models.Model):
    """One name of a record as people may type it, or all words of a record together. Written by `search_index` only.

    `object_id` is the record's key as text, since records of all kinds meet here.
    """

    class Place(models.IntegerChoices):
        OWN = 0, "the name the portal uses"
        FURTHER = 1, "a further name"
        TEXT = 2, "all names and texts together"

    label = models.CharField(max_length=60, db_collation="C")
    object_id = models.CharField(max_length=40, db_collation="C")
    place = models.SmallIntegerField(choices=Place.choices)
    public = models.BooleanField()
    name = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=20, blank=True)  # of the name, in the words of the app that owns it
    language = models.CharField(max_length=10, blank=True)
    key = models.CharField(max_length=250, blank=True, db_collation="C")
    words = WordsField()
    near = ArrayField(models.IntegerField(), default=list)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["label", "object_id"], name="search_entry_record"),
            models.Index(fields=["key"], name="search_entry_key", condition=~Q(key="")),
            GinIndex(fields=["words"], name="search_entry_words", fastupdate=False),
            GinIndex(fields=["near"], name="search_entry_near", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.object_id}: {self.name}"


class StaleSearch(models.Model):
    """A record whose entries no longer say what it says; written by a trigger, whoever changed the record."""

    label = models.CharField(max_length=60, db_collation="C")
    object_id = models.CharField(max_length=40, db_collation="C")

    def __str__(self) -> str:
        return f"{self.label} {self.object_id}"
