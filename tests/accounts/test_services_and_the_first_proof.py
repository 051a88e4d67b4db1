"""Other services and the first proof of an address, told by a process that has such a service."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests.server import TEMPLATE

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def database_url() -> Iterator[str]:
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"services_{os.getpid()}"
    server = psycopg2.connect(given._replace(path="/postgres").geturl())
    server.autocommit = True
    server.cursor().execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    try:
        yield given._replace(path=f"/{name}").geturl()
    finally:
        server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


@pytest.mark.stack
def test_what_a_service_joined_before_ends_with_the_proof(database_url: str) -> None:
    env = {
        **os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(PROJECT),
        "SOCIAL_PROVIDERS": json.dumps({"dummy": {"client_id": "1", "secret": "2"}}),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.accounts.services_story"], cwd=PROJECT, env=env, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "stranger in before the proof": False,
        "service of the stranger": 1,
        "owner in": True,
        "service after the proof": 0,
        "stranger in after the proof": False,
        "in by a service that vouches": True,
        "person at once": True,
        "in by it again": True,
        "joined by address alone": False,
        "owner of the third in": True,
        "stranger's password": False,
    }
