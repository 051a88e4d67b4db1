"""Databases of one test process: copied from one that is already migrated, and emptied again after tests in real
transactions."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from .server import TEMPLATE


def on_own_server() -> bool:
    """Whether the server is the embedded one of this run, with its templates; not one we were given."""
    return "EABRN_TEST_TEMPLATE" in os.environ


def use(name: str) -> None:
    """From now on this process, and every thread it starts, works in this database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def on_the_server(statement: str) -> None:
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as server:
        server.autocommit = True
        server.cursor().execute(statement)


@contextlib.contextmanager
def copied(template: str, name: str) -> Iterator[str]:
    """A database of this process that starts as a copy."""
    on_the_server(f'CREATE DATABASE "{name}" TEMPLATE {template}')
    yield name
    on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def instead(name: str) -> Iterator[None]:
    """Another database for a while."""
    before = connection.settings_dict["NAME"]
    use(name)
    yield
    use(before)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The copy is not migrated once more: to find out that there is nothing to do takes longer than the copy."""
    if not on_own_server():
        yield
        return
    creation: Any = connection.creation
    connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE

    def create_test_db(
        verbosity: int = 1, autoclobber: bool = False, serialize: bool = True, keepdb: bool = False
    ) -> str:
        name: str = creation._get_test_db_name()
        creation._create_test_db(verbosity, autoclobber, keepdb)
        use(name)
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "create_test_db", create_test_db)
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A thread of the live server keeps its connection while a browser keeps its own; the database goes all the same."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


# Of a hundred and fifty tables a test fills ten. Django's own way makes all of them anew, and then the rows that an empty
# database has from its migrations: kinds of content and permissions, which stay here. No test makes one of its own.
EMPTY = """
DO $$
DECLARE one text; filled boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', one); END IF;
  END LOOP;
END $$
"""


def empty(_of_test: TransactionTestCase) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
