"""The API and the OGC layers answer with what is published, and say what is wrong with a request."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from history.models import Change
from reserves.models import BiosphereReserve
from tests.factories import (
    BiosphereReserveFactory,
    DocumentFactory,
    EventFactory,
    GeoparkFactory,
    MemberStateFactory,
    PartnerFactory,
    ProgrammeFactory,
    TrainingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_kept")]


def test_api_reserves_gives_published_ones_with_their_names(client: Client) -> None:
    reserve = BiosphereReserveFactory(slug="khuvsgul", name="Khuvsgul Lake", area_ha=100)
    reserve.names.create(name="Хөвсгөл нуур", kind="local", language="mn")
    BiosphereReserveFactory(slug="hidden", published=False)
    answer = client.get("/api/reserves").json()
    assert answer["count"] == 1
    assert answer["items"][0]["slug"] == "khuvsgul"
    assert answer["items"][0]["member_states"] == ["MN"]
    assert answer["items"][0]["names"] == [{"name": "Хөвсгөл нуур", "kind": "local", "language": "mn"}]


def test_api_narrows_by_state_status_and_words(client: Client) -> None:
    GeoparkFactory(slug="a", name="Jeju Island", states=["KR"])
    GeoparkFactory(slug="b", name="Shar Tsav", states=["MN"], status="aspiring", designation_year=None)
    for query, slugs in [
        ("state=KR", ["a"]),
        ("status=aspiring", ["b"]),
        ("q=jeju", ["a"]),
        ("q=nothing", []),
        ("limit=1&offset=1", ["b"]),
    ]:
        assert [item["slug"] for item in client.get(f"/api/geoparks?{query}").json()["items"]] == slugs, query


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=x", "offset=-1", "state=jp", "status=lost", "offset=99999999999999999999"]
)
def test_api_says_what_is_wrong(client: Client, query: str) -> None:
    response = client.get(f"/api/reserves?{query}")
    assert response.status_code == 422
    assert response.json()["detail"]


def test_api_query_count_does_not_grow(client: Client, django_assert_num_queries) -> None:
    for number in (1, 3):
        while BiosphereReserveFactory._meta.model.objects.count() < number:
            BiosphereReserveFactory().names.create(name="a name")
        with django_assert_num_queries(5):
            client.get("/api/reserves")


def test_ogc_items_page_by_next_links(client: Client) -> None:
    for number in range(3):
        BiosphereReserveFactory(slug=f"r{number}", name=f"R{number}", latitude=50, longitude=100)
    first = client.get("/api/ogc/collections/reserves/items?limit=2")
    assert first["Content-Type"] == "application/geo+json"
    body = first.json()
    assert (body["numberMatched"], body["numberReturned"]) == (3, 2)
    following = next(link["href"] for link in body["links"] if link["rel"] == "next")
    rest = client.get(following.removeprefix("http://testserver")).json()
    assert [feature["id"] for feature in body["features"] + rest["features"]] == ["r0", "r1", "r2"]
    assert "next" not in {link["rel"] for link in rest["links"]}


def test_ogc_box_takes_what_lies_in_it_also_across_the_180th_meridian(client: Client) -> None:
    BiosphereReserveFactory(slug="west", latitude=65, longitude=-175)
    BiosphereReserveFactory(slug="east", latitude=65, longitude=175)
    BiosphereReserveFactory(slug="middle", latitude=50, longitude=100)
    BiosphereReserveFactory(slug="unlocated")
    for box, slugs in [("170,60,-170,70", {"west", "east"}), ("90,40,110,60", {"middle"}), ("0,0,1,1", set())]:
        features = client.get(f"/api/ogc/collections/reserves/items?bbox={box}").json()["features"]
        assert {feature["id"] for feature in features} == slugs, box


def test_ogc_feature_without_point_has_null_geometry(client: Client) -> None:
    GeoparkFactory(slug="shar-tsav")
    assert client.get("/api/ogc/collections/geoparks/items/shar-tsav").json()["geometry"] is None


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=x",
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=nan,nan,nan,nan",
        "bbox=1,2,3,999",
        "bbox=1,50,3,40",
        "x=1",
    ],
)
def test_ogc_wrong_parameter_is_400(client: Client, query: str) -> None:
    assert client.get(f"/api/ogc/collections/reserves/items?{query}").status_code == 400


@pytest.mark.parametrize("path", ["collections/none", "collections/none/items", "collections/reserves/items/none"])
def test_ogc_unknown_is_404(client: Client, path: str) -> None:
    assert client.get(f"/api/ogc/{path}").status_code == 404


def test_feed_leaves_out_drafts_and_samples(client: Client) -> None:
    EventFactory(title="Real meeting", status="held")
    EventFactory(title="Draft meeting", status="draft")
    EventFactory(title="Sample meeting", is_sample=True)
    text = client.get("/feed.atom").content.decode()
    assert "Real meeting" in text
    assert "Draft meeting" not in text
    assert "Sample meeting" not in text


def test_sitemap_names_published_records_only(client: Client) -> None:
    BiosphereReserveFactory(slug="shown")
    BiosphereReserveFactory(slug="hidden", published=False)
    MemberStateFactory(code="JP")
    text = client.get("/sitemap.xml").content.decode()
    assert "/reserves/shown/" in text
    assert "/member-states/JP/" in text
    assert "/reserves/hidden/" not in text


@pytest.mark.parametrize(
    ("factory", "path"),
    [
        (EventFactory, "events"),
        (TrainingFactory, "trainings"),
        (DocumentFactory, "documents"),
        (PartnerFactory, "partners"),
        (ProgrammeFactory, "programmes"),
        (BiosphereReserveFactory, "reserves"),
        (GeoparkFactory, "geoparks"),
    ],
)
def test_api_lists_every_kind_with_terms_and_version(client: Client, factory: Any, path: str) -> None:
    shown = factory(slug="shown")
    factory(slug="hidden", published=False)
    answer = client.get(f"/api/{path}").json()
    assert [item["slug"] for item in answer["items"]] == ["shown"]
    assert answer["terms"] == "http://localhost:8000/terms/"
    assert answer["data_version"] == Change.objects.latest("pk").pk
    assert answer["count"] == type(shown).objects.published().count() == 1


def test_api_gives_one_site_or_says_there_is_none(client: Client) -> None:
    BiosphereReserveFactory(slug="khuvsgul", name="Khuvsgul Lake")
    assert client.get("/api/reserves/khuvsgul").json()["name"] == "Khuvsgul Lake"
    missing = client.get("/api/reserves/nothing")
    assert (missing.status_code, missing.json()) == (404, {"detail": "Nothing has the slug 'nothing'."})


@pytest.mark.parametrize(
    "path",
    [
        "/api/reserves",
        "/api/reserves/one",
        "/api/ogc/collections/reserves/items",
        "/api/ogc/collections",
        "/api/events",
    ],
)
def test_unchanged_answer_is_not_sent_again(client: Client, path: str) -> None:
    reserve = BiosphereReserveFactory(slug="one", latitude=50, longitude=100)
    first = client.get(path)
    assert first.status_code == 200
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    BiosphereReserve.objects.filter(pk=reserve.pk).update(name="Renamed")
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/nothing", 404),
        ("get", "/api/ogc/nothing", 404),
        ("get", "/api/ogc/collections/none", 404),
        ("post", "/api/reserves", 405),
        ("post", "/api/ogc/collections", 405),
        ("get", "/api/reserves?limit=x", 422),
        ("get", "/api/ogc/collections/reserves/items?limit=x", 400),
        ("get", "/api/ogc/collections/reserves/items?unheard=1", 400),
        ("get", "/api/a%00b", 404),
    ],
)
def test_every_error_of_the_api_is_json(client: Client, method: str, path: str, status: int) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == status
    assert response["Content-Type"].startswith("application/json")
    assert "Content-Security-Policy" in response
    assert response.json()


def test_ogc_layer_is_filtered_and_the_next_page_keeps_the_filter(client: Client) -> None:
    for number in range(3):
        BiosphereReserveFactory(slug=f"jp{number}", name=f"J{number}", states=["JP"])
    BiosphereReserveFactory(slug="mn", states=["MN"])
    address, slugs = "/api/ogc/collections/reserves/items?state=JP&status=designated&limit=2", []
    while address:
        body = client.get(address).json()
        slugs += [feature["id"] for feature in body["features"]]
        following = [link["href"] for link in body["links"] if link["rel"] == "next"]
        address = following[0].removeprefix("http://testserver") if following else ""
    assert slugs == ["jp0", "jp1", "jp2"]


def test_ogc_extent_is_that_of_the_points(client: Client) -> None:
    BiosphereReserveFactory(latitude=40, longitude=100)
    BiosphereReserveFactory(latitude=50, longitude=-170)
    BiosphereReserveFactory()
    extent = client.get("/api/ogc/collections/reserves").json()["extent"]["spatial"]["bbox"]
    assert extent == [[-170.0, 40.0, 100.0, 50.0]]


def test_feed_holds_documents_and_new_sites_by_their_own_date(client: Client) -> None:
    DocumentFactory(title="Old report", year=1999)
    BiosphereReserveFactory(name="New reserve", designation_year=2025)
    GeoparkFactory(name="Aspiring geopark", status="aspiring", designation_year=None)
    EventFactory(title="Meeting of 2010", starts_at=dt.datetime(2010, 5, 1, tzinfo=dt.UTC), status="held")
    text = client.get("/feed.atom").content.decode()
    places = [text.find(title) for title in ("New reserve", "Meeting of 2010", "Old report")]
    assert places == sorted(places)
    assert -1 not in places
    assert "Aspiring geopark" not in text
