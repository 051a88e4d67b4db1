"""The database server of one test run: embedded, without fsync, started from a copy of a cluster that is already migrated."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from embedded.errors import Refused
from embedded.places import PROJECT, Places
from embedded.postgres import Postgres

ROOT = PROJECT / "var" / "test"
TEMPLATE = "template_portal"
# What decides how an empty migrated database looks.
MIGRATED_FROM = ("*/migrations/*.py", "history/*.py", "eabrn_portal/settings.py", "requirements-dev.txt")


def migrations_key() -> str:
    total = hashlib.sha256()
    for pattern in MIGRATED_FROM:
        for path in sorted(PROJECT.glob(pattern)):
            total.update(f"{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return total.hexdigest()[:16]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One test run at a time makes, copies or removes clusters."""
    ROOT.mkdir(parents=True, exist_ok=True)
    with (ROOT / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _server(place: Path, *, durable: bool = False) -> Postgres:
    places = Places(place)
    places.make()
    return Postgres(places, durable=durable)


def _make_template(place: Path) -> None:
    unfinished = place.with_suffix(".new")
    if unfinished.exists():
        _server(unfinished).destroy()
        shutil.rmtree(unfinished)
    server = _server(unfinished).start()
    try:
        connection = psycopg2.connect(server.url())
        connection.autocommit = True
        connection.cursor().execute(f"CREATE DATABASE {TEMPLATE}")
        connection.close()
        env = {**os.environ, "EABRN_TESTING": "1", "DATABASE_URL": server.url(TEMPLATE), "EABRN_VAR": str(unfinished)}
        subprocess.run([sys.executable, "manage.py", "migrate", "--noinput", "-v0"], cwd=PROJECT, env=env, check=True)
    finally:
        server.child.stop()
    unfinished.rename(place)


class TestRun:
    """A directory under var/test of its own for each run: runs from several shells never meet."""

    __test__ = False

    def __init__(self, *, durable: bool = False) -> None:
        """`durable`: what it has confirmed outlives the server's death, as in production."""
        self._held = contextlib.ExitStack()
        with _alone():
            self._clear_dead_runs()
            self.place = ROOT / f"run-{secrets.token_hex(4)}"
            self.server = _server(self.place, durable=durable)
            self._held.enter_context(self.server.places.locked("tests"))
        (self.place / "static").mkdir()

    @staticmethod
    def _clear_dead_runs() -> None:
        for place in ROOT.glob("run-*"):
            with contextlib.suppress(Refused), Places(place).locked("clearing"):  # a living run holds its lock
                _server(place).destroy()
                shutil.rmtree(place, ignore_errors=True)

    def start(self) -> None:
        with _alone():
            template = ROOT / f"template-{migrations_key()}"
            for old in ROOT.glob("template-*"):
                if old != template:
                    _server(old).destroy()
                    shutil.rmtree(old, ignore_errors=True)
            if not template.exists():
                _make_template(template)
            source = _server(template).data
            shutil.copytree(source, self.server.data, symlinks=True, ignore=shutil.ignore_patterns("postmaster.*"))
            self.server.take_over()
        self.server.start()

    def end(self) -> None:
        self.server.destroy()
        self._held.close()
        shutil.rmtree(self.place, ignore_errors=True)
