"""Search entries follow the records, whoever writes them, and the database's indexes serve the search."""

import threading
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from accounts.models import User
from designated_sites.models import SiteName
from network.models import Partner
from reserves.models import BiosphereReserve
from search import index as search_index
from search.models import SearchEntry, StaleSearch
from tests.admin.pages import send
from tests.factories import BiosphereReserveFactory, EventFactory, GeoparkFactory, PartnerFactory
from tests.waiting import HANGING

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return sorted(SearchEntry.objects.public().matching(query).values_list("name", flat=True))


def test_new_record_is_stale_until_it_is_refreshed() -> None:
    PartnerFactory(name="Institute of Botany", local_name="植物研究所")
    assert found("botany") == []
    assert search_index.refresh() == 1
    assert found("botany") == ["", "Institute of Botany"]
    assert found("植物") == ["", "植物研究所"]
    assert search_index.refresh() == 0


def test_names_of_a_site_are_found_and_forgotten_with_their_rows() -> None:
    reserve = BiosphereReserveFactory(name="Khuvsgul Lake")
    reserve.names.create(name="Хөвсгөл", kind="local", language="mn")
    search_index.refresh()
    entry = SearchEntry.objects.get(name="Хөвсгөл")
    assert (entry.label, entry.object_id, entry.place) == ("reserves.biospherereserve", str(reserve.pk), 1)
    assert (entry.kind, entry.language, entry.key) == ("local", "mn", "ховсгол")
    reserve.names.all().delete()
    search_index.refresh()
    assert found("Хөвсгөл") == []


def update() -> None:
    BiosphereReserve.objects.update(name="Renamed")


def raw_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE designated_sites_designatedsite SET name = 'Renamed'")


def bulk_names() -> None:
    SiteName.objects.bulk_create([SiteName(site=BiosphereReserve.objects.get(), name="Renamed", kind="alias")])


@pytest.mark.parametrize("write", [update, raw_sql, bulk_names])
def test_whoever_writes_the_change_is_found(write: Any) -> None:
    BiosphereReserveFactory(name="Former")
    search_index.refresh()
    write()
    assert search_index.refresh() == 1
    assert "Renamed" in found("renamed")


def test_name_that_moves_to_another_site_makes_both_stale() -> None:
    one, other = BiosphereReserveFactory(name="One"), BiosphereReserveFactory(name="Other")
    name = one.names.create(name="Wanderer")
    search_index.refresh()
    name.site = other
    name.save()
    assert search_index.refresh() == 2
    assert SearchEntry.objects.get(name="Wanderer").object_id == str(other.pk)


def test_deleted_record_is_forgotten() -> None:
    PartnerFactory(name="Institute")
    search_index.refresh()
    Partner.objects.all().delete()
    search_index.refresh()
    assert SearchEntry.objects.count() == 0


def test_what_is_not_public_is_found_by_staff_only() -> None:
    PartnerFactory(name="Hidden Institute", published=False)
    EventFactory(title="Hidden Draft", status="draft")
    search_index.refresh()
    assert found("hidden") == []
    assert SearchEntry.objects.matching("hidden draft").exists()
    assert Partner.objects.matching("hidden").count() == 1
    Partner.objects.update(published=True)
    search_index.refresh()
    assert "Hidden Institute" in found("hidden")


def test_words_of_a_query_may_stand_in_name_and_text() -> None:
    BiosphereReserveFactory(name="Wolong", summary="Home of the giant panda in Sichuan.")
    search_index.refresh()
    assert found("wolong panda") == [""]
    assert BiosphereReserve.objects.matching("wolong panda").count() == 1
    assert BiosphereReserve.objects.matching("wolong tiger").count() == 0


def test_one_entry_holds_all_that_the_names_of_a_record_are_found_by() -> None:
    """By which a list of thousands of sites finds its words in a third of the entries."""
    names = ["Хөвсгөл нуур", "库苏古尔湖", "フブスグル湖", "Khövsgöl Nuur", "Aya-Uvs (north)", "x", "제주도"]
    reserve = BiosphereReserveFactory(name="Khuvsgul Lake", summary="库苏 古尔")
    BiosphereReserveFactory(name="Gul Lake", summary="古尔湖库苏")
    for name in names:
        reserve.names.create(name=name)
    search_index.refresh()
    for query in [*names, "khuvs lake", "khuvsgullake", "苏古", "ayauvs", "hovsgol"]:
        every, whole = (
            set(entries.matching(query).values_list("object_id", flat=True))
            for entries in (SearchEntry.objects.all(), SearchEntry.objects.whole())
        )
        assert every == whole == {str(reserve.pk)}, query


