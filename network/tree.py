"""The programmes as one tree, from focus areas down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from .models import Programme


@dataclass
class Branch:
    """A programme with what belongs to it. What the office offers stands apart from the rest."""

    programme: Programme
    children: list[Self] = field(default_factory=list)

    @property
    def running(self) -> list[Self]:
        return [child for child in self.children if child.programme.kind != Programme.Kind.OFFER]

    @property
    def offers(self) -> list[Self]:
        return [child for child in self.children if child.programme.kind == Programme.Kind.OFFER]


def tree_of(programmes: Iterable[Programme]) -> list[Branch]:
    """Roots with their branches, in the order given. A programme whose parent is not among them is a root."""
    branches = {programme.pk: Branch(programme) for programme in programmes}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.programme.parent_id or 0)
        (above.children if above else roots).append(branch)
    return roots


def path_to(programme: Programme, programmes: Iterable[Programme]) -> list[Programme]:
    """The programmes above one, the focus area first. A ring, which no constraint can forbid, ends where it closes."""
    by_pk = {other.pk: other for other in programmes}
    path: list[Programme] = []
    above = by_pk.get(programme.parent_id or 0)
    while above and above not in path and above.pk != programme.pk:
        path.insert(0, above)
        above = by_pk.get(above.parent_id or 0)
    return path
