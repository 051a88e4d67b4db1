"""A database of release 0.2.0, with data in every table, becomes one of today: nothing lost, nothing left as it was.

The dump was written by `python -m tools.release_dump` when the release was made, and is never written anew.
"""

import json
import lzma
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

pytestmark = pytest.mark.sweep

FOLDER = Path(__file__).parent
DUMPS = sorted(FOLDER.glob("release-*.sql.xz"))
# Tables of a release that later ones call otherwise, or no longer have (None): said here when it comes to that.
RENAMED: dict[str, str | None] = {}
# What makes a table what it is, whichever way it came to be.
SCHEMA = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, collation_name, character_maximum_length FROM information_schema.columns"
    " WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND contype <> 'n'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


# A rule that went through a dump is spelled with its casts and brackets elsewhere; it is the same.
SPELLING = re.compile(r"::(?:character varying|text)(?:\[\])?|[() ]")


@dataclass(frozen=True)
class Upgraded:
    url: str
    before: dict[str, int]
    after: dict[str, int]
    pages: dict[str, int]


def rows_of(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg2.connect(url) as session, session.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchall()
    session.close()
    return found


def spelled_alike(rows: Iterable[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {tuple(SPELLING.sub("", part) if isinstance(part, str) else part for part in row) for row in rows}


def counts(url: str) -> dict[str, int]:
    names = [name for (name,) in rows_of(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    return {name: rows_of(url, f'SELECT count(*) FROM "{name}"')[0][0] for name in names}


@contextmanager
def restored(dump: Path) -> Iterator[str]:
    """The address of a database of that release, beside the one of the tests."""
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"upgrade_{dump.name.partition('.sql')[0].removeprefix('release-').replace('.', '_')}_{os.getpid()}"
    server = psycopg2.connect(given._replace(path="/postgres").geturl())
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        url = given._replace(path=f"/{name}").geturl()
        with psycopg2.connect(url) as session, session.cursor() as cursor:
            cursor.execute(lzma.decompress(dump.read_bytes()).decode())
        session.close()
        yield url
    finally:
        server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


@pytest.fixture(scope="module", params=DUMPS, ids=lambda dump: dump.name.partition(".sql")[0])
def upgraded(request: pytest.FixtureRequest) -> Iterator[Upgraded]:
    with restored(request.param) as url:
        before = counts(url)
        done = subprocess.run(
            [sys.executable, "-m", "tests.upgrade.upgrading"], cwd=FOLDER.parents[1], env={**os.environ, "DATABASE_URL": url},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        yield Upgraded(url, before, counts(url), json.loads(done.stdout))


def test_release_had_something_in_every_table(upgraded: Upgraded) -> None:
    assert [name for name, rows in upgraded.before.items() if not rows] == []
    assert len(upgraded.before) > 80


def test_no_row_is_lost(upgraded: Upgraded) -> None:
    kept = {RENAMED.get(name, name): rows for name, rows in upgraded.before.items()}
    # Of these the upgrade itself writes more, or fewer: what is allowed, and what has to be found anew.
    machinery = {
        "django_migrations",
        "auth_permission",
        "django_content_type",
        "search_stalesearch",
        "django_session",
        "usersessions_usersession",
    }
    lost = {
        name: (rows, upgraded.after.get(name)) for name, rows in kept.items()
        if name is not None and name not in machinery and upgraded.after.get(name) != rows
    }  # fmt: skip
    assert lost == {}


def test_every_rule_holds_for_what_was_brought_along(upgraded: Upgraded) -> None:
    with psycopg2.connect(upgraded.url) as session, session.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        assert cursor.fetchall() == []
    session.close()


@pytest.mark.django_db
@pytest.mark.parametrize("what", SCHEMA)
def test_upgraded_database_is_like_a_new_one(upgraded: Upgraded, what: str) -> None:
    """Columns, constraints, indexes, triggers: whoever comes from an earlier release has what the newcomer has."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[what])
        new = spelled_alike(cursor.fetchall())
    assert spelled_alike(rows_of(upgraded.url, SCHEMA[what])) == new
    assert len(new) > 5


def test_pages_of_an_upgraded_portal_answer(upgraded: Upgraded) -> None:
    assert {address: status for address, status in upgraded.pages.items() if status != 200} == {}
    assert len(upgraded.pages) > 30
