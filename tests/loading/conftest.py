"""The network's data, loaded once for this package; each test stands in a savepoint of its own."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from directory.loading import Result, load

DATA = Path(settings.BASE_DIR) / "data"
Edit = Callable[..., Path]


@pytest.fixture(scope="package")
def _first_run(django_db_setup: None, django_db_blocker: Any) -> Iterator[Result]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(DATA)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_first_run: Result) -> Iterator[Result]:
    """The result of the first run; what the test writes is undone."""
    with transaction.atomic():
        yield _first_run
        transaction.set_rollback(True)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the data files that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def line_of(directory: Path, file: str, key: str) -> int:
    """The line on which the row of a key begins; no cell of ours holds a line break."""
    lines = (directory / file).read_text(encoding="utf-8").splitlines()
    return 1 + next(number for number, line in enumerate(lines) if line.startswith(f"{key},"))


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
