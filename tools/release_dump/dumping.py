"""The database of a release: filled, looked at table by table, written."""

import lzma
import re
import subprocess
from pathlib import Path
from typing import Any, Final

from tools.page_texts import run  # first: Django is set up there

from django.apps import apps  # isort: skip
from django.db import connection  # isort: skip

from tools.page_texts.ground import Clock

from . import rest

# What only later servers or only psql understand.
NOT_EVERYWHERE: Final = re.compile(
    r"^(\\(un)?restrict .*|SET transaction_timeout = .*|SET default_table_access_method = .*)\n", re.M
)
ROWS: Final = "200"


def fill(clock: Clock) -> None:
    rest.fill(run.prepared(clock))


def tables() -> list[str]:
    """Every table that a model stands behind, relations of many to many too."""
    models = [model for config in apps.get_app_configs() for model in config.get_models(include_auto_created=True)]
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def empty_tables() -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for table in tables():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
            if not cursor.fetchone()[0]:
                found.append(table)
    return found


def write(server: Any, target: Path) -> int:
    """The size of the file, in bytes."""
    connection.close()
    options = ["--no-owner", "--no-privileges", "--inserts", f"--rows-per-insert={ROWS}", "--dbname", server.url()]
    done = subprocess.run([server.program("pg_dump"), *options], capture_output=True, text=True, check=True)
    packed = lzma.compress(NOT_EVERYWHERE.sub("", done.stdout).encode(), preset=9 | lzma.PRESET_EXTREME)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed)
    return len(packed)
