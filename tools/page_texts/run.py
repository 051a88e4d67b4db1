"""One run: the database filled, everything read, everything written."""

import sys
from collections.abc import Collection
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from . import names  # noqa: E402
from .filling import Cast, fill  # noqa: E402
from .ground import Clock  # noqa: E402
from .walking import Walker  # noqa: E402


def prepared(clock: Clock, *, shift_keys: bool = False) -> Cast:
    """An empty database brought to where everything can be read."""
    call_command("migrate", interactive=False, verbosity=0)
    if shift_keys:
        _shift_keys()
    cast = fill(clock)
    _same_times()
    return cast


def write(folder: Path, clock: Clock, *, shift_keys: bool = False, only: Collection[str] = ()) -> int:
    cast = prepared(clock, shift_keys=shift_keys)
    return Walker(folder, clock, cast, only).walk()


def _shift_keys() -> None:
    """Each table counts from somewhere else."""
    with connection.cursor() as cursor:
        for number, model in enumerate(names.ours()):
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', model._meta.pk.column]
            )
            (sequence,) = cursor.fetchone()
            if sequence:
                cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {1000 + 137 * number}")


def _same_times() -> None:
    """The history is written by the database, whose clock goes on: one moment for all, in the order in which it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE history_change SET at = '2026-11-09 09:30+00'::timestamptz + (key_order.n || ' microseconds')::interval"
            " FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM history_change) AS key_order WHERE key_order.id = history_change.id"
        )
        cursor.execute("ANALYZE")


def told(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
