"""The test database is what the tests believe it is."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


@pytest.mark.django_db
def test_database_is_a_test_database_with_all_tables() -> None:
    assert connection.settings_dict["NAME"].startswith("test_")
    assert ContentType.objects.filter(app_label="network", model="memberstate").exists()


@pytest.mark.django_db
def test_server_is_postgres_15_or_newer() -> None:
    assert connection.pg_version >= 150000
