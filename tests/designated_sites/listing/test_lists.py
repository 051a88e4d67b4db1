"""The directories of reserves and geoparks: what a filter finds, what it refuses, how many queries it takes."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]

LISTS = {"/reserves/": BiosphereReserveFactory, "/geoparks/": GeoparkFactory, "/sites/": BiosphereReserveFactory}


def found(client: Client, address: str, **query: Any) -> list[str]:
    response = client.get(address, query)
    assert response.status_code == 200
    assert response.context["form"].errors == {}
    return [entry.site.slug for entry in response.context["entries"]]


@pytest.fixture
def four_sites() -> None:
    """The same four in each directory: old and large in Japan, new in Mongolia, shared, and one that is hidden."""
    for factory in (BiosphereReserveFactory, GeoparkFactory):
        factory(
            slug="old", name="Old", states=["JP"], designation_year=1977, area_ha=900,
            other_designations=["world_heritage", "ramsar"],
        )  # fmt: skip
        factory(slug="new", name="New", states=["MN"], designation_year=2021, area_ha=5, other_designations=["ramsar"])
        shared = factory(slug="shared", name="Common", states=["MN", "RU"], designation_year=2010)
        shared.names.create(name="Увс нуур", kind="local", language="mn")
        factory(slug="hidden", name="Hidden", states=["MN"], published=False)


QUERIES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["shared", "new", "old"]),
    ({"q": "увс"}, ["shared"]),
    ({"q": "УВС  НУУР"}, ["shared"]),
    ({"q": "hidden"}, []),
    ({"state": ["MN"]}, ["shared", "new"]),
    ({"state": ["JP", "RU"]}, ["shared", "old"]),
    ({"designation": ["world_heritage"]}, ["old"]),
    ({"designation": ["world_heritage", "ramsar"]}, ["new", "old"]),
    ({"status": ["designated"]}, ["shared", "new", "old"]),
    ({"status": ["aspiring", "withdrawn"]}, []),
    ({"year_min": "2010"}, ["shared", "new"]),
    ({"year_max": "2010"}, ["shared", "old"]),
    ({"year_min": "2010", "year_max": "2010"}, ["shared"]),
    ({"transboundary": "true"}, ["shared"]),
    ({"transboundary": "false"}, ["new", "old"]),
    ({"sort": "newest"}, ["new", "shared", "old"]),
    ({"sort": "largest"}, ["old", "new", "shared"]),
    ({"state": ["MN"], "transboundary": "false", "q": "new"}, ["new"]),
    ({"q": "", "year_min": "", "transboundary": "", "sort": ""}, ["shared", "new", "old"]),
    ({"unknown": "parameter"}, ["shared", "new", "old"]),
]


@pytest.mark.sweep
@pytest.mark.parametrize("address", ["/reserves/", "/geoparks/"])
@pytest.mark.parametrize(("query", "slugs"), QUERIES)
def test_list_finds(client: Client, four_sites: None, address: str, query: dict[str, Any], slugs: list[str]) -> None:
    assert found(client, address, **query) == slugs


@pytest.mark.sweep
@pytest.mark.parametrize(("query", "slugs"), QUERIES)
def test_list_of_both_kinds_finds_in_both(
    client: Client, four_sites: None, query: dict[str, Any], slugs: list[str]
) -> None:
    assert sorted(found(client, "/sites/", **query)) == sorted(slugs * 2)


def test_reserves_by_ecosystem(client: Client) -> None:
    BiosphereReserveFactory(slug="lake", ecosystem="wetland/lake")
    BiosphereReserveFactory(slug="forest", ecosystem="boreal forest")
    GeoparkFactory(slug="geopark")
    assert found(client, "/reserves/", ecosystem=["wetland/lake"]) == ["lake"]
    assert found(client, "/sites/", ecosystem=["wetland/lake"]) == ["lake"]


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"state": "XX"}, "state", "Select a valid choice. XX is not one of the available choices."),
    ({"state": ["MN", "mn"]}, "state", "Select a valid choice. mn is not one of the available choices."),
    ({"designation": "park"}, "designation", "Select a valid choice. park is not one of the available choices."),
    ({"status": "open"}, "status", "Select a valid choice. open is not one of the available choices."),
    ({"year_min": "soon"}, "year_min", "Enter a whole number."),
    ({"year_min": "9" * 5000}, "year_min", "Enter a whole number."),
    ({"year_min": "1e9"}, "year_min", "Enter a whole number."),
    ({"year_max": "99999999999999999999"}, "year_max", "Ensure this value is less than or equal to 2100."),
    ({"year_min": "-5"}, "year_min", "Ensure this value is greater than or equal to 1900."),
    ({"year_min": "2010", "year_max": "2000"}, "year_max", "The last year lies before the first, 2010."),
    ({"transboundary": "yes"}, "transboundary", "Select a valid choice. yes is not one of the available choices."),
    ({"sort": "area_ha"}, "sort", "Select a valid choice. area_ha is not one of the available choices."),
    ({"q": "a" * 201}, "q", "Ensure this value has at most 200 characters (it has 201)."),
]


@pytest.mark.sweep
@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(("query", "field", "words"), WRONG)
def test_list_refuses_a_wrong_value_in_words_and_shows_nothing(
    client: Client, address: str, query: dict[str, Any], field: str, words: str
) -> None:
    MemberStateFactory(code="MN")
    LISTS[address](name="Somewhere")
    response = client.get(address, query)
    assert response.status_code == 200
    assert response.context["form"].errors == {field: [words]}
    assert response.context["entries"] == []
    text = response.content.decode()
    assert "<title>Error: " in text
    assert text.count(words) == 2  # in the summary and at the field
    assert "Somewhere" not in text


def test_list_counts_what_it_found_of_all(client: Client, four_sites: None) -> None:
    BiosphereReserveFactory(slug="other", states=["JP"])
    assert client.get("/reserves/", {"state": "JP"}).context["result"] == "2 of 4 reserves"
    assert client.get("/reserves/").context["result"] == "4 biosphere reserves"
    assert "4 biosphere reserves in the member states of the network, 1 of them shared by several states." in (
        client.get("/reserves/").content.decode()
    )


def test_list_of_geoparks_never_counts_aspiring_ones_as_designated(client: Client) -> None:
    GeoparkFactory.create_batch(2)
    GeoparkFactory(status="aspiring", designation_year=None, name="Candidate")
    response = client.get("/geoparks/")
    assert response.context["result"] == "2 designated and 1 aspiring geoparks"
    assert response.content.decode().count("Aspiring, not designated") == 1
    only = client.get("/geoparks/", {"status": "aspiring"}).context["result"]
    assert only == "1 aspiring geopark, of 2 designated and 1 aspiring geoparks"


def test_list_has_pages_and_keeps_the_filter(client: Client) -> None:
    for number in range(30):
        BiosphereReserveFactory(slug=f"r{number:02}", name=f"R{number:02}")
    first, second = client.get("/reserves/", {"q": "r"}), client.get("/reserves/", {"q": "r", "page": "2"})
    assert [entry.site.slug for entry in second.context["entries"]] == ["r25", "r26", "r27", "r28", "r29"]
    assert 'href="?q=r&amp;page=2"' in first.content.decode()
    assert 'href="/reserves/export.csv?q=r"' in second.content.decode()
    assert 'start="26"' in second.content.decode()


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "last", "9" * 40, "1.0", "１", " 1", "0x1"])
def test_list_unknown_page_is_not_found(client: Client, address: str, page: str) -> None:
    LISTS[address]()
    assert client.get(address, {"page": page}).status_code == 404


def test_list_with_an_empty_page_is_the_first(client: Client) -> None:
    BiosphereReserveFactory()
    assert client.get("/reserves/", {"page": ""}).context["page_obj"].number == 1


def test_chips_take_one_filter_away(client: Client, four_sites: None) -> None:
    query = "state=MN&state=JP&year_min=1990&q=new&sort=newest&page=1"
    chips = {chip.label: chip.query for chip in client.get(f"/reserves/?{query}").context["chips"]}
    assert chips == {
        "Name, in any script: new": "?state=JP&state=MN&year_min=1990&sort=newest",
        "Mongolia": "?q=new&state=JP&year_min=1990&sort=newest",
        "Japan": "?q=new&state=MN&year_min=1990&sort=newest",
        "Designated from: 1990": "?q=new&state=JP&state=MN&sort=newest",
    }


def test_chip_of_a_filter_given_twice_stands_once(client: Client, four_sites: None) -> None:
    chips = client.get("/reserves/?state=MN&state=MN&state=MN").context["chips"]
    assert [(chip.label, chip.query) for chip in chips] == [("Mongolia", ".")]


def test_list_marks_names_with_their_language(client: Client, four_sites: None) -> None:
    assert '<span lang="mn">Увс нуур</span>' in client.get("/reserves/").content.decode()


def test_list_that_finds_nothing_says_so(client: Client, four_sites: None) -> None:
    text = client.get("/geoparks/", {"q": "nowhere"}).content.decode()
    assert "No site is found by these filters." in text
    assert "export.csv" not in text
