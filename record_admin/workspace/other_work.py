"""What else takes its time and has pages of its own, such as mails to many. Each app names its own for the page of long work."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from records.template_context import Label

from .entries import Reader


@dataclass(frozen=True)
class OtherWork:
    """A line of the page: what, how far, whose, since when."""

    title: Label
    result: Label
    officer_id: int | None
    at: dt.datetime
    address: str
    is_open: bool = False


Others = Callable[[Reader, dt.datetime], Iterable[OtherWork]]
_others: list[Others] = []


def register_others(others: Others) -> None:
    """A function that tells what a reader may see of it since a moment."""
    if others not in _others:
        _others.append(others)


def others_of(reader: Reader, since: dt.datetime) -> Iterator[OtherWork]:
    found = [one for others in _others for one in others(reader, since)]
    yield from sorted(found, key=lambda one: one.at, reverse=True)
