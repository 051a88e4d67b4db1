"""What of a table may be public: no count below five, nor any that could be worked out from those that are shown.

First small lines are put together until every total of a row and of a column is at least five: these totals are all shown,
and the same for all tables that share their columns, so that two tables tell no more than each alone. Within a table small
cells are hidden, and others with them: a hidden count must be able to change while every total stays. Such a change goes
around a circle of cells, one more here, one less there; a cell whose circle is hidden cannot be worked out.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from .tables import Table

FEWEST: Final = 5
LONGEST_LIST: Final = 3  # names of lines put together; more are counted
Matrix = Sequence[Sequence[int]]
Cell = tuple[int, int]
Node = tuple[str, int]
# Hiding costs what is lost: a larger number more than a small one, and a zero most, since it tells that nobody was there.
COST_OF_ZERO: Final = 10_000


@dataclass(frozen=True)
class PublicLine:
    """A row with None for what is hidden."""

    code: str
    label: str
    counts: tuple[int | None, ...]
    total: int


@dataclass(frozen=True)
class PublicTable:
    code: str
    title: str
    heading: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[PublicLine, ...]
    foot: PublicLine

    @property
    def hides(self) -> bool:
        return any(count is None for row in self.rows for count in row.counts)


def public_table(table: Table) -> PublicTable | None:
    """The table as the public may see it; None when even its totals would say too much."""
    if not table.public or table.foot.total is None or table.foot.total < FEWEST:
        return None
    columns, rows = together(table.foot.counts), together([row.total or 0 for row in table.rows])
    if columns is None or rows is None:
        return None
    matrix = [[sum(table.rows[i].counts[j] for i in group for j in column) for column in columns] for group in rows]
    hidden = hidden_cells(matrix)
    lines = tuple(
        PublicLine(
            "+".join(table.rows[i].code for i in group), joined([table.rows[i].label for i in group]),
            tuple(None if (i, j) in hidden else count for j, count in enumerate(matrix[i])), sum(matrix[i]),
        )
        for i, group in enumerate(rows)
    )  # fmt: skip
    named = tuple(
        ("+".join(table.columns[j][0] for j in group), joined([table.columns[j][1] for j in group]))
        for group in columns
    )
    sums = tuple(sum(table.foot.counts[j] for j in group) for group in columns)
    return PublicTable(
        table.code, table.title, table.heading, named, lines, PublicLine("total", "", sums, table.foot.total)
    )


def joined(labels: Sequence[str]) -> str:
    """The name of lines that are counted together."""
    if len(labels) <= LONGEST_LIST:
        return ", ".join(labels)
    return _("%(number)d others together") % {"number": len(labels)}


def together(totals: Sequence[int]) -> list[list[int]] | None:
    """Lines to be counted together, by their places: those below five, and the smallest others as long as their sum would
    tell them. Empty lines stay alone. None when that cannot be done."""
    small = sorted((i for i, total in enumerate(totals) if 0 < total < FEWEST), key=lambda i: (totals[i], i))
    large = sorted((i for i, total in enumerate(totals) if total >= FEWEST), key=lambda i: (totals[i], i))
    group = list(small)
    while group and _tells(len(small), len(group) - len(small), sum(totals[i] for i in group)):
        if not large:
            return None
        group.append(large.pop(0))
    alone = [[i] for i in range(len(totals)) if i not in group]
    return sorted([*alone, *([sorted(group)] if group else [])], key=lambda places: (len(places) > 1, places))


def _tells(small: int, large: int, total: int) -> bool:
    """Whether the sum of lines tells each of them to somebody who knows that the small ones are between 1 and 4."""
    if total < FEWEST or total == small + FEWEST * large:
        return True
    return large == 0 and total == (FEWEST - 1) * small


def hidden_cells(matrix: Matrix) -> set[Cell]:
    """The cells to hide, all totals being shown: those below five, and for each a circle of others along which it can
    change. Whatever lies on a circle can change along it too."""
    small = [(i, j) for i, row in enumerate(matrix) for j, count in enumerate(row) if 0 < count < FEWEST]
    hidden: set[Cell] = set(small)
    for cell in small:
        more, less = _circle(matrix, hidden, cell, rising=True), _circle(matrix, hidden, cell, rising=False)
        # There is always one: every total is at least five, so that others stand beside the cell and below it.
        hidden |= set(min((way for way in (more, less) if way is not None), key=lambda way: way[0])[1])
    return hidden


def _circle(matrix: Matrix, hidden: set[Cell], cell: Cell, *, rising: bool) -> tuple[int, list[Cell]] | None:
    """The cheapest way back from one end of a cell to the other, over other cells: from a row to a column a count rises,
    from a column to a row it falls, which one of nothing cannot."""
    row, column = ("row", cell[0]), ("column", cell[1])
    start, end = (column, row) if rising else (row, column)
    queue: list[tuple[int, Node, list[Cell]]] = [(0, start, [])]
    done: set[Node] = set()
    while queue:
        cost, node, way = heapq.heappop(queue)
        if node == end:
            return cost, way
        if node in done:
            continue
        done.add(node)
        for i, j in _cells_at(matrix, node):
            falls = node[0] == "column"
            if (i, j) == cell or (falls and matrix[i][j] == 0):
                continue
            step = 0 if (i, j) in hidden else matrix[i][j] or COST_OF_ZERO
            heapq.heappush(queue, (cost + step, ("row", i) if falls else ("column", j), [*way, (i, j)]))
    return None


def _cells_at(matrix: Matrix, node: Node) -> list[Cell]:
    kind, at = node
    return [(at, j) for j in range(len(matrix[at]))] if kind == "row" else [(i, at) for i in range(len(matrix))]
