"""Both kinds of site in one list, on the map, side by side, in one file."""

import csv
import json
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from designated_sites.drawing.atlas import Marker
from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.django_db


def slugs(client: Client, query: str) -> list[str]:
    return [f"{entry.site.kind}:{entry.site.slug}" for entry in client.get(f"/sites/?{query}").context["entries"]]


@pytest.fixture
def sites() -> None:
    BiosphereReserveFactory(slug="aya", name="Aya", states=["JP"], designation_year=2012, area_ha=Decimal(14580))
    BiosphereReserveFactory(slug="uvs", name="Uvs", states=["MN", "RU"], designation_year=2021, area_ha=Decimal(90))
    GeoparkFactory(slug="aso", name="Aso", states=["JP"], designation_year=2014, latitude=33, longitude=131)
    GeoparkFactory(slug="shar", name="Shar", states=["MN"], status="aspiring", designation_year=None)
    GeoparkFactory(slug="hidden", name="Hidden", states=["MN"], published=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["geopark:aso", "reserve:aya", "geopark:shar", "reserve:uvs"]),
        ("sort=newest", ["reserve:uvs", "geopark:aso", "reserve:aya", "geopark:shar"]),
        ("sort=largest&kind=reserve", ["reserve:aya", "reserve:uvs"]),
        ("kind=geopark", ["geopark:aso", "geopark:shar"]),
        ("kind=geopark&kind=reserve&state=JP", ["geopark:aso", "reserve:aya"]),
        ("status=aspiring", ["geopark:shar"]),
        ("transboundary=true", ["reserve:uvs"]),
    ],
)
def test_list_of_both_kinds_in_one_order(client: Client, sites: None, query: str, found: list[str]) -> None:
    assert slugs(client, query) == found


def test_list_of_both_kinds_tells_them_apart_and_counts_them_apart(client: Client, sites: None) -> None:
    response = client.get("/sites/")
    assert response.context["result"] == "2 biosphere reserves, 1 designated and 1 aspiring geoparks"
    text = response.content.decode()
    assert (text.count("badge-reserve"), text.count("badge-geopark")) == (2, 2)


def test_list_of_both_kinds_has_pages(client: Client) -> None:
    for number in range(20):
        BiosphereReserveFactory(slug=f"r{number:02}", name=f"A{number:02}")
        GeoparkFactory(slug=f"g{number:02}", name=f"B{number:02}")
    assert slugs(client, "page=2") == [f"geopark:g{number:02}" for number in range(5, 20)]
    assert client.get("/sites/?page=3").status_code == 404


def test_map_lists_every_site_found_by_state_also_without_a_point(client: Client, sites: None) -> None:
    response = client.get("/map/")
    listed = {group.title: [site.slug for site in group.sites] for group in response.context["groups"]}
    assert listed == {"Japan": ["aso", "aya"], "Mongolia": ["shar"], "Shared by several states": ["uvs"]}
    text = response.content.decode()
    assert text.count("no point on the map") == 3
    assert 'href="/geoparks/aso/"' in text
    assert response.context["markers"].count(Marker("geopark", 131.0, 33.0)) == 1


def test_map_narrows_by_state_and_kind_and_fades_the_others(client: Client, sites: None) -> None:
    context = client.get("/map/?state=JP&kind=geopark").context
    assert [line.slug for line in context["lines"]] == ["aso"]
    assert [marker.faded for marker in context["markers"]].count(False) == 1
    assert context["result"] == "1 geopark, of 2 biosphere reserves, 1 designated and 1 aspiring geoparks"


def test_map_asks_for_everything_the_list_asks_for(client: Client, sites: None) -> None:
    fields = {group.name for group in client.get("/sites/").context["groups_of_filters"]}
    assert {group.name for group in client.get("/map/").context["groups_of_filters"]} == fields
    text = client.get("/map/?q=a&year_min=2000&state=JP&sort=newest").content.decode()
    assert 'name="q" value="a">' in text
    assert 'inputmode="numeric" size="4" value="2000">' in text
    assert 'href="/sites/?q=a&amp;state=JP&amp;year_min=2000&amp;sort=newest"' in text
    assert '<input type="hidden" name="sort" value="newest" form="filters">' in text


def test_map_refuses_a_wrong_value_in_words(client: Client, sites: None) -> None:
    response = client.get("/map/?state=XX&kind=volcano")
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"state", "kind"}
    assert response.context["lines"] == []
    assert "/reserves/aya/" not in response.content.decode()


def test_map_without_sites_is_a_page(client: Client, db: None) -> None:
    assert client.get("/map/").context["result"] == "No sites"


def rows(client: Client, address: str) -> list[dict[str, str]]:
    content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(StringIO(content, newline="")))


