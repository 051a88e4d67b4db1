"""Reading and changing data files in tests."""

import csv
from pathlib import Path


def edit(directory: Path, file: str, key: str, **cells: str) -> None:
    """Changes cells of one row."""
    with open(directory / file, encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    [row] = [row for row in rows if row[columns[0]] == key]
    assert set(cells) <= set(columns)
    row.update(cells)
    write(directory / file, columns, rows)


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with open(path, encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        return list(reader.fieldnames or ()), list(reader)
