"""Two to four sites side by side."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> None:
    BiosphereReserveFactory(slug="aya", name="Aya", core_ha=Decimal(7))
    BiosphereReserveFactory(slug="uvs", name="Uvs", states=["MN", "RU"])
    GeoparkFactory(slug="aya", name="Aya Geopark", geological_theme="Karst")
    GeoparkFactory(slug="aso", name="Aso")
    GeoparkFactory(slug="arxan", name="Arxan")
    BiosphereReserveFactory(slug="hidden", name="Hidden", published=False)


def compared(client: Client, *sites: str) -> list[str]:
    response = client.get("/compare/", {"site": sites})
    assert response.status_code == 200
    return [f"{column['entry'].site.kind}:{column['entry'].site.slug}" for column in response.context["columns"]]


def test_sites_stand_in_the_order_of_the_address(client: Client, sites: None) -> None:
    chosen = ["geopark:aya", "reserve:uvs", "reserve:aya", "geopark:aso"]
    assert compared(client, *chosen) == chosen


def test_site_given_twice_stands_once(client: Client, sites: None) -> None:
    assert compared(client, "reserve:aya", "reserve:aya", "", "geopark:aya") == ["reserve:aya", "geopark:aya"]


def test_table_says_what_is_known_and_what_is_not(client: Client, sites: None) -> None:
    text = client.get("/compare/?site=reserve:aya&site=geopark:aya").content.decode()
    assert "<title>Compare sites: Aya, Aya Geopark" in text
    for words in ("7 ha", "not known", "Temperate forest", "Karst", "only reserves have zones"):
        assert words in text


def test_each_site_can_be_taken_away_and_another_added(client: Client, sites: None) -> None:
    text = client.get("/compare/?site=reserve:aya&site=geopark:aya").content.decode()
    assert 'href="?site=geopark:aya"' in text
    assert 'href="?site=reserve:aya"' in text
    assert '<input type="hidden" name="site" value="reserve:aya">' in text
    assert '<option value="geopark:aso">Aso</option>' in text
    assert '<option value="reserve:aya">' not in text
    assert "Hidden" not in text


def test_four_sites_are_the_most(client: Client, sites: None) -> None:
    four = ["reserve:aya", "reserve:uvs", "geopark:aya", "geopark:aso"]
    assert 'name="site"><option value="">' not in client.get("/compare/", {"site": four}).content.decode()
    response = client.get("/compare/", {"site": [*four, "geopark:arxan"]})
    assert response.status_code == 200
    assert response.context["form"].errors == {"site": ["Choose at most 4 sites. 5 were given."]}
    assert response.context["columns"] == []
    assert [name for _value, name in response.context["kept"]] == ["Aya", "Uvs", "Aya Geopark", "Aso"]


def test_nothing_chosen_asks_for_the_first(client: Client, sites: None) -> None:
    text = client.get("/compare/").content.decode()
    assert "First site" in text
    assert "There is a problem" not in text


def test_one_site_asks_for_another(client: Client, sites: None) -> None:
    text = client.get("/compare/?site=reserve:aya").content.decode()
    assert "Compare Aya with" in text
    assert "Choose at least one more site." in text


@pytest.mark.parametrize(
    "wrong", ["reserve:nowhere", "reserve:hidden", "volcano:aya", "aya", "reserve:", "geopark:uvs"]
)
def test_unknown_site_is_refused_in_words_and_the_known_ones_are_kept(client: Client, sites: None, wrong: str) -> None:
    response = client.get("/compare/", {"site": ["reserve:aya", wrong]})
    words = f"Select a valid choice. {wrong} is not one of the available choices."
    assert response.status_code == 200
    assert response.context["form"].errors == {"site": [words]}
    assert response.context["columns"] == []
    assert response.context["kept"] == [("reserve:aya", "Aya")]
    text = response.content.decode()
    assert "<title>Error: Compare sites" in text
    assert text.count(words) == 2


def test_comparison_takes_the_same_queries_for_one_and_for_four(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, sites: None
) -> None:
    with django_assert_num_queries(6):
        client.get("/compare/?site=reserve:aya&site=geopark:aya")
    with django_assert_num_queries(6):
        client.get("/compare/?site=reserve:aya&site=geopark:aya&site=reserve:uvs&site=geopark:aso")


def rows(client: Client, *sites: str) -> list[dict[str, str]]:
    response = client.get("/compare/export.csv", {"site": sites})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeffkind,slug,name,")  # without the mark Excel reads other scripts wrongly
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_comparison_as_csv_holds_the_sites_in_the_order_of_the_address(client: Client, sites: None) -> None:
    chosen = ["geopark:aya", "reserve:uvs", "reserve:aya"]
    found = rows(client, *chosen, "geopark:aya")
    assert [f"{row['kind']}:{row['slug']}" for row in found] == chosen
    assert [row["core_ha"] for row in found] == ["", "", "7"]
    assert [row["geological_theme"] for row in found] == ["Karst", "", ""]
    assert found[1]["member_states"] == "MN; RU"


def test_formula_in_a_compared_name_stays_text(client: Client, sites: None) -> None:
    GeoparkFactory(slug="nasty", name="=1+1")
    assert rows(client, "geopark:nasty", "geopark:aya")[0]["name"] == "'=1+1"


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([], "Sites: Choose at least two sites."),
        (["reserve:aya"], "Sites: Choose at least two sites."),
        (["reserve:aya", "reserve:hidden"], "reserve:hidden is not one of the available choices."),
        (["reserve:aya", "reserve:uvs", "geopark:aya", "geopark:aso", "geopark:arxan"], "Choose at most 4 sites."),
    ],
)
def test_wrong_comparison_as_csv_is_refused_in_words(
    client: Client, sites: None, chosen: list[str], words: str
) -> None:
    response = client.get("/compare/export.csv", {"site": chosen})
    assert response.status_code == 400
    assert words in response.content.decode()


def test_page_offers_its_own_comparison_as_a_file(client: Client, sites: None) -> None:
    text = client.get("/compare/?site=geopark:aya&site=reserve:aya").content.decode()
    assert 'href="/compare/export.csv?site=geopark:aya&amp;site=reserve:aya"' in text
    assert "export.csv" not in client.get("/compare/?site=geopark:aya").content.decode()


def test_unknown_ending_of_a_comparison_is_not_found(client: Client, sites: None) -> None:
    assert client.get("/compare/export.doc?site=geopark:aya&site=reserve:aya").status_code == 404
