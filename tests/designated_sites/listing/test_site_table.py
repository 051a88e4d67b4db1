"""The table of sites in memory: held while nothing changes, also while somebody writes for long, and never older than the data."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from designated_sites.listing import site_table as tables
from designated_sites.listing.site_table import SiteTable, table_of
from history.versions import data_version
from reserves.filters import RESERVES
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere() -> Iterator[Any]:
    """Another connection to the same database, in a transaction of its own."""
    other = connection.copy()
    other.set_autocommit(False)
    yield other
    other.rollback()
    other.close()


def present() -> SiteTable:
    return table_of(data_version(), RESERVES)


def test_table_is_read_again_after_a_change_that_ends_late(elsewhere: Any) -> None:
    """Its number lies below the latest, which does not rise when it ends."""
    first, second = BiosphereReserveFactory(name="First"), BiosphereReserveFactory(name="Second")
    with elsewhere.cursor() as cursor:
        cursor.execute("UPDATE designated_sites_designatedsite SET name = 'Renamed' WHERE id = %s", [first.pk])
    BiosphereReserve.objects.filter(pk=second.pk).update(area_ha=6)
    before = present()
    assert present() is before  # as long as the other writes
    elsewhere.commit()
    assert [site.name for site in present().sites] == ["Renamed", "Second"]


def test_table_is_held_until_something_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    site = BiosphereReserveFactory(name="First")
    before = present()
    monkeypatch.setattr(tables, "_read", pytest.fail)
    assert present() is before
    monkeypatch.undo()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE designated_sites_designatedsite SET name = 'Renamed' WHERE id = %s", [site.pk])
    assert [site.name for site in present().sites] == ["Renamed"]
