"""The search over everything: each app registers what of it can be found. Adding a source touches nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Source:
    """One kind of record that can be found by words.

    `find` gives the published records that match a query, in their own order.
    """

    key: str
    title: str | Promise
    find: Callable[[str], QuerySet]
    order: int = 50


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.key] = source


def sources() -> list[Source]:
    """All sources, sites first."""
    return sorted(_sources.values(), key=lambda source: source.order)
