"""What the search of the workspace looks into: each app registers in its `workspace.py` what of it staff may find.

A finder gives hits in order, some at a time, and never counts: with ten thousand persons a page costs what it shows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from records.template_context import Label

from .entries import Reader, may, seeing
from .found_records import RecordFinder
from .hits import Hit

Find = Callable[[str, int, int], list[Hit]]
"""The hits for some words, from one place of their order to another."""

Exactly = Callable[[str], Iterable[str]]
"""The pages of whatever is meant by just this reference, number or address, and by nothing else."""


def nothing_exactly(_words: str) -> Iterable[str]:
    """A kind of record that has no reference."""
    return ()


@dataclass(frozen=True)
class Finder:
    """One group of hits, in the order of `place`, for whoever may see all kinds of record that are in it. `opens_alone`: a hit
    besides which nothing at all was found is opened at once."""

    slug: str
    title: Label
    place: int
    kinds: tuple[type[models.Model], ...]
    find: Find
    exactly: Exactly = nothing_exactly
    opens_alone: bool = False


_finders: dict[str, Finder] = {}


def register_finder(finder: Finder) -> None:
    if _finders.setdefault(finder.slug, finder) is not finder:
        raise ValueError(f"Two groups of hits are called {finder.slug}.")


def register_records(slug: str, title: Label, place: int, *kinds: type[models.Model]) -> None:
    """A group of records that the public search knows."""
    register_finder(Finder(slug, title, place, kinds, RecordFinder(kinds), opens_alone=True))


def finders_for(reader: Reader) -> list[Finder]:
    """In the order of the page, as far as somebody may see what they find."""
    allowed = [one for one in _finders.values() if all(may(reader, seeing(kind)) for kind in one.kinds)]
    return sorted(allowed, key=lambda one: one.place)


def only_page(finders: Iterable[Finder], words: str) -> str:
    """Where the one thing is that is meant by just these words; "" if there is none, or more than one."""
    pages = {page for finder in finders for page in finder.exactly(words)}
    return pages.pop() if len(pages) == 1 else ""
