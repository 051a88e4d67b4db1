"""Knows whether tables, first data and static files are already those of this code, so that a second start takes seconds.

The mark stands in the embedded database itself, as a comment on Django's table of migrations together with the file number of
another of its tables: it vanishes with the database, with the schema, and at `manage.py flush`.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from .places import PROJECT, Places

NOT_PART = {"__pycache__", "node_modules", "tests", "docs", "var"}
DECIDES_STATIC = {"settings.py", "requirements.txt"}
MARK = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class'), pg_relation_filenode(to_regclass('django_content_type'))"


def _files(folder: Path, var: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in NOT_PART and path != var:
                yield from _files(path, var)
        elif entry.is_file() and not entry.name.endswith((".pyc", ".mo")):
            yield path


def fingerprints(var: Path, project: Path = PROJECT) -> tuple[str, str]:
    """Of all files that can change the database (code, data, lock file), and of those that can change the static files."""
    everything, static = hashlib.sha256(), hashlib.sha256()
    for path in _files(project, var):
        name = path.relative_to(project)
        line = f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        everything.update(line)
        if "static" in name.parts or path.name in DECIDES_STATIC:
            static.update(line)
    return everything.hexdigest(), static.hexdigest()


class Prepared:
    def __init__(self, places: Places, database_url: str) -> None:
        self.places = places
        self.database_url = database_url
        self.fingerprint, self.static_fingerprint = fingerprints(places.var)
        self._static_mark = places.var / "static.prepared"

    def static(self) -> bool:
        return (
            self._static_mark.exists()
            and self._static_mark.read_text().strip() == self.static_fingerprint
            and (self.places.var / "static" / "staticfiles.json").exists()
        )

    def _read(self) -> tuple[str | None, int | None]:
        connection = psycopg2.connect(self.database_url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(MARK)
                comment, file_number = cursor.fetchone() or (None, None)
        finally:
            connection.close()
        return comment, file_number

    def database(self) -> bool:
        comment, file_number = self._read()
        return file_number is not None and comment == f"prepared {self.fingerprint} {file_number}"

    def mark(self, *, database: bool) -> None:
        self.places.keep(self._static_mark.name, self.static_fingerprint)
        if database:
            connection = psycopg2.connect(self.database_url)
            try:
                with connection, connection.cursor() as cursor:
                    cursor.execute(MARK)
                    _comment, file_number = cursor.fetchone() or (None, None)
                    cursor.execute(
                        "COMMENT ON TABLE django_migrations IS %s", [f"prepared {self.fingerprint} {file_number}"]
                    )
            finally:
                connection.close()
