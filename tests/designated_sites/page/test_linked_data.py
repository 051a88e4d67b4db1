"""The page of a site for machines: what the record knows, nothing else, and never the end of its own element."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.factories import BiosphereReserveFactory, GeoparkFactory

pytestmark = pytest.mark.django_db
BEGINS = '<script type="application/ld+json">'


def data_of(client: Client, address: str) -> dict[str, Any]:
    text = client.get(address).content.decode()
    assert text.count("<script") == 1
    return json.loads(text.split(BEGINS)[1].split("</script>")[0])


def test_reserve_with_its_facts(client: Client) -> None:
    site = BiosphereReserveFactory(
        slug="uvs", name="Uvs", states=["MN", "RU"], latitude=Decimal("50.5"), longitude=Decimal("92.75"), accuracy_km=40,
        area_ha=Decimal("771700.00"), core_ha=Decimal("100.5"), summary="A lake.", website="https://example.org/uvs",
        unesco_url="https://example.org/at-unesco",
        other_designations=["ramsar"],
    )  # fmt: skip
    site.names.create(name="Увс нуур", kind="local", language="mn")
    page = data_of(client, "/reserves/uvs/")
    place = page["mainEntity"]
    assert page["@context"] == "https://schema.org"
    assert page["url"] == "http://localhost:8000/reserves/uvs/"
    assert page["publisher"]["name"] == "East Asian Biosphere Reserve Network"
    assert (place["@type"], place["name"], place["identifier"]) == ("Place", "Uvs", "reserve:uvs")
    assert place["alternateName"] == [{"@value": "Увс нуур", "@language": "mn"}]
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 50.5, "longitude": 92.75}
    assert [country["identifier"] for country in place["containedInPlace"]] == ["MN", "RU"]
    assert place["url"] == "https://example.org/uvs"
    assert place["subjectOf"] == {"@type": "WebPage", "url": "https://example.org/at-unesco"}
    assert {one["name"]: (one["value"], one.get("unitCode")) for one in place["additionalProperty"]} == {
        "status": ("designated", None),
        "designation_year": (1997, None),
        "area_ha": (771700, "HAR"),
        "accuracy_km": (40, "KMT"),
        "core_ha": (100.5, "HAR"),
        "ecosystem": ("temperate forest", None),
        "other_designations": (["ramsar"], None),
    }


def test_what_is_not_known_is_left_out(client: Client) -> None:
    GeoparkFactory(slug="bare", states=[], status="aspiring", designation_year=None)
    place = data_of(client, "/geoparks/bare/")["mainEntity"]
    assert sorted(place) == ["@type", "additionalProperty", "identifier", "name"]
    assert [one["name"] for one in place["additionalProperty"]] == ["status"]


def test_text_that_ends_a_script_stays_text(client: Client) -> None:
    nasty = "</script><script>alert(1)</script><!-- & \u2028"
    GeoparkFactory(slug="nasty", summary=nasty, geological_theme="Karst")
    text = client.get("/geoparks/nasty/").content.decode()
    block = text.split(BEGINS)[1].split("</script>")[0]
    assert json.loads(block)["mainEntity"]["description"] == nasty
    assert set("<>&\u2028") & set(block) == set()
