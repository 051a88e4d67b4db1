"""What only the page of a biosphere reserve says: zones, joint reserves, overlapping geoparks."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory, DocumentFactory, GeoparkFactory

pytestmark = pytest.mark.django_db


def page(client: Client, slug: str) -> str:
    response = client.get(f"/reserves/{slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_zones_are_shown_with_shares_and_compared_with_the_total(client: Client) -> None:
    BiosphereReserveFactory(
        slug="zoned", area_ha=Decimal(110), core_ha=Decimal(10), buffer_ha=Decimal(20), transition_ha=Decimal(70),
        extension_years=[2016],
    )  # fmt: skip
    text = page(client, "zoned")
    assert "Differs from the sum of the three zones, 100 ha." in text
    assert 'Sum of the zones</th><td class="num">100</td>' in text
    assert 'Published total</th><td class="num">110</td>' in text
    assert "70.0\u00a0%" in client.get("/reserves/zoned/").content.decode()
    assert "1997, extended 2016" in text


def test_zone_that_is_not_known_is_said_in_words(client: Client) -> None:
    BiosphereReserveFactory(slug="part", area_ha=Decimal(30), core_ha=Decimal(10), buffer_ha=Decimal(20))
    text = page(client, "part")
    assert 'Transition area</th><td class="num">not known</td>' in text
    assert "Equals the sum of the zones that are known." in text


def test_reserve_without_zones_says_that_they_are_not_known(client: Client) -> None:
    BiosphereReserveFactory(slug="none", area_ha=Decimal(30))
    text = page(client, "none")
    assert "The hectares of the zones were not found in any source." in text
    assert text.count('<td class="num">not known</td>') == 3


def test_joint_reserve_and_its_parts_point_to_each_other_and_are_not_added(client: Client) -> None:
    joint = BiosphereReserveFactory(slug="joint", name="Joint", states=["MN", "RU"], area_ha=Decimal(300))
    BiosphereReserveFactory(slug="part", name="Part", joint_reserve=joint, area_ha=Decimal(100))
    BiosphereReserveFactory(slug="hidden", name="Hidden part", joint_reserve=joint, published=False)
    text = page(client, "joint")
    assert '<a href="/reserves/part/">Part</a>' in text
    assert "Hidden part" not in text
    assert "<dt>Area</dt><dd>300 ha" in text
    assert "their areas are not added to that of the joint reserve" in text
    assert '<a href="/reserves/joint/">Joint</a>' in page(client, "part")


def test_hidden_joint_reserve_is_not_given_away(client: Client) -> None:
    joint = BiosphereReserveFactory(slug="joint", name="Secret joint", published=False)
    BiosphereReserveFactory(slug="part", joint_reserve=joint)
    assert "Secret joint" not in page(client, "part")


def test_overlapping_geopark_and_reserve_point_to_each_other(client: Client) -> None:
    reserve = BiosphereReserveFactory(slug="jeju", name="Jeju", other_designations=["global_geopark"])
    geopark = GeoparkFactory(slug="jeju", name="Jeju Geopark")
    geopark.overlapping_reserves.add(reserve, BiosphereReserveFactory(slug="h", name="Hidden one", published=False))
    GeoparkFactory(name="Hidden geopark", published=False).overlapping_reserves.add(reserve)
    text = page(client, "jeju")
    assert '<a href="/geoparks/jeju/">Jeju Geopark</a>' in text
    assert '<a class="badge" href="#geoparks">' in text
    assert "Hidden geopark" not in text
    other = client.get("/geoparks/jeju/").content.decode()
    assert '<a href="/reserves/jeju/">Jeju</a>' in other
    assert "Hidden one" not in other


def test_review_of_a_site_is_not_public(client: Client) -> None:
    reserve = BiosphereReserveFactory(slug="reviewed")
    reserve.reviews.create(year=2020, outcome="does_not_meet")
    text = page(client, "reviewed")
    assert "review" not in text.lower().replace("reviewed", "")
    assert "criteria" not in text.lower()


def test_outcome_is_public_with_the_text_of_the_council(client: Client) -> None:
    reserve = BiosphereReserveFactory(slug="cited", designation_year=1990)
    cited = {"outcome": "meets", "public_source": "https://example.org/icc"}
    reserve.reviews.create(year=2000, document=DocumentFactory(title="Recommendation", slug="recommendation"), **cited)
    reserve.reviews.create(year=2010, outcome="does_not_meet")
    reserve.reviews.create(
        year=2020, due_override="2021-01-31", override_reason="Secret", public_source="https://example.org/a"
    )
    section = page(client, "cited").split('id="outcomes"')[1].split("</section>")[0]
    assert section.count("<li>") == 1
    assert '2000: Meets the criteria (<a href="https://example.org/icc"' in section
    assert '<a href="/documents/recommendation/">Recommendation</a>' in section


@pytest.mark.parametrize(
    "review", [{"year": 2007, "outcome": "meets"}, {"year": 2015, "due_override": "2016-01-31", "override_reason": "x"}]
)
def test_no_page_says_that_a_reserve_is_late(client: Client, review: dict[str, Any]) -> None:
    reserve = BiosphereReserveFactory(slug="late", designation_year=1997)
    reserve.reviews.create(**review)
    assert BiosphereReserve.objects.review_overdue().get() == reserve
    for address in ("/reserves/late/", "/reserves/", "/statistics/", "/api/reserves/late", "/reserves/export.csv"):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode().lower()
        assert "overdue" not in text
