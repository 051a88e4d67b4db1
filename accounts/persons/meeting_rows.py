"""What becomes of two rows of one kind when two records of a person become one and the database keeps one for each.

Apps say so in their `merged_persons.py`. Where an app says nothing, the merging is refused and names the two rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from records.template_context import Label

from ..models import Person

Settle = Callable[[Any, Any], bool]
"""Told the row of the record that goes and that of the one that stays, of which the database would not keep both. It makes
room; whether the row of the record that goes has gone by it, and is not to be handed over."""


@dataclass(frozen=True)
class Meeting:
    """Two rows of one kind that cannot both stay: `words` says what becomes of them, or, where nothing settles it, what the
    officer does first."""

    words: Label
    settle: Settle | None = None
    refuses: Callable[[Any, Any], bool] = lambda row, other: False


_meetings: dict[type[models.Model], Meeting] = {}
_followers: list[Callable[[int, Person], None]] = []


def register_meeting(model: type[models.Model], meeting: Meeting) -> None:
    if _meetings.setdefault(model, meeting) is not meeting:
        raise ValueError(f"Two rules say what becomes of two rows of {model.__name__}.")


def meeting_of(model: type[models.Model]) -> Meeting | None:
    return _meetings.get(model)


def register_follower(follow: Callable[[int, Person], None]) -> None:
    """Called after all rows have gone over, with the number of the record that went: for what names people without a key."""
    if follow not in _followers:
        _followers.append(follow)


def follow_all(former: int, kept: Person) -> None:
    for follow in _followers:
        follow(former, kept)
