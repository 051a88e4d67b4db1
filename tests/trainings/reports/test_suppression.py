"""What the public sees of a table tells no count below five: all ways in which the hidden cells can be filled are tried."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trainings.reports.suppression import FEWEST, PublicTable, hidden_cells, public_table, together
from trainings.reports.tables import Line, Table


def table(*rows: Sequence[int], public: bool = True) -> Table:
    columns = tuple((f"c{j}", f"C{j}") for j in range(len(rows[0])))
    lines = tuple(Line(f"r{i}", f"R{i}", tuple(row), sum(row), sum(row)) for i, row in enumerate(rows))
    sums = tuple(map(sum, zip(*rows, strict=True)))
    return Table("states", "T", "H", columns, lines, Line("total", "", sums, sum(sums), sum(sums)), public)


def shown(public: PublicTable | None) -> list[list[int | None]]:
    assert public is not None
    return [[*row.counts, row.total] for row in public.rows] + [[*public.foot.counts, public.foot.total]]


def fillings(public: PublicTable) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to fill the hidden cells with counts so that all printed totals are right."""
    left = [sum(count or 0 for count in column) for column in zip(*(row.counts for row in public.rows), strict=True)]
    columns = tuple(total - known for total, known in zip(public.foot.counts, left, strict=True) if total is not None)
    return _rows(public, 0, columns)


def _rows(public: PublicTable, at: int, columns: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    if at == len(public.rows):
        if not any(columns):
            yield ()
        return
    row = public.rows[at]
    places = [j for j, count in enumerate(row.counts) if count is None]
    rest = row.total - sum(count or 0 for count in row.counts)
    for values in product(*(range(min(rest, columns[j]) + 1) for j in places)):
        if sum(values) != rest:
            continue
        filled, after = list(row.counts), list(columns)
        for j, value in zip(places, values, strict=True):
            filled[j] = value
            after[j] -= value
        for more in _rows(public, at + 1, tuple(after)):
            yield (tuple(count or 0 for count in filled), *more)


matrices = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4)
)


@pytest.mark.sweep
@settings(max_examples=150)
@given(rows=matrices)
def test_no_hidden_count_can_be_worked_out(rows: list[list[int]]) -> None:
    public = public_table(table(*rows))
    assume(public is not None and public.hides)
    assert public is not None
    ways = list(fillings(public))
    for i, row in enumerate(public.rows):
        for j, count in enumerate(row.counts):
            if count is None:
                assert len({way[i][j] for way in ways}) > 1, (public, i, j)


@settings(max_examples=150)
@given(rows=matrices)
def test_nothing_below_five_is_shown_and_nothing_is_lost(rows: list[list[int]]) -> None:
    original = table(*rows)
    public = public_table(original)
    assume(public is not None)
    assert public is not None
    numbers = [count for line in shown(public) for count in line if count is not None]
    assert [count for count in numbers if 0 < count < FEWEST] == []
    assert (public.foot.total, sum(row.total for row in public.rows)) == (original.foot.total, original.foot.total)
    codes = [code for row in public.rows for code in row.code.split("+")]
    assert sorted(codes) == sorted(row.code for row in original.rows)


@settings(max_examples=150)
@given(totals=st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_sums_of_lines_put_together_do_not_tell_the_lines(totals: list[int]) -> None:
    """Not even to somebody who knows the rule: small lines hold 1 to 4, others five or more."""
    groups = together(totals)
    assume(groups is not None)
    assert groups is not None
    assert sorted(place for group in groups for place in group) == list(range(len(totals)))
    for group in (group for group in groups if len(group) > 1):
        small = [totals[place] < FEWEST for place in group]
        total = sum(totals[place] for place in group)
        assert total >= FEWEST
        ranges = [range(1, FEWEST) if is_small else range(FEWEST, total + 1) for is_small in small]
        ways = [way for way in product(*ranges) if sum(way) == total]
        for at, is_small in enumerate(small):
            assert not is_small or len({way[at] for way in ways}) > 1, (totals, group)


@settings(max_examples=200)
@given(rows=matrices)
def test_hidden_cells_hide_whole_circles(rows: list[list[int]]) -> None:
    """Where something is hidden, at least two cells of its row and of its column are."""
    public = public_table(table(*rows))
    assume(public is not None)
    assert public is not None
    for line in (*(row.counts for row in public.rows), *zip(*(row.counts for row in public.rows), strict=True)):
        assert line.count(None) != 1


def test_two_tables_with_the_same_columns_show_the_same_totals() -> None:
    states, ages = public_table(table((7, 8, 1), (9, 6, 1))), public_table(table((1, 1, 1), (15, 13, 1)))
    assert states is not None
    assert ages is not None
    assert states.columns == ages.columns == (("c0", "C0"), ("c1+c2", "C1, C2"))
    assert states.foot == ages.foot


@pytest.mark.parametrize(
    ("rows", "public"),
    [
        ([(20, 30), (15, 9)], [[20, 30, 50], [15, 9, 24], [35, 39, 74]]),
        ([(20, 3), (15, 9)], [[None, None, 23], [None, None, 24], [35, 12, 47]]),
        ([(20, 0), (15, 9)], [[20, 0, 20], [15, 9, 24], [35, 9, 44]]),
        ([(20, 9), (1, 1), (2, 0)], [[23, 10, 33], [23, 10, 33]]),
        ([(20, 9), (0, 0)], [[20, 9, 29], [0, 0, 0], [20, 9, 29]]),
        ([(7,), (2,), (4,)], [[7, 7], [6, 6], [13, 13]]),
    ],
)
def test_tables_as_the_public_sees_them(rows: list[tuple[int, ...]], public: list[list[int | None]]) -> None:
    assert shown(public_table(table(*rows))) == public


def test_many_lines_put_together_are_counted_and_not_named() -> None:
    public = public_table(table((9,), (2,), (2,), (2,), (2,)))
    assert public is not None
    assert [row.label for row in public.rows] == ["R0", "4 others together"]


@pytest.mark.parametrize("rows", [[(1, 2)], [(0,)], [(4,), (0,)]])
def test_too_few_people_show_nothing(rows: list[tuple[int, ...]]) -> None:
    assert public_table(table(*rows)) is None


def test_tables_for_officers_alone_are_never_public() -> None:
    assert public_table(table((20, 30), public=False)) is None


def test_hiding_takes_the_cheapest_circle() -> None:
    assert hidden_cells([[20, 3, 9], [15, 9, 90], [8, 6, 70]]) == {(0, 0), (0, 1), (2, 0), (2, 1)}
