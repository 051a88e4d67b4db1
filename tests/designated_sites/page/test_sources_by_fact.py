"""Sources by the facts they stand for."""

import pytest
from django.test import Client

from designated_sites.page.sources_by_fact import sources_by_fact
from tests.factories import BiosphereReserveFactory, GeoparkFactory


def groups(*sources: str) -> list[tuple[str, list[str]]]:
    return [(group.key, group.lines) for group in sources_by_fact(sources)]


def test_sources_without_a_word_stand_for_the_whole_record() -> None:
    assert groups("https://example.org/a", "A book: with a colon", "Name: x") == [
        ("record", ["https://example.org/a", "A book: with a colon", "Name: x"])
    ]


def test_each_fact_has_its_sources_in_the_order_of_the_page() -> None:
    assert groups("more: b", "point: approximate", "year: a", "council vote: c", "area: d", "year: e") == [
        ("designation", ["a", "council vote: c", "e"]),
        ("area", ["d"]),
        ("point", ["approximate"]),
        ("record", ["b"]),
    ]


def test_word_that_names_no_fact_is_kept() -> None:
    assert groups("theme: x", "") == [("record", ["theme: x", ""])]
    assert groups() == []


@pytest.mark.django_db
def test_fact_leads_to_its_source(client: Client) -> None:
    GeoparkFactory(slug="aso", area_ha=5, sources=["area: https://example.org/area", "more: A book"])
    text = " ".join(client.get("/geoparks/aso/").content.decode().split())
    assert text.count('href="#source-area"') == text.count('id="source-area"') == 1
    assert 'href="#source-point"' not in text
    area = text.split('id="source-area"')[1].split("</dd>")[0]
    assert 'href="https://example.org/area"' in area
    assert "The sources are listed at the end by the facts they stand for." in text


@pytest.mark.django_db
def test_sources_of_the_whole_record_are_said_to_be_so(client: Client) -> None:
    BiosphereReserveFactory(slug="aya", sources=["A book"])
    text = client.get("/reserves/aya/").content.decode()
    assert "The sources listed at the end are for the whole record." in text
    assert 'href="#source-' not in text
