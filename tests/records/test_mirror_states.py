"""`state_codes` says what the relation to member states says, whoever wrote either."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from events.models import Event
from geoparks.models import Geopark
from network.models import Partner
from reserves.models import BiosphereReserve
from tests.factories import (
    BiosphereReserveFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    TrainingFactory,
)
from trainings.models import Training
from typed_records.bulk import bulk_create

pytestmark = pytest.mark.django_db
FACTORIES = {
    Partner: PartnerFactory,
    BiosphereReserve: BiosphereReserveFactory,
    Geopark: GeoparkFactory,
    Event: EventFactory,
    Training: TrainingFactory,
}


def codes(record: Model) -> list[str]:
    return type(record)._default_manager.values_list("state_codes", flat=True).get(pk=record.pk)


@pytest.fixture(params=FACTORIES, ids=lambda model: model.__name__)
def record(request: pytest.FixtureRequest) -> Any:
    """One of every kind that has member states; it has none yet."""
    for code in ("JP", "KR", "MN", "RU"):
        MemberStateFactory(code=code)
    FACTORIES[request.param](states=["KR"])
    return FACTORIES[request.param](states=[])


def test_relation_is_mirrored_in_the_order_of_the_codes(record: Any) -> None:
    assert codes(record) == []
    record.member_states.add("RU", "JP")
    assert codes(record) == ["JP", "RU"]
    record.member_states.set(["MN", "RU"])
    assert codes(record) == ["MN", "RU"]
    record.member_states.remove("MN")
    assert codes(record) == ["RU"]
    record.member_states.clear()
    assert codes(record) == []


def test_raw_sql_and_bulk_are_mirrored(record: Any) -> None:
    field = type(record)._meta.get_field("member_states")
    table, column = field.m2m_db_table(), field.m2m_column_name()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({column}, memberstate_id) VALUES (%s, 'MN')", [record.pk])
        assert codes(record) == ["MN"]
        cursor.execute(f"UPDATE {table} SET memberstate_id = 'JP' WHERE {column} = %s", [record.pk])
        assert codes(record) == ["JP"]
        other = type(record)._default_manager.exclude(pk=record.pk).get()
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [other.pk, record.pk])
    assert (codes(record), codes(other)) == ([], ["JP", "KR"])
    through = field.remote_field.through
    through.objects.bulk_create([through(**{column: record.pk, "memberstate_id": code}) for code in ("RU", "MN")])
    assert codes(record) == ["MN", "RU"]


def test_codes_that_the_relation_does_not_have_are_not_kept(record: Any) -> None:
    record.member_states.add("MN")
    type(record)._default_manager.filter(pk=record.pk).update(state_codes=["RU", "XX"])
    assert codes(record) == ["MN"]
    record.state_codes = ["JP"]
    record.save()
    assert codes(record) == ["MN"]
    record.pk = record.id = None
    record.slug = "copy"
    bulk_create([record])
    assert list(type(record)._default_manager.filter(slug="copy").values_list("state_codes", flat=True)) == [[]]