def test_download_keeps_the_filter(client: Client, sites: None) -> None:
    assert [row["slug"] for row in rows(client, "/sites/export.csv?state=JP")] == ["aya", "aso"]
    assert [row["slug"] for row in rows(client, "/reserves/export.csv?sort=newest")] == ["uvs", "aya"]
    assert [row["slug"] for row in rows(client, "/geoparks/export.csv?status=aspiring&page=9")] == ["shar"]


def test_download_holds_the_facts_in_english(client: Client) -> None:
    joint = BiosphereReserveFactory(slug="joint", states=["MN", "RU"])
    site = BiosphereReserveFactory(
        slug="aya", name="Aya", states=["JP"], joint_reserve=joint, area_ha=Decimal("14580.50"), core_ha=Decimal(3),
        latitude=Decimal("32.1"), longitude=Decimal("131.2"), summary_en="Forest.", summary_ja="森", sources=["a", "b"],
        other_designations=["ramsar"], extension_years=[2016, 2020],
    )  # fmt: skip
    site.names.create(name="綾", kind="local", language="ja")
    site.names.create(name="Aya Forest", kind="alias")
    client.cookies["django_language"] = "ja"
    row = rows(client, "/reserves/export.csv?state=JP")[0]
    assert row == {
        "kind": "reserve", "slug": "aya", "name": "Aya", "local_names": "綾", "other_names": "Aya Forest",
        "member_states": "JP", "status": "designated", "designation_year": "1997", "latitude": "32.1",
        "longitude": "131.2", "accuracy_km": "", "area_ha": "14580.5", "admin_region": "", "summary": "Forest.",
        "other_designations": "ramsar", "website": "", "unesco_url": "", "page": "http://localhost:8000/reserves/aya/",
        "sources": "a; b", "confidence": "medium", "confirmed_on": "", "ecosystem": "temperate forest", "core_ha": "3",
        "buffer_ha": "", "transition_ha": "", "extension_years": "2016; 2020", "joint_reserve": "joint",
    }  # fmt: skip


def test_download_of_geoparks_names_overlapping_reserves(client: Client) -> None:
    geopark = GeoparkFactory(slug="jeju", geological_theme_en="Volcano")
    geopark.overlapping_reserves.add(
        BiosphereReserveFactory(slug="b"), BiosphereReserveFactory(slug="a"),
        BiosphereReserveFactory(slug="hidden", published=False),
    )  # fmt: skip
    row = rows(client, "/geoparks/export.csv")[0]
    assert (row["geological_theme"], row["overlapping_reserves"]) == ("Volcano", "a; b")


def test_download_does_not_give_away_what_is_hidden(client: Client) -> None:
    hidden = BiosphereReserveFactory(slug="hidden", published=False)
    BiosphereReserveFactory(slug="part", joint_reserve=hidden)
    for ending in ("csv", "geojson", "kml"):
        for kind in ("reserves", "sites"):
            assert b"hidden" not in b"".join(client.get(f"/{kind}/export.{ending}").streaming_content)  # type: ignore[attr-defined]


def test_download_as_geojson_has_null_geometry_without_a_point(client: Client, sites: None) -> None:
    content = json.loads(b"".join(client.get("/geoparks/export.geojson").streaming_content))  # type: ignore[attr-defined]
    assert {entry["id"]: entry["geometry"] for entry in content["features"]} == {
        "geopark:aso": {"type": "Point", "coordinates": [131.0, 33.0]},
        "geopark:shar": None,
    }


@pytest.mark.parametrize("kind", ["reserves", "geoparks", "sites"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson", "kml"])
def test_download_of_a_wrong_filter_is_refused_in_words(client: Client, sites: None, kind: str, ending: str) -> None:
    response = client.get(f"/{kind}/export.{ending}?state=XX&sort=height")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Member state: Select a valid choice. XX is not one of the available choices.\n"
        "Sort: Select a valid choice. height is not one of the available choices.\n"
    )


@pytest.mark.parametrize("address", ["/reserves/export.pdf", "/sites/export.", "/geoparks/export.csv.gz"])  # fmt: skip
def test_download_in_another_format_is_not_found(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("kind", "queries"), [("reserves", 5), ("geoparks", 5), ("sites", 7)])
def test_download_takes_as_many_queries_for_three_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, kind: str, queries: int
) -> None:
    for _round in range(2):
        reserve, geopark = BiosphereReserveFactory(), GeoparkFactory()
        geopark.overlapping_reserves.add(reserve)
        with django_assert_num_queries(queries):
            b"".join(client.get(f"/{kind}/export.csv").streaming_content)  # type: ignore[attr-defined]
        BiosphereReserveFactory(), GeoparkFactory()
