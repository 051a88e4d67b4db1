"""An import taken back as one act: all its rows as they were, while nobody has touched one since."""

from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from designated_sites.models import SiteName
from history.models import Change
from history.triggers import tracked_tables
from record_import.models import SheetUpload
from reserves.models import BiosphereReserve
from tests.desk.sheet_files import csv_of, do, label, shown, told
from tests.factories import BiosphereReserveFactory, EventFactory

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = [
    ["slug", "name", "member_states", "designation_year", "area_ha", "ecosystem", "names"],
    ["lake", "Great Lake", "MN; RU", "1997", "20.5", "temperate forest", "name: Нуур | kind: local | language: mn"],
    ["basin", "Basin", "RU", "2016", "", "desert", "name: Котловина | kind: local | language: ru"],
]


def rows() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tracked_tables()):
            cursor.execute(f"SELECT (to_jsonb(t) - 'updated_at')::text FROM \"{table}\" t ORDER BY 1")
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def imported(client: Client) -> BiosphereReserve:
    lake = BiosphereReserveFactory(slug="lake", name="Lake", states=["MN"], area_ha="10")
    SiteName.objects.create(site=lake, name="Old name")
    BiosphereReserveFactory(slug="other", states=["RU"])
    shown(client, BiosphereReserve, csv_of(TABLE))
    return lake  # type: ignore[no-any-return]


def undo(client: Client, reason: str = "") -> Any:
    page = reverse("admin:sheet_look", args=[label(BiosphereReserve), SheetUpload.objects.latest("pk").pk])
    return client.post(page, {"undo": "yes", "reason": reason}, follow=True)


def test_all_rows_are_as_they_were(officer_client: Client) -> None:
    lake = imported(officer_client)
    before = rows()
    assert told(do(officer_client, BiosphereReserve)) == ["The sheet was imported."]
    assert rows() != before
    answer = undo(officer_client, reason="The wrong file")
    assert "The import is undone" in told(answer)[0]
    assert rows() == before
    latest = Change.objects.of(lake).latest_first().first()
    assert latest
    assert (latest.reason, latest.actor_id) == ("The wrong file", SheetUpload.objects.get().officer_id)
    assert "This import was undone." in answer.content.decode()
    assert told(undo(officer_client)) == ["The import had been undone already. Nothing was done again."]
    assert rows() == before


def changed_by_hand(lake: BiosphereReserve) -> None:
    BiosphereReserve.objects.filter(pk=lake.pk).update(area_ha="30")


def given_a_name(_lake: models.Model) -> None:
    SiteName.objects.create(site=BiosphereReserve.objects.get(slug="basin"), name="Bowl")


def named_by_an_event(_lake: models.Model) -> None:
    EventFactory().site_links.create(site=BiosphereReserve.objects.get(slug="basin"))


@pytest.mark.parametrize("touch", [changed_by_hand, given_a_name, named_by_an_event])
def test_nothing_is_undone_once_a_row_was_touched(officer_client: Client, touch: Any) -> None:
    lake = imported(officer_client)
    do(officer_client, BiosphereReserve)
    touch(lake)
    after = rows()
    (refused,) = told(undo(officer_client))
    assert "nothing was undone" in refused
    assert rows() == after
    assert "Undo this import" in undo(officer_client).content.decode()
