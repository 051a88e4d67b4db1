"""Kinds of long work. Each app registers its own when Django starts; a row names its kind, the worker does what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from records.template_context import Label

from .progress import Doing

TOO_LONG: Final = 2.0
"""Seconds. What is expected to take longer is done by the worker; nobody is asked."""


@dataclass(frozen=True)
class Pace:
    """What one of many costs, in seconds, measured as said in `source`."""

    each: float
    source: str

    def seconds(self, number: int) -> int:
        return max(1, round(self.each * number))

    def is_long(self, number: int) -> bool:
        return self.each * number > TOO_LONG


@dataclass(frozen=True)
class Kind:
    """`do` does the work. It may be called again for the same row, after a worker was killed: it finds done what is done
    already. `counted` says of what there is a number (“made”, “rows read”), `stays` what is left where it was stopped."""

    name: str
    do: Callable[[Doing], None]
    counted: Label
    stays: Label


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"Two kinds of long work are called {kind.name}.")
    return kind


def kind_of(name: str) -> Kind | None:
    """None: the kind was taken out of the portal since."""
    return _kinds.get(name)
