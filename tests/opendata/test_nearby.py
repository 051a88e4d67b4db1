"""Sites nearby: which, how far, in how round a figure."""

from decimal import Decimal
from math import asin, atan2, cos, degrees, radians, sin
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opendata.map import nearby as nearby_module
from opendata.map.nearby import Neighbour, great_circle, nearby, step_for
from tests.factories import BiosphereReserveFactory, GeoparkFactory

QUARTER = 10007.557  # km, of a great circle of the mean earth


def at(latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    return {"latitude": Decimal(str(latitude)), "longitude": Decimal(str(longitude)), **more}


def found(site: Any) -> list[str]:
    return [f"{one.kind}:{one.slug}" for one in nearby(site)]


def away_from(centre: tuple[float, float], turn: int, kilometres: float) -> tuple[float, float]:
    """The point so far off in a direction, in degrees from north."""
    north, away, bearing = radians(centre[0]), kilometres / 6371.0088, radians(turn)
    latitude = asin(sin(north) * cos(away) + cos(north) * sin(away) * cos(bearing))
    east = atan2(sin(bearing) * sin(away) * cos(north), cos(away) - sin(north) * sin(latitude))
    return degrees(latitude), (centre[1] + degrees(east) + 180) % 360 - 180


@pytest.mark.parametrize(
    ("here", "there", "kilometres"),
    [
        ((0, 0), (90, 0), QUARTER),
        ((0, 0), (0, 180), 2 * QUARTER),
        ((50, 179.5), (50, -179.5), 71.474),
        ((37.5665, 126.978), (35.6762, 139.6503), 1151.7),
        ((10, 10), (10, 10), 0),
    ],
)
def test_great_circle(here: Any, there: Any, kilometres: float) -> None:
    assert great_circle(here, there) == pytest.approx(kilometres, rel=3e-3, abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [(None, None, 10), (1, 1, 10), (10, None, 20), (20, 20, 50), (30, 30, 50), (40, None, 50), (40, 40, 100), (0, 0, 10)],
)  # fmt: skip
def test_the_less_exact_the_points_the_rounder_the_figure(one: int | None, other: int | None, step: int) -> None:
    assert step_for(one, other) == step
    assert step_for(other, one) == step


@pytest.mark.parametrize(
    ("kilometres", "step", "words"),
    [
        (42.4, 10, "about 40 km"),
        (45.1, 10, "about 50 km"),
        (42.4, 50, "about 50 km"),
        (148.0, 100, "about 100 km"),
        (4.9, 10, "less than 10 km"),
        (30.0, 100, "less than 100 km"),
    ],
)
def test_distance_in_words(kilometres: float, step: int, words: str) -> None:
    assert Neighbour("reserve", "a", "A", "", None, "", [], kilometres, step).distance == words


@pytest.mark.django_db
def test_nearest_of_both_kinds_stand_first_and_six_are_the_most() -> None:
    here = BiosphereReserveFactory(slug="here", **at(45, 100))
    for number in range(1, 5):
        BiosphereReserveFactory(slug=f"r{number}", **at(45 + number / 2, 100))
        GeoparkFactory(slug=f"g{number}", **at(45, 100 + number / 3))
    BiosphereReserveFactory(slug="far", **at(48, 100))  # 334 km
    assert found(here) == ["geopark:g1", "geopark:g2", "reserve:r1", "geopark:g3", "geopark:g4", "reserve:r2"]
    assert nearby(here)[2].kilometres == pytest.approx(55.6, abs=0.1)


@pytest.mark.django_db
def test_what_is_hidden_coarse_or_without_a_point_is_not_nearby() -> None:
    here = GeoparkFactory(slug="here", **at(45, 100, accuracy_km=30))
    BiosphereReserveFactory(slug="exact", **at(45, 100.5, accuracy_km=40))
    BiosphereReserveFactory(slug="coarse", **at(45, 100.5, accuracy_km=41))
    BiosphereReserveFactory(slug="hidden", published=False, **at(45, 100.5))
    BiosphereReserveFactory(slug="nowhere")
    assert found(here) == ["reserve:exact"]


@pytest.mark.django_db
@pytest.mark.parametrize("point", [{"latitude": None}, at(45, 100, accuracy_km=41)])
def test_site_whose_own_point_is_coarse_has_no_neighbours(client: Client, point: dict[str, Any]) -> None:
    here = BiosphereReserveFactory(slug="here", **point)
    BiosphereReserveFactory(slug="other", **at(45, 100.5))
    assert found(here) == []
    assert 'id="nearby"' not in client.get("/reserves/here/").content.decode()
    assert 'id="nearby"' not in client.get("/reserves/other/").content.decode()


@pytest.mark.django_db
def test_what_the_page_names_already_is_not_repeated() -> None:
    joint = BiosphereReserveFactory(slug="joint", **at(45, 100))
    part = BiosphereReserveFactory(slug="part", joint_reserve=joint, **at(45, 100.1))
    sibling = BiosphereReserveFactory(slug="sibling", joint_reserve=joint, **at(45, 100.16))
    geopark = GeoparkFactory(slug="overlapping", **at(45, 100.3))
    geopark.overlapping_reserves.add(part)
    other = GeoparkFactory(slug="other", **at(45, 100.4))
    assert found(joint) == ["geopark:overlapping", "geopark:other"]
    assert found(part) == ["reserve:sibling", "geopark:other"]
    assert found(sibling) == ["reserve:part", "geopark:overlapping", "geopark:other"]
    assert found(geopark) == ["geopark:other", "reserve:sibling", "reserve:joint"]
    assert found(other) == ["geopark:overlapping", "reserve:sibling", "reserve:part", "reserve:joint"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "centre", [(0.0, 0.0), (74.0, 100.0), (52.0, 179.9), (52.0, -179.9), (89.0, 10.0), (-60.0, 30.0)]
)
def test_all_within_reach_are_asked_for(monkeypatch: pytest.MonkeyPatch, centre: tuple[float, float]) -> None:
    """Points just within and just beyond the reach in all directions, also across the antimeridian and the pole."""
    monkeypatch.setattr(nearby_module, "MOST", 100)
    within = {f"in-{turn}": away_from(centre, turn, 297.0) for turn in range(0, 360, 30)}
    beyond = {f"out-{turn}": away_from(centre, turn, 303.0) for turn in range(0, 360, 30)}
    for slug, (latitude, longitude) in (within | beyond).items():
        BiosphereReserveFactory(slug=slug, **at(round(latitude, 4), round(longitude, 4)))
    here = GeoparkFactory(**at(*centre))
    assert {one.slug for one in nearby(here)} == set(within)


@pytest.mark.django_db
def test_page_shows_them_with_their_names_and_how_far(client: Client) -> None:
    BiosphereReserveFactory(slug="here", **at(45, 100))
    other = GeoparkFactory(slug="other", name="Other", status="aspiring", designation_year=None, **at(45, 100.5))
    other.names.create(name="Өөр", kind="local", language="mn")
    text = " ".join(client.get("/reserves/here/").content.decode().split())
    section = text.split('<section class="section" id="nearby"')[1].split("</section>")[0]
    assert '<a href="/geoparks/other/">Other</a> <span class="local"><span lang="mn">Өөр</span></span>' in section
    assert "about 40 km" in section
    assert "Aspiring, not designated" in section
    assert '<a href="#nearby">Nearby sites</a>' in text


@pytest.mark.django_db
def test_neighbours_take_one_query() -> None:
    here = BiosphereReserveFactory(**at(45, 100))
    GeoparkFactory(slug="other", **at(45, 100.5))
    with CaptureQueriesContext(connection) as asked:
        assert found(here) == ["geopark:other"]
    assert len(asked) == 1
