"""The search over everything: each app registers what of it can be found. Adding a source touches nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from typed_records.base import parent_of


@dataclass(frozen=True)
class Name:
    """A name of a record. `kind` and `language` tell the reader which of its names was found; the own name has no kind."""

    text: str
    kind: str = ""
    language: str = ""


@dataclass(frozen=True)
class Words:
    """What a record is found by: the name the portal uses, further names, and texts that mention what it is about."""

    own: str
    further: tuple[Name, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One kind of record that can be found by words.

    `records` gives all of them with what `words` needs, `public` those that everybody may find. Without `words` of its
    own, a record is found by the columns it names as `searched`: the first is its own name.
    """

    key: str
    title: str | Promise
    model: type[models.Model]
    records: Callable[[], QuerySet]
    public: Callable[[], QuerySet]
    order: int = 50
    words: Callable[[Any], Words] | None = None
    label_of: Callable[[str], str | Promise] = str  # of a kind of name, for readers


def columns(model: type[models.Model], name: str) -> list[str]:
    """A column, or its translations where it has any, the source language first."""
    names = {field.name for field in model._meta.get_fields()}
    suffixes = [code.replace("-", "_") for code, _name in settings.LANGUAGES]
    return [one for suffix in suffixes if (one := f"{name}_{suffix}") in names] or [name]


def values(record: models.Model, name: str) -> Iterable[str]:
    """What stands in a column in any language; an array gives its entries."""
    for column in columns(type(record), name):
        value = getattr(record, column)
        yield from (value if isinstance(value, list) else [value or ""])


def words_of_columns(record: Any) -> Words:
    """By `searched_names`, whose first is the own name, and `searched_texts`."""
    first, *others = record.searched_names
    own, *translated = values(record, first)
    further = [*translated, *(text for name in others for text in values(record, name))]
    texts = [text for name in record.searched_texts for text in values(record, name)]
    named = dict.fromkeys(text for text in further if text and text != own)
    return Words(own, tuple(Name(text) for text in named), tuple(text for text in texts if text))


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.key] = source


def register_records(key: str, title: str | Promise, model: type[models.Model], *, order: int) -> None:
    """Lets records be found by the columns they name themselves."""
    records: Any = model._default_manager
    register(Source(key, title, model, records.all, records.published, order))


def sources() -> list[Source]:
    """All sources, sites first."""
    return sorted(_sources.values(), key=lambda source: source.order)


def sources_below(label: str) -> list[Source]:
    """The sources whose records lie in the table of a model, by its label: of one whose records have types, of each type."""
    return [
        source
        for source in _sources.values()
        if label in (source.model._meta.label_lower, parent_of(source.model)._meta.label_lower)
    ]


def source_of(label: str) -> Source | None:
    """The source whose records have a model's label."""
    return next((source for source in _sources.values() if source.model._meta.label_lower == label), None)
