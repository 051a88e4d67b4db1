"""Points as whole numbers, each after the first as the difference from the one before: short, and exact enough."""

from collections.abc import Iterable, Sequence

Row = list[int]


def deltas(lines: Iterable[Iterable[Sequence[float]]], unit: float, *, y_down: bool = False) -> list[Row]:
    """One row of x0, y0, dx, dy, ... in whole units for each line. Lines that shrink to a point are left out."""
    rows = []
    for line in lines:
        row: Row = []
        last: tuple[int, int] | None = None
        for x, y, *_ in line:
            here = round(x / unit), round((-y if y_down else y) / unit)
            if last is None:
                row += here
            elif here != last:
                row += [here[0] - last[0], here[1] - last[1]]
            last = here
        if len(row) >= 4:
            rows.append(row)
    return rows


def path_data(rows: Iterable[Row], *, close: bool) -> str:
    """SVG path data: a minus sign parts two numbers as well as a space does."""
    parts = []
    for x, y, *moves in rows:
        written = "".join(f"{'' if not place or move < 0 else ' '}{move}" for place, move in enumerate(moves))
        parts.append(f"M{x} {y}l{written}{'z' if close else ''}")
    return "".join(parts)
