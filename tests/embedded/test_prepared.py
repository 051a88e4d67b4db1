import shutil
from pathlib import Path

import pytest

from embedded.postgres import Postgres
from embedded.prepared import Prepared, fingerprints

from .conftest import ask


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "network/models.py": "a",
        "network/migrations/0001_initial.py": "b",
        "data/reserves.csv": "c",
        "static/css/tokens.css": "d",
        "requirements.txt": "e",
        "var/log/web.log": "f",
        "tests/test_x.py": "g",
        ".git/HEAD": "h",
        "network/__pycache__/models.pyc": "i",
        "README.md": "j",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "database", "static"),
    [
        ("network/models.py", True, False),
        ("network/migrations/0001_initial.py", True, False),
        ("data/reserves.csv", True, False),
        ("data/new.csv", True, False),
        ("static/css/tokens.css", True, True),
        ("requirements.txt", True, True),
        ("var/log/web.log", False, False),
        ("elsewhere/run/log", False, False),
        ("tests/test_x.py", False, False),
        (".git/HEAD", False, False),
        ("network/__pycache__/models.pyc", False, False),
    ],
)
def test_fingerprints_change_with_what_a_start_depends_on(
    project: Path, name: str, database: bool, static: bool
) -> None:
    (project / "elsewhere").mkdir()
    before = fingerprints(project / "elsewhere", project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("changed")
    after = fingerprints(project / "elsewhere", project)
    assert (before[0] != after[0], before[1] != after[1]) == (database, static)


def test_moving_content_between_files_is_a_change(project: Path) -> None:
    before = fingerprints(project / "var", project)
    (project / "data/reserves.csv").rename(project / "data/geoparks.csv")
    assert fingerprints(project / "var", project)[0] != before[0]


@pytest.fixture
def postgres(shared: Postgres) -> Postgres:
    ask(shared, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    ask(shared, "CREATE TABLE django_migrations (n int); CREATE TABLE django_content_type (n int)")
    return shared


def test_database_is_prepared_once_marked(postgres: Postgres) -> None:
    prepared = Prepared(postgres.places, postgres.url())
    assert prepared.database() is False
    prepared.mark(database=True)
    assert Prepared(postgres.places, postgres.url()).database() is True


@pytest.mark.parametrize(
    "accident",
    [
        "TRUNCATE django_content_type",  # what manage.py flush does
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        "DROP TABLE django_migrations",
    ],
)
def test_wiped_database_is_never_taken_as_prepared(postgres: Postgres, accident: str) -> None:
    prepared = Prepared(postgres.places, postgres.url())
    prepared.mark(database=True)
    ask(postgres, accident)
    assert prepared.database() is False


def test_other_code_is_not_prepared(postgres: Postgres) -> None:
    prepared = Prepared(postgres.places, postgres.url())
    prepared.mark(database=True)
    prepared.fingerprint = "of other code"
    assert prepared.database() is False


def test_marking_static_files_says_nothing_about_the_database(postgres: Postgres) -> None:
    prepared = Prepared(postgres.places, postgres.url())
    prepared.mark(database=False)
    assert prepared.database() is False


def test_static_files_that_are_gone_are_not_prepared(postgres: Postgres) -> None:
    prepared = Prepared(postgres.places, postgres.url())
    static = postgres.places.var / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text("{}")
    (postgres.places.var / "static.prepared").unlink(missing_ok=True)
    assert prepared.static() is False
    prepared.mark(database=False)
    assert prepared.static() is True
    shutil.rmtree(static)
    assert prepared.static() is False
