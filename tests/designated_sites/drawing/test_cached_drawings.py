"""Drawings kept for all processes: drawn once for the same facts, again for others."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client

from designated_sites.drawing import cached_drawings, locator
from tests.factories import BiosphereReserveFactory

POINT = (100.0, 45.0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[float, float]]]:
    """The points drawn, in a process that has not drawn yet."""
    points: list[tuple[float, float]] = []
    real = locator.locator

    def counting(slug: str, kind: str, point: tuple[float, float], **words: object) -> str:
        points.append(point)
        return real(slug, kind, point, **words)  # type: ignore[arg-type]

    monkeypatch.setattr(locator, "locator", counting)
    cached_drawings.locator_map.cache_clear()
    yield points
    cached_drawings.locator_map.cache_clear()


def draw(point: tuple[float, float] = POINT, title: str = "Aya") -> str:
    return cached_drawings.locator_map("aya", "reserve", point, title, "Here", (640, 430), "km")


def test_second_process_takes_the_drawing_of_the_first(drawn: list[tuple[float, float]]) -> None:
    first = draw()
    cached_drawings.locator_map.cache_clear()  # as a process that has just begun
    assert draw() == first
    assert drawn == [POINT]


def test_other_facts_and_other_code_are_drawn_anew(
    drawn: list[tuple[float, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    draw()
    assert "Uvs" in draw(title="Uvs")
    draw((101.0, 45.0))
    monkeypatch.setattr(cached_drawings, "edition", lambda: "next release")
    cached_drawings.locator_map.cache_clear()
    draw()
    assert drawn == [POINT, POINT, (101.0, 45.0), POINT]


@pytest.mark.django_db
def test_page_shows_a_point_moved_by_raw_sql_at_once(client: Client, drawn: list[tuple[float, float]]) -> None:
    site = BiosphereReserveFactory(slug="aya", latitude=Decimal(45), longitude=Decimal(100))
    client.get("/reserves/aya/")
    client.get("/reserves/aya/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reserves_biospherereserve SET longitude = 101 WHERE id = %s", [site.pk])
    text = client.get("/reserves/aya/").content.decode()
    assert drawn == [POINT, (101.0, 45.0)]
    assert "lies at 45°00′ N, 101°00′ E" in text
