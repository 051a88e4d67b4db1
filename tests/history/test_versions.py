"""The number of the data: it rises with every write, and says when a write that is still under way may yet appear."""

import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from history.versions import Version, data_version
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, MemberStateFactory

pytestmark = pytest.mark.django_db(transaction=True)
OF_DJANGO = {"context", "cursor_factory"}


@pytest.fixture
def elsewhere() -> Iterator[Any]:
    """Another connection to the same database, in a transaction of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def test_every_way_of_writing_raises_the_number() -> None:
    numbers = [data_version().number]
    reserve = BiosphereReserveFactory()
    numbers.append(data_version().number)
    BiosphereReserve.objects.filter(pk=reserve.pk).update(published=False)
    numbers.append(data_version().number)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE designated_sites_designatedsite SET area_ha = 5 WHERE id = %s", [reserve.pk])
    numbers.append(data_version().number)
    reserve.names.create(name="Аяа")
    numbers.append(data_version().number)
    assert numbers == sorted(set(numbers))
    assert data_version() == Version(numbers[-1])


def test_nothing_is_settled_while_another_writes(elsewhere: Any) -> None:
    """Also where the lower number belongs to the younger transaction, which no snapshot lists as running."""
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    with transaction.atomic():
        MemberStateFactory(code="KZ")  # the older transaction ...
        with elsewhere.cursor() as cursor:
            cursor.execute("UPDATE designated_sites_designatedsite SET area_ha = 5 WHERE id = %s", [first.pk])
        BiosphereReserve.objects.filter(pk=second.pk).update(
            area_ha=6
        )  # ... takes the higher number, and is seen first
    before = data_version()
    elsewhere.commit()
    assert (before.settled, data_version()) == (False, Version(before.number))  # the number is no telling


def test_those_who_write_to_other_databases_do_not_matter_however_young(elsewhere: Any) -> None:
    """Postgres shows a transaction that has once looked at the sessions the same ones to its end."""

    def writer() -> Any:
        wanted = connection.get_connection_params() | {"dbname": "postgres"}
        other = psycopg2.connect(**{name: value for name, value in wanted.items() if name not in OF_DJANGO})
        other.cursor().execute("CREATE TEMPORARY TABLE written (n integer)")
        return other

    with transaction.atomic():
        with contextlib.closing(writer()):
            assert data_version().settled is True
            with contextlib.closing(writer()):
                assert data_version().settled is True
        with elsewhere.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE written (n integer)")
        assert data_version().settled is False


def test_number_of_changes_that_were_undone_never_comes_again() -> None:
    with transaction.atomic():
        BiosphereReserveFactory()
        undone = data_version()
        transaction.set_rollback(True)
    before = data_version().number
    BiosphereReserveFactory()
    assert undone.settled is True
    assert before < undone.number < data_version().number


def test_version_holds_until_one_of_those_who_wrote_then_has_ended(elsewhere: Any) -> None:
    first, second = BiosphereReserveFactory(), BiosphereReserveFactory()
    write = "UPDATE designated_sites_designatedsite SET area_ha = 5 WHERE id = %s"
    with elsewhere.cursor() as cursor:
        cursor.execute(write, [first.pk])  # a long import ...
    BiosphereReserve.objects.filter(pk=second.pk).update(area_ha=6)
    before = data_version()
    third = connection.copy()
    third.set_autocommit(False)
    with third.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE nothing_of_ours AS SELECT 1")
    beside = data_version()
    third.rollback()
    third.close()
    assert before.holds(before)
    assert before.holds(beside)
    assert before.holds(data_version())
    assert not beside.holds(data_version())  # it cannot know that nothing of ours was written
    elsewhere.commit()  # ... ends with a number below the latest
    assert before.number == data_version().number
    assert not before.holds(data_version())
