"""The public history of a site: facts in words, in the order they came; nobody is named and nothing hidden is told."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Person
from designated_sites.page.public_history import PublicHistory
from geoparks.models import Geopark
from geoparks.site_type import PUBLIC_FACTS as GEOPARK_FACTS
from history.actor import acting
from history.models import Change
from records.formats.date_formatting import HOUSE_ZONE
from reserves.models import BiosphereReserve
from reserves.site_type import PUBLIC_FACTS as FACTS
from tests.factories import BiosphereReserveFactory, MemberStateFactory

SITE = BiosphereReserve(pk=1, name="Aya")
TABLE = "reserves_biospherereserve"
NAMES = "designated_sites_sitename"
ENTERED = "Entered in this directory."


@pytest.fixture
def history() -> PublicHistory:
    history = PublicHistory(SITE, FACTS, {"MN": "Mongolia"})
    history.site._prefetched_objects_cache = {"names": []}
    return history


def change(number: int, old: Any, new: Any, table: str = TABLE, key: str = "1") -> Change:
    """The change of transaction `number`, on that day of May."""
    action = "INSERT" if old is None else "DELETE" if new is None else "UPDATE"
    at = dt.datetime(2026, 5, number, 12, tzinfo=dt.UTC)
    return Change(table_name=table, key=key, action=action, old=old, new=new, at=at, transaction=number)


def told(history: PublicHistory, *changes: Change) -> list[tuple[int, list[str]]]:
    """Day and sentences for changes given the oldest first."""
    return [(entry.at.day, list(map(str, entry.sentences))) for entry in history.entries_of(reversed(changes))]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ({"area_ha": 196465.0}, {"area_ha": 200000.5}, ["Total area changed from 196,465 ha to 200,000.5 ha."]),
        ({"core_ha": None}, {"core_ha": 10.0}, ["Core area: 10 ha recorded."]),
        ({"designation_year": 1997}, {"designation_year": None}, ["Year of designation taken out, it was 1997."]),
        ({"status": "aspiring"}, {"status": "designated"}, ["Status changed from Aspiring to Designated."]),
        ({"ecosystem": "desert"}, {"ecosystem": "tundra"}, ["Ecosystem changed from Desert to Tundra."]),
        ({"latitude": 45.0, "longitude": 100.0}, {"latitude": 46.0, "longitude": 101.0}, ["Point on the map changed."]),
        ({"summary_en": "Old", "summary": "Old"}, {"summary_en": "New", "summary": "New"}, ["Summary changed."]),
        ({"extension_years": []}, {"extension_years": [2016, 2020]}, ["Years of extension: 2016, 2020 recorded."]),
        (
            {"other_designations": ["ramsar"]},
            {"other_designations": ["ramsar", "world_heritage"]},
            ["Other designations changed from Ramsar site to Ramsar site, World Heritage."],
        ),
        ({"name": "A<b>"}, {"name": "C"}, ["Name changed from A&lt;b&gt; to C."]),
        (
            {"confirmed_at": None, "confirmed_by_id": None},
            {"confirmed_at": "2026-05-02T00:00:00+00:00", "confirmed_by_id": 7},
            ["Facts confirmed by the site or its member state."],
        ),
    ],
)
def test_change_of_a_fact_in_words(history: PublicHistory, old: Any, new: Any, sentences: list[str]) -> None:
    assert told(history, change(2, old, new)) == [(2, sentences)]


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [
        ({"confirmed_by_id": None}, {"confirmed_by_id": 7}, TABLE),
        ({"joint_reserve_id": None}, {"joint_reserve_id": 7}, TABLE),
        ({"slug": "a"}, {"slug": "b"}, TABLE),
        (None, {"outcome": "does_not_meet", "site_id": 1}, "reserves_periodicreview"),
    ],
)
def test_what_is_no_public_fact_is_not_told(history: PublicHistory, old: Any, new: Any, table: str) -> None:
    assert told(history, change(2, old, new, table)) == []


def test_first_load_is_one_line_and_later_ones_are_told(history: PublicHistory) -> None:
    first = {"published": True, "area_ha": 5.0, "name": "Aya"}
    assert told(
        history,
        change(1, None, first),
        change(1, None, {"name": "綾", "language": "ja"}, NAMES),
        change(1, None, {"memberstate_id": "MN"}, "designated_sites_designatedsite_member_states"),
        change(3, {"area_ha": 5.0}, {"area_ha": 6.0}),
        change(3, None, {"name": "綾町", "language": "ja"}, NAMES),
        change(4, {"memberstate_id": "MN"}, None, "designated_sites_designatedsite_member_states"),
        change(5, {"name": "綾町", "language": "ja"}, None, NAMES),
        change(6, None, {"alt": "A lake"}, "designated_sites_sitephoto"),
    ) == [
        (6, ["A photo was added."]),
        (5, ['Further name taken out: <span lang="ja">綾町</span>.']),
        (4, ["Member state taken out: Mongolia."]),
        (3, ["Total area changed from 5 ha to 6 ha.", 'Further name added: <span lang="ja">綾町</span>.']),
        (1, [ENTERED]),
    ]


def test_two_changes_of_one_transaction_are_one(history: PublicHistory) -> None:
    there_and_back = [change(2, {"area_ha": 5.0}, {"area_ha": 6.0}), change(2, {"area_ha": 6.0}, {"area_ha": 5.0})]
    assert told(history, *there_and_back) == []
    assert told(history, *there_and_back, change(2, {"area_ha": 5.0}, {"area_ha": 7.0})) == [
        (2, ["Total area changed from 5 ha to 7 ha."])
    ]


def test_what_was_changed_while_hidden_is_not_told(history: PublicHistory) -> None:
    assert told(
        history,
        change(1, None, {"published": True, "area_ha": 5.0}),
        change(2, {"area_ha": 5.0}, {"area_ha": 6.0}),
        change(3, {"published": True, "area_ha": 6.0}, {"published": False, "area_ha": 666.0}),
        change(4, {"area_ha": 666.0}, {"area_ha": 667.0}),
        change(5, {"published": False, "area_ha": 667.0}, {"published": True, "area_ha": 8.0}),
        change(6, {"area_ha": 8.0}, {"area_ha": 9.0}),
    ) == [
        (6, ["Total area changed from 8 ha to 9 ha."]),
        (2, ["Total area changed from 5 ha to 6 ha."]),
        (1, [ENTERED]),
    ]


def test_record_made_hidden_is_entered_when_it_is_published(history: PublicHistory) -> None:
    assert told(
        history,
        change(1, None, {"published": False, "area_ha": 5.0}),
        change(2, {"area_ha": 5.0}, {"area_ha": 6.0}),
        change(3, {"published": False}, {"published": True}),
    ) == [(3, [ENTERED])]


def test_area_of_a_geopark_is_told_in_the_unit_of_its_page() -> None:
    geopark = Geopark(pk=1)
    geopark._prefetched_objects_cache = {"names": []}
    history = PublicHistory(geopark, GEOPARK_FACTS, {})
    moved = change(2, {"area_ha": 63037.0}, {"area_ha": 70000.0}, "geoparks_geopark")
    assert told(history, moved) == [(2, ["Total area changed from 630.37 km² to 700 km²."])]


def test_every_public_column_exists() -> None:
    """A column that is renamed would silently drop out of the history."""
    for model, facts in ((BiosphereReserve, FACTS), (Geopark, GEOPARK_FACTS)):
        assert set(facts) <= {field.column for field in model._meta.concrete_fields}


@pytest.mark.django_db(transaction=True)
def test_page_tells_what_raw_sql_changed_and_names_nobody(client: Client, officer: Person) -> None:
    MemberStateFactory(code="MN")
    with acting(officer.user.pk if officer.user else None, reason="Secret reason"):
        site = BiosphereReserveFactory(slug="aya", name="Aya", area_ha=5)
        site.names.create(name="Аяа", kind="local", language="mn")
    with acting(officer.user.pk if officer.user else None, reason="Secret reason"), connection.cursor() as cursor:
        cursor.execute("UPDATE designated_sites_designatedsite SET area_ha = 6 WHERE id = %s", [site.pk])
    site.reviews.create(year=2020, outcome="does_not_meet")
    text = " ".join(client.get("/reserves/aya/").content.decode().split())
    section = text.split('<section class="section" id="history"')[1].split("</section>")[0]
    assert section.count("<li>") == 2
    assert "<p>Total area changed from 5 ha to 6 ha.</p>" in section
    assert f"<p>{ENTERED}</p>" in section
    day = Change.objects.filter(action="UPDATE", reason="Secret reason").latest("pk").at
    here = day.astimezone(zoneinfo.ZoneInfo(HOUSE_ZONE))  # whose reader nobody knows
    assert f">{here.day} {here:%B %Y}</time>" in section
    assert "Secret reason" not in text
    assert officer.name not in text


@pytest.mark.django_db(transaction=True)
def test_ten_entries_are_the_most(client: Client) -> None:
    site = BiosphereReserveFactory(slug="aya")
    for number in range(1, 13):
        BiosphereReserve.objects.filter(pk=site.pk).update(area_ha=number)
    entries = client.get("/reserves/aya/").context["history"]
    assert len(entries) == 10
    assert str(entries[0].sentences[0]) == "Total area changed from 11 ha to 12 ha."
