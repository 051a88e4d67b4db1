"""Empty clusters for the tests of the embedded servers, copied from one that is made once."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from embedded.places import Places
from embedded.postgres import Postgres

Cluster = Callable[..., Postgres]


def ask(server: Postgres, statement: str) -> list[tuple]:
    connection = psycopg2.connect(server.url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def server_in(var: Path, *, durable: bool = False) -> Postgres:
    places = Places(var)
    places.make()
    return Postgres(places, durable=durable)


def open_folder() -> Path:
    """One that other users can pass, unlike pytest's: otherwise root would copy Postgres itself for every cluster."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-test-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def pristine() -> Iterator[Path]:
    folder = open_folder()
    server = server_in(folder / "var").start()
    server.child.stop()
    yield server.data
    server.destroy()
    shutil.rmtree(folder)


@pytest.fixture
def folder() -> Iterator[Path]:
    made = open_folder()
    yield made
    shutil.rmtree(made)


@pytest.fixture
def cluster(pristine: Path, folder: Path) -> Iterator[Cluster]:
    """cluster() makes a server on a copy of an empty cluster, not started; all are removed in the end."""
    made: list[Postgres] = []

    def make(name: str = "var", *, durable: bool = False) -> Postgres:
        server = server_in(folder / name, durable=durable)
        made.append(server)
        if not server.data.exists():
            shutil.copytree(pristine, server.data, symlinks=True)
            server.take_over()
        return server

    yield make
    for server in made:
        server.destroy()


@pytest.fixture
def postgres(cluster: Cluster) -> Postgres:
    """A running server of this test alone, to be stopped and hurt."""
    return cluster().start()


@pytest.fixture(scope="module")
def shared(pristine: Path) -> Iterator[Postgres]:
    """A running server for tests that only ask it things."""
    folder = open_folder()
    server = server_in(folder / "var")
    shutil.copytree(pristine, server.data, symlinks=True)
    server.take_over()
    yield server.start()
    server.destroy()
    shutil.rmtree(folder)
