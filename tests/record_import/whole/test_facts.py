"""Cell by cell: what a file of the network says, a record holds."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models

from designated_sites.models.coordinate_check import fault
from events.models import Event
from geoparks.models import Geopark
from network.models import Document, MemberState, Partner, Programme
from records.formats.partial_dates import show_partial
from reserves.models import BiosphereReserve
from tests.record_import.tables import read
from trainings.models import Training

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("loaded")]

SITES = [(BiosphereReserve, "biosphere_reserves.csv"), (Geopark, "geoparks.csv")]
ACTIVITIES = [(Event, "events.csv"), (Training, "trainings.csv")]
FILES = [
    (MemberState, "member_states.csv"), (Partner, "partners.csv"), (Programme, "programmes.csv"),
    (Document, "documents.csv"), *SITES, *ACTIVITIES,
]  # fmt: skip


def rows_of(file: str) -> dict[str, dict[str, str]]:
    columns, rows = read(Path(settings.BASE_DIR) / "data" / file)
    return {row[columns[0]]: row for row in rows}


def held_by(model: type[models.Model], fact: Callable[[Any], object]) -> dict[str, object]:
    return {getattr(one, "slug", "") or one.code: fact(one) for one in model._base_manager.all()}


def cells(file: str, column: str, read_as: Callable[[str], object] = str.strip) -> dict[str, object]:
    return {key: read_as(row[column]) for key, row in rows_of(file).items()}


def number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def without_signs(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@pytest.mark.parametrize(("model", "file"), [one for one in FILES if one[0] is not Geopark])
def test_sources_are_kept(model: type[models.Model], file: str) -> None:
    found = held_by(model, lambda one: without_signs("".join(one.sources)))
    assert found == cells(file, "source", without_signs)


def test_sources_of_geoparks_are_kept_with_what_they_are_for() -> None:
    """One that stands for several addresses (“more: a ; b”) is said for each of them."""
    for key, sources in held_by(Geopark, lambda one: one.sources).items():
        said: list[str] = []
        for part in rows_of("geoparks.csv")[key]["source"].split(" | "):
            label, _sep, addresses = part.partition(": ")
            said += [f"{label}: {address.strip()}" for address in addresses.split(" ; ")]
        assert sources == said


@pytest.mark.parametrize(("model", "file"), [*SITES, *ACTIVITIES])
def test_confidence_is_kept(model: type[models.Model], file: str) -> None:
    assert held_by(model, lambda one: one.confidence) == cells(file, "confidence")


@pytest.mark.parametrize(("model", "file"), SITES)
@pytest.mark.parametrize(
    ("column", "fact", "read_as"),
    [
        ("name_en", lambda site: site.name, str),
        ("country_codes", lambda site: sorted(site.state_codes), lambda cell: sorted(listed(cell))),
        ("designation_year", lambda site: site.designation_year, lambda cell: int(cell) if cell else None),
        ("latitude", lambda site: site.latitude, number),
        ("longitude", lambda site: site.longitude, number),
        ("accuracy_km", lambda site: site.accuracy_km, number),
        ("admin_region", lambda site: site.admin_region_en, str),
        ("other_designations", lambda site: site.other_designations, listed),
        ("summary_en", lambda site: site.summary_en, str),
        ("website", lambda site: site.website, str),
        ("unesco_url", lambda site: site.unesco_url, str),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_site_holds_what_the_file_says(
    model: type[models.Model],
    file: str,
    column: str,
    fact: Callable[[Any], object],
    read_as: Callable[[str], object],
) -> None:
    assert held_by(model, fact) == cells(file, column, read_as)


@pytest.mark.parametrize(("column", "field"), [
    ("area_total_ha", "area_ha"), ("area_core_ha", "core_ha"), ("area_buffer_ha", "buffer_ha"),
    ("area_transition_ha", "transition_ha"),
])  # fmt: skip
def test_reserve_holds_its_areas(column: str, field: str) -> None:
    found = held_by(BiosphereReserve, lambda one: getattr(one, field))
    assert found == cells("biosphere_reserves.csv", column, number)


def test_geopark_holds_its_area_status_and_theme() -> None:
    assert held_by(Geopark, lambda one: one.area_km2) == cells("geoparks.csv", "area_km2", number)
    assert held_by(Geopark, lambda one: one.status) == cells("geoparks.csv", "status")
    assert held_by(Geopark, lambda one: one.geological_theme_en) == cells("geoparks.csv", "geological_theme")


@pytest.mark.parametrize(("model", "file"), SITES)
def test_every_name_in_every_script_is_a_row(model: Any, file: str) -> None:
    found = {
        site.slug: {site.name, *(one.name for one in site.names.all())}
        for site in model.objects.prefetch_related("names")
    }
    said = {
        key: {
            name.strip()
            for column, sign in (("name_en", "\n"), ("name_local", " / "), ("alt_names", ";"), ("renamed_from", "\n"))
            for name in row.get(column, "").split(sign)
            if name.strip()
        }
        for key, row in rows_of(file).items()
    }
    assert found == said


@pytest.mark.parametrize(("model", "file"), ACTIVITIES)
def test_dates_are_kept_as_partial_as_they_are(model: type[models.Model], file: str) -> None:
    starts = held_by(model, lambda one: show_partial(one.start_day, one.start_precision))
    ends = held_by(model, lambda one: show_partial(one.end_day, one.end_precision) if one.ends_at else "")
    assert (starts, ends) == (cells(file, "start_date"), cells(file, "end_date"))
    assert {len(str(start)) for start in starts.values()} >= {4, 10}


@pytest.mark.parametrize(("model", "file"), ACTIVITIES)
def test_every_body_and_site_is_there_by_its_name(model: type[models.Model], file: str) -> None:
    bodies = {
        key: sorted(
            name for column in ("organisers", "partners", "funder") for name in set(listed(row.get(column, "")))
        )
        for key, row in rows_of(file).items()
    }
    assert held_by(model, lambda one: sorted(body.name for body in one.involvements.all())) == bodies
    sites = cells(file, "related_reserves", lambda cell: set(listed(cell)))
    assert held_by(model, lambda one: {link.name for link in one.site_links.all()}) == sites


def test_parts_hang_where_the_file_says() -> None:
    assert held_by(Event, lambda one: one.part_of.slug if one.part_of else "") == cells("events.csv", "part_of")
    joint = held_by(BiosphereReserve, lambda one: one.joint_reserve.slug if one.joint_reserve else "")
    assert joint == cells("biosphere_reserves.csv", "joint_reserve")


def test_point_that_is_swapped_is_refused_unless_both_orders_lie_in_the_state() -> None:
    """For these the memory of the last run is the guard: at the first run nothing tells."""
    both, points = set(), 0
    for model, _file in SITES:
        for site in model.objects.exclude(latitude=None):
            points += 1
            latitude, longitude = float(site.latitude), float(site.longitude)
            assert fault(site.state_codes, latitude, longitude) == ""
            both |= set() if fault(site.state_codes, longitude, latitude) else {site.slug}
    assert points == 214
    assert sorted(both) == [
        "astrakhanskiy", "bashkirskiyi-ural", "chernyje-zemli", "kizlyar-bay", "lake-elton", "mountain-great-bogdo",
        "mountainous-urals", "pechoro-ilychskiy", "rostovsky", "toratau", "visimskiy", "volga-akhtuba-floodplain",
        "yangan-tau",
    ]  # fmt: skip


def test_accuracy_is_given_for_the_points_that_the_readme_calls_rough() -> None:
    """40 km for a point from general knowledge, more where the reserve itself is larger than that; the rest is sourced."""
    larger = {
        "uvs-nuur-basin": 50, "katunskiy": 50, "great-altay-transboundary": 80, "khakassky": 90,
        "tsentralnosibirskiy": 90, "uvs-lake-depression-transboundary": 90, "altaisky": 110, "commander-islands": 110,
        "dornod-mongol": 170,
    }  # fmt: skip
    rough = dict(BiosphereReserve.objects.exclude(accuracy_km=None).values_list("slug", "accuracy_km"))
    assert len(rough) == 57
    assert {slug: km for slug, km in rough.items() if km != 40} == larger
    split = Geopark.objects.filter(accuracy_km=70).order_by("slug").values_list("slug", flat=True)
    assert list(split) == ["dunhuang", "funiushan", "huanggang-dabieshan", "leiqiong", "mount-kunlun"]
    assert Geopark.objects.filter(accuracy_km=30).count() == 70
