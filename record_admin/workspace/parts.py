"""The parts in which a record is worked on: one address each, the same head above all of them.

An app that has a part of another app's record (certificates of an event, mails of a training) registers it in its
`workspace.py`; no arrow leads up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest

from records.template_context import Label

from ..links import change_page
from .entries import Reader, may
from .numbers import numbers

Count = Callable[[Any], "models.QuerySet | int | None"]
"""How many of a part a record has: rows, which are counted with those of the other parts in one query, or what the record
itself knows. None and nought are not shown."""


@dataclass(frozen=True)
class Act:
    """A button or a link that leads to an act. One that cannot be undone, or ends something, is drawn as such."""

    label: Label
    address: str
    ends_something: bool = False


@dataclass(frozen=True)
class Badge:
    """A state in one word: `tone` is note, ok, error, or nothing."""

    label: Label
    tone: str = ""


@dataclass(frozen=True)
class Head:
    """What a record is, when, how full, and what comes next: the same on all of its parts."""

    title: Label
    kind: Label = ""
    badges: tuple[Badge, ...] = ()
    facts: tuple[Label, ...] = ()
    acts: tuple[Act, ...] = ()
    more: tuple[Act, ...] = ()


def no_count(_record: object) -> None:
    """The part shows no number."""
    return


def everybody(_reader: Reader, _record: object) -> bool:
    """The part has no condition beyond its permissions."""
    return True


@dataclass(frozen=True)
class Part:
    """A part of the records of a model, in the order of `place`. `address` gives its page for a record; `permissions` are
    those of which one is asked for, `applies` whether a record has the part at all."""

    slug: str
    label: Label
    place: int
    address: Callable[[Any], str]
    count: Count = no_count
    permissions: tuple[str, ...] = ()
    applies: Callable[[Reader, Any], bool] = everybody


@dataclass(frozen=True)
class PartShown:
    """A part as it is drawn."""

    slug: str
    label: Label
    address: str
    number: int
    is_current: bool


HeadOf = Callable[[HttpRequest, Any], Head]

_parts: dict[type[models.Model], dict[str, Part]] = {}
_heads: dict[type[models.Model], HeadOf] = {}


def register_part(model: type[models.Model], part: Part) -> None:
    """Holds for the model and the models of the admin that show the same records otherwise (`class RunningEvent(Event)`)."""
    if _parts.setdefault(model, {}).setdefault(part.slug, part) is not part:
        raise ValueError(f"{model.__name__} has two parts called {part.slug}.")


def register_head(model: type[models.Model], head: HeadOf) -> None:
    if _heads.setdefault(model, head) is not head:
        raise ValueError(f"{model.__name__} has two heads.")


def parts_of(model: type[models.Model]) -> list[Part]:
    """In the order of the page; none: records of the model have no hub."""
    found = [part for one in model.__mro__ for part in _parts.get(one, {}).values()]
    return sorted(found, key=lambda part: part.place)


def home_of(record: models.Model) -> str:
    """Where a record is worked on: the first of its parts, or its form where it has none."""
    parts = parts_of(type(record))
    return parts[0].address(record) if parts else change_page(record)


def head_of(request: HttpRequest, record: models.Model) -> Head:
    """Its own, if the model has one; else its name."""
    made = next((_heads[one] for one in type(record).__mro__ if one in _heads), None)
    return made(request, record) if made else Head(str(record))


def shown_parts(reader: Reader, record: models.Model, current: str) -> list[PartShown]:
    """The parts of a record that somebody may open, with their numbers. One query, however many parts are counted."""
    open_to_reader = [
        part for part in parts_of(type(record)) if may(reader, part.permissions) and part.applies(reader, record)
    ]
    counts = {part.slug: part.count(record) for part in open_to_reader}
    asked = numbers({slug: rows for slug, rows in counts.items() if isinstance(rows, models.QuerySet)})
    known = {slug: number for slug, number in counts.items() if isinstance(number, int)} | asked
    return [
        PartShown(part.slug, part.label, part.address(record), known.get(part.slug, 0), part.slug == current)
        for part in open_to_reader
    ]
