"""What only the page of a geopark says."""

from decimal import Decimal

import pytest
from django.test import Client

from tests.factories import GeoparkFactory

pytestmark = pytest.mark.django_db


def page(client: Client, slug: str) -> str:
    response = client.get(f"/geoparks/{slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_area_is_in_square_kilometres_and_the_theme_is_named(client: Client) -> None:
    GeoparkFactory(slug="jeju", area_ha=Decimal(185000), geological_theme="Shield volcano")
    text = page(client, "jeju")
    assert "<dt>Area</dt><dd>1,850 km²</dd>" in text
    assert "<dt>Geological theme</dt><dd>Shield volcano</dd>" in text


def test_overlapping_reserve_that_is_not_in_the_directory_stands_as_text(client: Client) -> None:
    GeoparkFactory(slug="alone", overlapping_names=["Elsewhere Reserve"])
    text = page(client, "alone")
    assert "Not in this directory</span><div>Elsewhere Reserve</div>" in text


def test_revalidation_is_not_public(client: Client) -> None:
    GeoparkFactory(slug="checked").revalidations.create(year=2024, card="yellow")
    text = page(client, "checked").lower()
    assert "yellow" not in text
    assert "revalidation" not in text


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Jeju Island UNESCO Global Geopark", 'Jeju Island <span class="name-label">UNESCO Global Geopark</span>'),
        ("Burabay Geopark", "Burabay Geopark"),
        ("A & B UNESCO Global Geopark", 'A &amp; B <span class="name-label">UNESCO Global Geopark</span>'),
        ("UNESCO Global Geopark", "UNESCO Global Geopark"),
    ],
)
def test_heading_sets_the_place_before_the_title(client: Client, name: str, heading: str) -> None:
    GeoparkFactory(slug="one", name=name)
    assert f"<h1>{heading}</h1>" in page(client, "one")
    assert f">{heading}</a></h2>" in client.get("/geoparks/").content.decode()
