"""Options with their counts, chips, short addresses and ways out of an empty list, in the directories of sites."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reserves.models import BiosphereReserve
from search import index as search_index
from tests.factories import BiosphereReserveFactory, GeoparkFactory, MemberStateFactory
from tests.look.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


def slugs(client: Client, address: str) -> list[str]:
    context = client.get(address).context
    assert context["form"].errors == {}
    return [entry.site.slug for entry in context["entries"]]


def counts(client: Client, address: str, name: str) -> dict[str, int | None]:
    groups = {group.name: group for group in client.get(address).context["groups_of_filters"]}
    return {option.value: option.count for option in groups[name].options}


@pytest.fixture
def sites() -> None:
    for code in ("JP", "MN", "RU", "KZ"):
        MemberStateFactory(code=code)
    BiosphereReserveFactory(
        slug="lake", name="Lake", states=["JP"], ecosystem="wetland/lake", area_ha=100, transition_ha=5,
        other_designations=["ramsar", "world_heritage"], designation_year=1980,
    )  # fmt: skip
    BiosphereReserveFactory(
        slug="steppe", name="Steppe", states=["MN", "RU"], ecosystem="grassland/steppe", area_ha="250.5",
        transition_ha=0, other_designations=["ramsar"], designation_year=2001,
    )  # fmt: skip
    BiosphereReserveFactory(slug="wood", name="Wood", states=["MN"], ecosystem="boreal forest", designation_year=2010)
    GeoparkFactory(slug="karst", name="Karst", states=["JP"], area_ha=7, other_designations=["world_heritage"])
    GeoparkFactory(slug="hidden", name="Hidden", states=["KZ"], published=False)
    BiosphereReserve.objects.filter(slug="wood").update(confirmed_at=timezone.now())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("designations=1", ["lake", "steppe"]),
        ("designations=2", ["lake"]),
        ("designations=3", []),
        ("area_min=100", ["lake", "steppe"]),
        ("area_min=100.01", ["steppe"]),
        ("area_max=250.5", ["lake", "steppe"]),
        ("area_min=100&area_max=100", ["lake"]),
        ("transition=true", ["lake"]),
        ("transition=false", ["steppe", "wood"]),
        ("confirmed=true", ["wood"]),
        ("confirmed=false", ["lake", "steppe"]),
        ("q=&state=&year_min=+&transition=&sort=", ["lake", "steppe", "wood"]),
    ],
)
def test_reserves_found(client: Client, sites: None, query: str, found: list[str]) -> None:
    assert slugs(client, f"/reserves/?{query}") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("transition=false", ["steppe", "wood"]),
        ("ecosystem=boreal+forest&ecosystem=wetland/lake", ["lake", "wood"]),
        ("designation=world_heritage", ["karst", "lake"]),
        ("area_max=100&sort=largest", ["lake", "karst"]),
        ("kind=geopark", ["karst"]),
    ],
)
def test_sites_found(client: Client, sites: None, query: str, found: list[str]) -> None:
    assert slugs(client, f"/sites/?{query}") == found


def test_geoparks_know_neither_ecosystem_nor_transition_area(client: Client, sites: None) -> None:
    assert slugs(client, "/geoparks/?ecosystem=mountain&transition=true") == ["karst"]


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("area_min=much", "area_min", "Enter a number."),
        ("area_min=-1", "area_min", "Ensure this value is greater than or equal to 0."),
        ("area_max=1e400", "area_max", "Ensure that there are no more than 12 digits in total."),
        ("area_max=NaN", "area_max", "Enter a number."),
        ("area_min=9&area_max=8.5", "area_max", "The largest area lies below the smallest, 9 ha."),
        ("designations=0", "designations", "Select a valid choice. 0 is not one of the available choices."),
        ("transition=1", "transition", "Select a valid choice. 1 is not one of the available choices."),
        ("confirmed=yes", "confirmed", "Select a valid choice. yes is not one of the available choices."),
    ],
)
def test_wrong_values_are_refused_in_words(client: Client, sites: None, query: str, field: str, words: str) -> None:
    response = client.get(f"/reserves/?{query}")
    assert response.status_code == 200
    assert response.context["form"].errors == {field: [words]}
    assert response.context["entries"] == []
    assert response.content.decode().count(words) == 2  # in the summary and at the field
    assert {option.count for group in response.context["groups_of_filters"] for option in group.options} == {None}


def test_options_are_counted_under_the_other_filters(client: Client, sites: None) -> None:
    assert counts(client, "/reserves/", "state") == {"JP": 1, "KZ": 0, "MN": 2, "RU": 1}
    query = "/reserves/?state=JP&designation=ramsar"
    assert counts(client, query, "state") == {"JP": 1, "KZ": 0, "MN": 1, "RU": 1}  # among the Ramsar sites
    assert counts(client, query, "designation") == {"world_heritage": 1, "global_geopark": 0, "ramsar": 1}  # in Japan
    assert counts(client, query, "designations") == {"1": 1, "2": 1, "3": 0}
    assert counts(client, query, "transition") == {"true": 1, "false": 0}
    assert counts(client, "/reserves/?year_min=2001", "confirmed") == {"true": 1, "false": 1}
    assert counts(client, "/sites/?kind=reserve", "kind") == {"reserve": 3, "geopark": 1}
    assert counts(client, "/sites/?transition=true", "transboundary") == {"true": 0, "false": 1}


def boxes(client: Client, address: str) -> dict[str, set[str]]:
    page = Page(client.get(address).content.decode())
    return {
        box["value"]: {"checked", "disabled"} & box.keys()
        for box in page.attributes("input")
        if box.get("name") == "state"
    }


def test_options_that_find_nothing_are_disabled_and_can_still_be_undone(client: Client, sites: None) -> None:
    assert boxes(client, "/reserves/") == {"JP": set(), "KZ": {"disabled"}, "MN": set(), "RU": set()}
    assert boxes(client, "/reserves/?state=KZ")["KZ"] == {"checked"}
    assert [chip.label for chip in client.get("/reserves/?state=KZ").context["chips"]] == ["Kazakhstan"]
    text = client.get("/reserves/?designations=3&designation=ramsar").content.decode()
    assert '<option value="3" selected>Three other designations (0)</option>' in text
    assert '<option value="true" disabled>Confirmed by the site or its state (0)</option>' in text


def test_count_is_part_of_the_label(client: Client, sites: None) -> None:
    assert 'value="MN"><span>Mongolia</span> <span class="count">2</span></label>' in (
        client.get("/reserves/").content.decode()
    )


@pytest.mark.parametrize(
    ("query", "label", "address", "found"),
    [
        ("state=JP&q=steppe", "Japan", "?q=steppe", 1),
        ("state=MN&ecosystem=wetland/lake&sort=newest", "Wetland, lake", "?state=MN&sort=newest", 2),
        ("state=JP&ecosystem=boreal+forest", "Japan", "?ecosystem=boreal+forest", 1),  # so would the other; the first is named
        ("state=JP&state=KZ&ecosystem=boreal+forest&ecosystem=grassland/steppe", "Japan, Kazakhstan",
         "?ecosystem=boreal+forest&ecosystem=grassland%2Fsteppe", 2),
        ("area_min=300", "Smallest area, ha: 300", ".", 3),
    ],
)  # fmt: skip
def test_empty_list_names_the_filter_whose_removal_helps_most(
    client: Client, sites: None, query: str, label: str, address: str, found: int
) -> None:
    search_index.refresh()
    response = client.get(f"/reserves/?{query}")
    way_out = response.context["way_out"]
    assert (way_out.label, way_out.query, way_out.found) == (label, address, found)
    words = f"Without “{label}”: {found} site{'s' if found > 1 else ''}"
    assert (address, words) in Page(response.content.decode()).links()
    assert client.get(urljoin("/reserves/", address)).context["found"] == found


def test_empty_list_says_when_no_single_removal_helps(client: Client, sites: None) -> None:
    response = client.get("/reserves/?state=KZ&year_min=2020")
    assert response.context["way_out"] is None
    page = Page(response.content.decode())
    assert "No site is found by these filters. To take away one of them would not help." in page.text
    assert ("/reserves/", "All sites, without filters") in page.links()


def test_empty_directory_says_so(client: Client, db: None) -> None:
    assert "No site is on record yet." in client.get("/geoparks/").content.decode()


def canonical(client: Client, address: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)">', client.get(address).content.decode())
    assert found
    return found[1].removeprefix("http://localhost:8000").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("/reserves/", "/reserves/"),
        ("/reserves/?q=&state=&year_min=&sort=name&page=1&transition=", "/reserves/"),
        ("/reserves/?year_min=%202001&state=RU&state=MN&state=RU&area_min=100.50&q=%20&from=mail",
         "/reserves/?state=MN&state=RU&year_min=2001&area_min=100.5"),
        ("/sites/?sort=newest&area_max=1000&kind=reserve&state=MN", "/sites/?kind=reserve&state=MN&area_max=1000&sort=newest"),
        ("/map/?confirmed=false&kind=geopark&q=", "/map/?kind=geopark&confirmed=false"),
        ("/reserves/?state=XX", "/reserves/"),
    ],
)  # fmt: skip
def test_page_names_its_short_address(client: Client, sites: None, address: str, short: str) -> None:
    assert canonical(client, address) == short
    assert canonical(client, short) == short


def test_links_of_a_page_are_short(client: Client) -> None:
    for number in range(30):
        BiosphereReserveFactory(slug=f"r{number}", states=["MN"])
    address = "/reserves/?sort=&status=designated&q=&state=MN&year_min=&page=2"
    links = [url for url, _words in Page(client.get(address).content.decode()).links()]
    assert {"?state=MN&status=designated&page=1", "/reserves/export.csv?state=MN&status=designated"} <= set(links)
    assert [link for link in links if re.search(r"=(&|$)", link)] == []
    assert canonical(client, address) == "/reserves/?state=MN&status=designated&page=2"


def test_change_is_seen_by_the_next_visitor(client: Client, sites: None) -> None:
    assert slugs(client, "/reserves/?state=KZ") == []
    site = BiosphereReserve.objects.get(slug="wood")
    site.member_states.add("KZ")
    assert slugs(client, "/reserves/?state=KZ") == ["wood"]
    BiosphereReserve.objects.filter(pk=site.pk).update(name="Great Wood")
    assert "Great Wood" in client.get("/reserves/").content.decode()
    site.names.create(name="Ой", kind="local", language="mn")
    assert '<span lang="mn">Ой</span>' in client.get("/reserves/").content.decode()
    BiosphereReserve.objects.filter(pk=site.pk).update(published=False)
    assert slugs(client, "/reserves/") == ["lake", "steppe"]


def test_download_keeps_the_new_filters(client: Client, sites: None) -> None:
    def lines(address: str) -> list[str]:
        content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        return [line.split(",")[1] for line in content.splitlines()[1:]]

    assert lines("/reserves/export.csv?designations=1&q=&sort=newest&area_min=1") == ["steppe", "lake"]
    assert lines("/sites/export.csv?area_max=100&transition=") == ["lake", "karst"]
    assert lines("/sites/export.csv?confirmed=true") == ["wood"]


FIRST_OF_A_VERSION: dict[str, int] = {
    "/reserves/": 4,
    "/geoparks/?q=name": 5,
    "/sites/": 5,
    "/sites/?q=name&state=MN": 6,
}
LATER: dict[str, int] = {"/reserves/": 1, "/geoparks/?q=name": 2, "/sites/": 1, "/sites/?q=name&state=MN": 2}


@pytest.mark.parametrize("address", FIRST_OF_A_VERSION)
def test_list_asks_the_same_for_one_row_and_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    """Six at most: version, facts of all, states, words, and the entries of each kind."""
    for more in (1, 2, 20):
        for factory in (BiosphereReserveFactory, GeoparkFactory):
            for _site in range(more):
                factory().names.create(name="Name", kind="local")
        search_index.refresh()
        with django_assert_num_queries(FIRST_OF_A_VERSION[address]):
            client.get(address)
        with django_assert_num_queries(LATER[address]):
            client.get(address)


def test_map_asks_the_same_for_one_row_and_for_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for more in (1, 20):
        for _site in range(more):
            BiosphereReserveFactory(), GeoparkFactory()
        with django_assert_num_queries(4):
            client.get("/map/")


def test_no_option_is_drawn_twice(client: Client, sites: None) -> None:
    page = Page(client.get("/sites/").content.decode())
    options: list[Any] = [
        (box["name"], box["value"]) for box in page.attributes("input") if box.get("type") == "checkbox"
    ]
    assert len(options) == len(set(options)) == 2 + 4 + 11 + 4 + 3
    assert page.repeated_ids() == []
