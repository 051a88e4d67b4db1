"""What is held about somebody, told to people: headings and values in words, in the language that is active."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..formats.date_formatting import date_words, told_moment
from . import Held, Owner, Words, all_held

EMPTY: Final[tuple[object, ...]] = (None, "", [], {})
_NAMING: Final = ("title", "name", "slug", "reference", "number")  # columns that stand for the record they are of


@dataclass(frozen=True)
class Table:
    """The rows of one kind that are held about somebody: each as headings with their values, without what is empty."""

    what: Words
    rows: tuple[tuple[tuple[str, str], ...], ...]


def told(owner: Owner) -> Iterator[Table]:
    """What there is, kind by kind; kinds without a row are left out."""
    for _holding, held in all_held():
        rows = tuple(
            tuple(
                (heading(held, name), in_words(value, _field(held, name)))
                for name, value in row.items()
                if value not in EMPTY
            )
            for row in held.values(owner)
        )
        if rows:
            yield Table(held.what, rows)


def heading(held: Held, path: str) -> str:
    """`event__title` is the event, `created_at` what the column calls itself."""
    *way, last = path.split("__")
    fields = _fields(held, path)
    if not fields:
        return capfirst(last.replace("_", " "))
    said = fields[:-1] if way and last in _NAMING and len(fields) > 1 else fields
    if last == "slug":
        return f"{capfirst(str(said[-1].verbose_name))} (slug)"
    return capfirst(" · ".join(str(field.verbose_name) for field in said))


def _fields(held: Held, path: str) -> list[Any]:
    model: Any = held.model
    fields = []
    for part in path.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return []
        fields.append(field)
        model = getattr(field, "related_model", None)
    return fields


def _field(held: Held, path: str) -> Any:
    fields = _fields(held, path)
    return fields[-1] if fields else None


def in_words(value: Any, field: Any = None) -> str:
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return told_moment(value)
    if isinstance(value, dt.date):
        return date_words(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {in_words(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return ", ".join(in_words(one) for one in value)
    return force_str(value)
