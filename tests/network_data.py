"""The network's real data for a file of tests, each of which is undone."""

import contextlib
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from .databases import copied, instead, on_own_server
from .server import NETWORK


@pytest.fixture(scope="session")
def _network_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A second database of this process, which holds the data from the start."""
    with django_db_blocker.unblock(), copied(NETWORK, f"{connection.settings_dict['NAME']}_network") as name:
        yield name


@contextlib.contextmanager
def _loaded_here() -> Iterator[None]:
    """On a server that has no such database: loaded, and taken back in the end."""
    with transaction.atomic():
        call_command("load_network_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def network_data(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if on_own_server():
        name = request.getfixturevalue("_network_database")
    else:
        request.getfixturevalue("django_db_setup")
    with contextlib.ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(instead(name) if on_own_server() else _loaded_here())
        yield
        with django_db_blocker.unblock():
            until_the_end.close()


@pytest.fixture
def network_served(transactional_db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The network's data for a test in real transactions: a browser sees them too."""
    if not on_own_server():
        call_command("load_network_data", verbosity=0)
        yield
        return
    with copied(NETWORK, f"{connection.settings_dict['NAME']}_served") as name, instead(name):
        yield
