"""Tables of participants as plain values: counts of participations, and how many different people they are."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .categories import Stage
from .participations import Participation

Code = Callable[[Participation], str]


@dataclass(frozen=True)
class Line:
    """A row: its counts by column, what they add up to (None where columns overlap), and the different people in it."""

    code: str
    label: str
    counts: tuple[int, ...]
    total: int | None
    people: int | None

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "counts": list(self.counts)}


@dataclass(frozen=True)
class Table:
    """`heading` stands over the names of the rows; `foot` holds the totals. `public`: whether it may ever be shown to the
    public, once small cells are hidden."""

    code: str
    title: str
    heading: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Line, ...]
    foot: Line
    public: bool

    def as_json(self) -> dict[str, object]:
        """The same after a way through JSON, so that what is looked at and what is kept are equal."""
        rows = [row.as_json() for row in self.rows]
        columns = [list(column) for column in self.columns]
        return {**asdict(self), "columns": columns, "rows": rows, "foot": self.foot.as_json()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Table":
        columns = tuple((code, label) for code, label in kept["columns"])
        rows = tuple(_line(row) for row in kept["rows"])
        return cls(**{**kept, "columns": columns, "rows": rows, "foot": _line(kept["foot"])})


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{**kept, "counts": tuple(kept["counts"])})


@dataclass(frozen=True)
class Axis:
    """One dimension of a table: its codes with their labels in the order in which they are printed."""

    labels: Mapping[str, str]
    of: Code


def crossed(
    code: str,
    title: str,
    heading: str,
    participations: Sequence[Participation],
    rows: Axis,
    columns: Axis,
    *,
    public: bool,
) -> Table:
    """Those who took part, by two dimensions."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    people: dict[str, set[int]] = defaultdict(set)
    for one in participations:
        counts[rows.of(one)][columns.of(one)] += 1
        people[rows.of(one)].add(one.person_id)
    everybody = {one.person_id for one in participations}
    sums = sum(counts.values(), Counter())
    return Table(
        code, title, heading, tuple((key, str(label)) for key, label in columns.labels.items()),
        tuple(_counted(key, str(label), counts[key], columns, len(people[key])) for key, label in rows.labels.items()),
        _counted("total", "", sums, columns, len(everybody)), public,
    )  # fmt: skip


def _counted(code: str, label: str, counts: Counter[str], columns: Axis, people: int) -> Line:
    return Line(code, label, tuple(counts[column] for column in columns.labels), counts.total(), people)


def staged(
    code: str,
    title: str,
    heading: str,
    participations: Iterable[Participation],
    rows: Axis,
    stages: Mapping[Stage, str],
) -> Table:
    """How many came how far. Columns include each other, so that they are not added up."""
    counts: dict[str, Counter[Stage]] = defaultdict(Counter)
    for one in participations:
        counts[rows.of(one)].update(one.stages)
    sums = sum(counts.values(), Counter())
    return Table(
        code, title, heading, tuple((str(key), str(label)) for key, label in stages.items()),
        tuple(Line(key, str(label), tuple(counts[key][one] for one in stages), None, None) for key, label in rows.labels.items()),
        Line("total", "", tuple(sums[one] for one in stages), None, None), public=False,
    )  # fmt: skip


def cells(participations: Iterable[Participation], programmes: Mapping[Any, str]) -> list[list[Any]]:
    """The whole cube: one line for each combination that occurs, with the number of participations of each stage."""
    counts: dict[tuple[str, ...], Counter[Stage]] = defaultdict(Counter)
    for one in participations:
        where = (programmes[one.programme], one.member_state, one.sex, one.age, one.role, one.site, one.seat)
        counts[where].update(one.stages)
    return [[*where, *(counts[where][stage] for stage in Stage)] for where in sorted(counts)]
