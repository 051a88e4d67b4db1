"""The database server of one test run: embedded, without fsync, started from a copy of a cluster that is already migrated."""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import psycopg2

from embedded.errors import Refused
from embedded.places import PROJECT, Places
from embedded.postgres import Postgres

ROOT = PROJECT / "var" / "test"
TEMPLATE, NETWORK = "template_portal", "template_network"  # migrated and empty; the same with the network's data
# What decides how an empty migrated database looks.
MIGRATED_FROM = (
    "*/migrations/*.py",
    "history/*.py",
    "typed_records/*.py",
    "records/mirror_states.py",
    "search/track_search.py",
    "eabrn_portal/settings.py",
    "requirements-dev.txt",
)
# And what decides what is in it once the data are loaded: the files, and the code of loading, records and search.
LOADED_BY = re.compile(
    r"data/.*\.\w+|(typed_records|network|history|records?|record_import|search)/.*\.py|.*/\w*(load|model|sheet)\w*(/.*)?\.py"
)
NOT_LOOKED_AT = {"tests", "var", "static", "templates", "locale", "docs", "tools"}
FIRST_CHANGE = 1_000_000_000  # number of the first change in the database with data, never reached in the empty one


def _key(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.relative_to(PROJECT)}\n".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def migrations_key() -> str:
    return _key(path for pattern in MIGRATED_FROM for path in PROJECT.glob(pattern))


def network_key() -> str:
    folders = [
        one for one in PROJECT.iterdir() if one.is_dir() and one.name[0] != "." and one.name not in NOT_LOOKED_AT
    ]
    paths = [path for folder in folders for path in folder.rglob("*.*") if path.is_file()]
    return _key(path for path in paths if LOADED_BY.fullmatch(path.relative_to(PROJECT).as_posix()))


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


def _sql(server: Postgres, database: str, *statements: str) -> None:
    with contextlib.closing(psycopg2.connect(server.url(database))) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)


def _manage(server: Postgres, database: str, *arguments: str) -> None:
    env = {
        **os.environ,
        "EABRN_TESTING": "1",
        "DATABASE_URL": server.url(database),
        "EABRN_VAR": str(server.places.var),
    }
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=PROJECT, env=env, check=True)


def _make_template(place: Path) -> None:
    unfinished = place.with_suffix(".new")
    _remove(unfinished)
    server = _server(unfinished).start()
    try:
        _sql(server, "postgres", f"CREATE DATABASE {TEMPLATE}")
        _manage(server, TEMPLATE, "migrate", "--noinput", "-v0")
    finally:
        server.child.stop()
    unfinished.rename(place)


def _bring_in_the_network(place: Path) -> None:
    """The second template, made anew where the data or what loads them have changed. Its changes have numbers of their own:
    a process that uses both databases keeps tables in memory by that number."""
    made_from, key = place / "network-key", network_key()
    if made_from.exists() and made_from.read_text() == key:
        return
    made_from.unlink(missing_ok=True)
    server = _server(place).start()
    try:
        _sql(server, "postgres", f"DROP DATABASE IF EXISTS {NETWORK}", f"CREATE DATABASE {NETWORK} TEMPLATE {TEMPLATE}")
        _sql(server, NETWORK, f"ALTER SEQUENCE history_change_id_seq RESTART {FIRST_CHANGE}")
        _manage(server, NETWORK, "load_network_data", "-v0")
        _sql(server, NETWORK, "VACUUM ANALYZE")
    finally:
        server.child.stop()
    made_from.write_text(key)


def _remove(place: Path) -> None:
    if place.exists():
        _server(place).destroy()
        shutil.rmtree(place, ignore_errors=True)


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
                _remove(place)

    def start(self) -> None:
        with _alone():
            template = ROOT / f"template-{migrations_key()}"
            for old in ROOT.glob("template-*"):
                if old != template:
                    _remove(old)
            if not template.exists():
                _make_template(template)
            _bring_in_the_network(template)
            source = _server(template).data
            shutil.copytree(source, self.server.data, symlinks=True, ignore=shutil.ignore_patterns("postmaster.*"))
            self.server.take_over()
        self.server.start()

    def end(self) -> None:
        self.server.destroy()
        self._held.close()
        shutil.rmtree(self.place, ignore_errors=True)
