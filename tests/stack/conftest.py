"""Places where a portal can stand: one that every user can reach and one below a closed directory."""

import contextlib
import fcntl
import getpass
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from embedded.places import Places
from embedded.postgres import Postgres
from tests.conftest import GIVEN

from .portal import FirstStart, Portal


def _portal_in(folder: Path) -> Iterator[Portal]:
    portal = Portal(folder / "var")
    yield portal
    _end(portal)
    portal.wipe()
    shutil.rmtree(folder, ignore_errors=True)


def _end(portal: Portal) -> None:
    if portal.is_running:
        portal.kill(portal.processes())


def _lend(static: Path, var: Path) -> None:
    """Static files of one portal for another: to compress them takes longer than everything else."""
    if static.exists():
        var.mkdir(exist_ok=True)
        shutil.copytree(static, var, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def _static() -> Path:
    """Where the first portal of a run leaves its static files for those of the other process."""
    return Path(os.environ["EABRN_TEST_RUN"]) / "static-of-stack"


@pytest.fixture(scope="session")
def first_start(_static: Path) -> Iterator[FirstStart]:
    """What was seen of the first start of this process's portal, which then stands still."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-stack-"))
    folder.chmod(0o755)
    standing = _portal_in(folder)
    portal = next(standing)
    with _static.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would only wait for each other's turn
        _lend(_static, portal.var)
        portal.start().ready()
        if not _static.exists():
            unfinished = _static.with_suffix(".new")
            shutil.copytree(portal.var / "static", unfinished / "static")
            shutil.copy2(portal.var / "static.prepared", unfinished)
            unfinished.rename(_static)
    yield FirstStart.watched(portal)
    next(standing, None)


@pytest.fixture
def portal(first_start: FirstStart) -> Iterator[Portal]:
    """A portal that has been started before, and stands still: started and stopped again and again."""
    portal = first_start.portal
    if portal.is_running:
        assert portal.stop() == 0
    yield portal
    _end(portal)  # a test that failed half-way must not fail the ones after it


@pytest.fixture
def running(first_start: FirstStart) -> Portal:
    """The same for tests that only visit it: it runs, and goes on running for the next of them."""
    portal = first_start.portal
    return portal if portal.is_running else portal.start().ready()


@pytest.fixture
def lend_static_files(first_start: FirstStart, _static: Path) -> Callable[[Path], None]:
    """Copies the first portal's static files to another var/."""
    return lambda var: _lend(_static, var)


@pytest.fixture
def closed_portal() -> Iterator[Portal]:
    """Below a directory that only its owner may enter, with a name no socket address can hold."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-stack-"))
    (folder / "a clone's place é").mkdir(mode=0o700)
    folder.chmod(0o700)
    yield from _portal_in(folder / "a clone's place é")
    shutil.rmtree(folder, ignore_errors=True)


def local_server() -> str | None:
    """The server of DATABASE_URL, else one on this machine's standard port that lets us in."""
    url = GIVEN["DATABASE_URL"] or f"postgres://{getpass.getuser()}@127.0.0.1:5432/postgres"
    with contextlib.suppress(psycopg2.OperationalError):
        psycopg2.connect(url, dbname="postgres", connect_timeout=3).close()
        return urlsplit(url)._replace(path="/postgres").geturl()
    return None


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """An empty database of a server that is not the portal's own."""
    own = None
    server = local_server()
    if server is None:
        places = Places(tmp_path / "server")
        places.make()
        own = Postgres(places).start()
        server = own.url("postgres")
    name = f"eabrn_stack_{secrets.token_hex(4)}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    connection.cursor().execute(f"DROP DATABASE {name} (FORCE)")
    connection.close()
    if own:
        own.destroy()