def test_keys_come_by_label_one_text_for_each() -> None:
    reserves = {BiosphereReserveFactory(name=f"Lake {number}").pk for number in range(12)}
    geopark, partner = GeoparkFactory(name="Lake"), PartnerFactory(name="Lake")
    search_index.refresh()
    found = (
        SearchEntry.objects.whole().matching("lake").keys_by_label(["reserves.biospherereserve", "geoparks.geopark"])
    )
    assert {label: sorted(keys) for label, keys in found.items()} == {
        "reserves.biospherereserve": sorted(reserves),
        "geoparks.geopark": [geopark.pk],
    }
    partners = SearchEntry.objects.whole().matching("lake").keys_by_label(["network.partner"])
    assert partners == {"network.partner": [partner.pk]}
    assert SearchEntry.objects.whole().matching("--").keys_by_label(["network.partner"]) == {}


def test_query_without_letters_finds_nothing_and_no_query_everything() -> None:
    BiosphereReserveFactory()
    search_index.refresh()
    assert BiosphereReserve.objects.matching("--").count() == 0
    assert BiosphereReserve.objects.matching("  ").count() == 1


def test_rebuild_writes_the_same_as_refresh() -> None:
    reserve = BiosphereReserveFactory(name="Khuvsgul Lake", summary="Deep.")
    reserve.names.create(name="Хөвсгөл", kind="local", language="mn")
    PartnerFactory(name="Institute")
    search_index.refresh()
    columns = ("label", "object_id", "place", "name", "kind", "language", "key", "words", "near", "public")
    before = sorted(SearchEntry.objects.values_list(*columns))
    assert search_index.rebuild() >= 2
    assert sorted(SearchEntry.objects.values_list(*columns)) == before
    assert StaleSearch.objects.count() == 0


def test_request_that_writes_is_found_by_the_next_search(officer_client: Client) -> None:
    partner = PartnerFactory(name="Institute", kind=Partner.Kind.ACADEMIA)
    assert send(officer_client, partner, name_en="Academy of Lakes").status_code == 302
    assert "Academy of Lakes" in found("academy")


def test_fault_of_the_search_does_not_undo_an_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail() -> int:
        raise OperationalError("deadlock detected")

    PartnerFactory()  # something to bring in step
    monkeypatch.setattr(search_index, "refresh", fail)
    sent = {"email": "ranger@example.org", "password1": "correct-horse-battery", "password2": "correct-horse-battery"}
    assert client.post("/accounts/signup/", sent).status_code == 302
    assert User.objects.filter(email="ranger@example.org").exists()
    assert "The search could not be brought in step" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_work_write_each_entry_once() -> None:
    for number in range(30):
        PartnerFactory(name=f"Institute {number}")
    failures: list[Exception] = []

    def work() -> None:
        try:
            search_index.refresh()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    search_index.refresh()
    assert failures == []
    assert SearchEntry.objects.filter(place=SearchEntry.Place.OWN).count() == 30


def plan(sql: str, parameters: list[Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_indexes_serve_words_beginnings_and_typing_errors() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO search_searchentry (label, object_id, place, public, name, kind, language, key, words, near)
            SELECT 'x.y', n::text, 0, true, 'name ' || md5(n::text), '', '', 'name' || md5(n::text),
              ('''name'':1 ''' || md5(n::text) || ''':2')::tsvector, ARRAY[hashtext(md5(n::text))]
            FROM generate_series(1, 20000) n
        """)
        cursor.execute("ANALYZE search_searchentry")
        for queryset in (
            SearchEntry.objects.matching("c4ca4238a0b923820dcc509a6f75849b"),
            SearchEntry.objects.matching("c4ca42"),
            SearchEntry.objects.near("khuvsgul"),
        ):
            sql, parameters = queryset.query.sql_with_params()
            assert "Bitmap Index Scan on search_entry_" in plan(sql, list(parameters))
