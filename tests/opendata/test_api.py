"""The API and the OGC layers answer with what is published, and say what is wrong with a request."""

import pytest
from django.test import Client

from tests.factories import BiosphereReserveFactory, EventFactory, GeoparkFactory, MemberStateFactory

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
        with django_assert_num_queries(3):
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
    "query", ["limit=0", "limit=x", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=nan,nan,nan,nan", "bbox=1,2,3,999"]
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
