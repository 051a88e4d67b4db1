"""Records counted by member state, for the table of states. Apps on higher floors say in `state_counts.py` what is counted.

A record shared by two states counts in each of them, and once in the total.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

CodesOfEach = Callable[[], Iterable[Iterable[str]]]


@dataclass(frozen=True)
class Counted:
    """One kind of record, its number in each state and in the network. `bar` is the class of its bar, empty for none."""

    title: str | Promise
    by_state: Counter[str]
    total: int
    bar: str


@dataclass(frozen=True)
class Source:
    """`codes_of_each` gives the ISO codes of the states of each record, one entry for each record."""

    title: str | Promise
    codes_of_each: CodesOfEach
    order: int
    bar: str = ""


_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def counted() -> list[Counted]:
    """All kinds in order, one query each."""
    return [_count(source) for source in sorted(_sources, key=lambda source: source.order)]


def _count(source: Source) -> Counted:
    rows = [list(codes) for codes in source.codes_of_each()]
    by_state = Counter(code for codes in rows for code in codes)
    return Counted(source.title, by_state, len(rows), source.bar)
