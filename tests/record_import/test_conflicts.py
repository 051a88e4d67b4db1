"""What staff have edited since the last run is kept and listed; everything else follows the files."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from events.models import Event
from geoparks.models import Geopark
from network.models import MemberState, Partner, Programme
from record_import.differences import Change
from record_import.loading import Result, load
from reserves.models import BiosphereReserve
from tests.factories import BiosphereReserveFactory
from trainings.models import Training

from .tables import edit, read, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(small: Path) -> None:
    load(small)


def conflicts(result: Result) -> list[tuple[str, Change]]:
    return [(one.records.source, conflict) for one in result for conflict in one.conflicts]


def removed(result: Result) -> dict[str, list[str]]:
    return {one.records.source: one.removed for one in result if one.removed}


def without(directory: Path, file: str, *keys: str) -> None:
    """Takes rows out of a file."""
    columns, rows = read(directory / file)
    write(directory / file, columns, [row for row in rows if row[columns[0]] not in keys])


def test_edited_field_is_kept_and_listed_again_and_again(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(designation_year=2017)
    expected = [("geoparks", Change("rocks", "designation_year", 2017, 2015))]
    for _run in range(2):
        result = load(small)
        assert (conflicts(result), result.written) == (expected, 0)
    assert Geopark.objects.get(slug="rocks").designation_year == 2017


def test_edited_field_is_kept_when_the_file_changes_too(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(designation_year=2017)
    edit(small, "geoparks.csv", "rocks", designation_year="2016")
    result = load(small)
    assert conflicts(result) == [("geoparks", Change("rocks", "designation_year", 2017, 2016))]
    assert (result.written, Geopark.objects.get(slug="rocks").designation_year) == (0, 2017)


def test_other_fields_of_an_edited_row_follow_the_file(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(designation_year=2017)
    edit(small, "geoparks.csv", "rocks", summary_en="Old rocks.", confidence="low")
    result = load(small)
    assert conflicts(result) == [("geoparks", Change("rocks", "designation_year", 2017, 2015))]
    rocks = Geopark.objects.get(slug="rocks")
    assert (rocks.summary_en, rocks.confidence, rocks.designation_year) == ("Old rocks.", "low", 2017)


def test_unedited_field_follows_the_file(small: Path) -> None:
    edit(small, "geoparks.csv", "rocks", designation_year="2016")
    result = load(small)
    assert (conflicts(result), result.written) == ([], 1)
    assert Geopark.objects.get(slug="rocks").designation_year == 2016


def test_conflict_ends_when_both_agree(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(designation_year=2017)
    edit(small, "geoparks.csv", "rocks", designation_year="2017")
    result = load(small)
    assert (conflicts(result), result.written) == ([], 0)
    edit(small, "geoparks.csv", "rocks", designation_year="2018")
    load(small)
    assert Geopark.objects.get(slug="rocks").designation_year == 2018


def test_edit_taken_back_is_none(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(designation_year=2017)
    load(small)
    Geopark.objects.filter(slug="rocks").update(designation_year=2015)
    edit(small, "geoparks.csv", "rocks", designation_year="2016")
    result = load(small)
    assert (conflicts(result), Geopark.objects.get(slug="rocks").designation_year) == ([], 2016)


def test_translation_by_staff_is_no_conflict(small: Path) -> None:
    Geopark.objects.filter(slug="rocks").update(summary_mn="Хад")
    edit(small, "geoparks.csv", "rocks", summary_en="Old rocks.")
    assert conflicts(load(small)) == []
    rocks = Geopark.objects.get(slug="rocks")
    assert (rocks.summary_en, rocks.summary_mn) == ("Old rocks.", "Хад")


def test_emptied_field_is_kept_empty(small: Path) -> None:
    BiosphereReserve.objects.filter(slug="lake").update(area_ha=None)
    assert conflicts(load(small)) == [("biosphere reserves", Change("lake", "area_ha", None, "1234.5"))]
    assert BiosphereReserve.objects.get(slug="lake").area_ha is None


def test_edited_names_are_kept(small: Path) -> None:
    lake = BiosphereReserve.objects.get(slug="lake")
    lake.names.create(name="Great Lake", kind="alias", order=3)
    edit(small, "biosphere_reserves.csv", "lake", alt_names="Nuur")
    loaded = [["local", "mn", "Нуур"], ["alias", "", "Nuur"]]
    held = [*loaded, ["alias", "", "Lake Park"], ["alias", "", "Great Lake"]]
    assert conflicts(load(small)) == [("biosphere reserves", Change("lake", "names", held, loaded))]
    assert [one.name for one in lake.names.all()] == ["Нуур", "Nuur", "Lake Park", "Great Lake"]


def test_edited_links_are_kept(small: Path) -> None:
    Geopark.objects.get(slug="rocks").overlapping_reserves.add(BiosphereReserve.objects.get(slug="joint"))
    Programme.objects.get(slug="mab").partner_links.filter(partner__slug="office").delete()
    MemberState.objects.filter(code="MN").update(mab_committee=None)
    assert conflicts(load(small)) == [
        ("member states", Change("MN", "mab_committee", "", "mab-mongolia")),
        ("programmes", Change("mab", "partner_links", [["mab-mongolia", ""]], [["mab-mongolia", ""], ["office", ""]])),
        ("geoparks", Change("rocks", "overlapping_reserves", ["joint", "lake"], ["lake"])),
    ]


def test_row_out_of_the_file_is_kept_and_listed(small: Path) -> None:
    without(small, "geoparks.csv", "rocks")
    for _run in range(2):
        result = load(small)
        assert (removed(result), result.written, conflicts(result)) == ({"geoparks": ["rocks"]}, 0, [])
    assert Geopark.objects.filter(slug="rocks").count() == 1


def test_row_that_neither_holds_is_forgotten(small: Path) -> None:
    Geopark.objects.get(slug="rocks").delete()
    without(small, "geoparks.csv", "rocks")
    assert removed(load(small)) == {}


def test_deleted_record_does_not_come_back(small: Path) -> None:
    Training.objects.get(slug="course").delete()
    edit(small, "trainings.csv", "course", seats="40")
    result = load(small)
    assert conflicts(result) == [("trainings", Change("course", "(the record)", "deleted", "still in the file"))]
    assert (result.written, Training.objects.count()) == (0, 0)


def test_reference_to_a_deleted_record_is_no_fault(small: Path) -> None:
    Training.objects.get(slug="course").events.clear()
    Event.objects.filter(slug="webinar-1").update(part_of=None)
    Event.objects.get(slug="webinars").delete()
    result = load(small)
    assert conflicts(result) == [("events", Change("webinars", "(the record)", "deleted", "still in the file"))]
    assert (result.written, Event.objects.get(slug="webinar-1").part_of) == (0, None)


def test_record_of_staff_is_completed_but_not_corrected(small: Path) -> None:
    made = BiosphereReserveFactory(slug="steppe", name="Steppe", designation_year=2001, states=["MN"])
    columns, rows = read(small / "biosphere_reserves.csv")
    row = dict.fromkeys(columns, "") | {
        "slug": "steppe", "name_en": "Steppe", "country_codes": "MN", "designation_year": "2003",
        "admin_region": "East", "ecosystem": made.ecosystem, "transboundary": "false", "confidence": made.confidence,
    }  # fmt: skip
    write(small / "biosphere_reserves.csv", columns, [*rows, row])
    assert conflicts(load(small)) == [("biosphere reserves", Change("steppe", "designation_year", 2001, 2003))]
    made.refresh_from_db()
    assert (made.designation_year, made.admin_region_en) == (2001, "East")


def test_command_lists_conflicts_and_removed_rows(small: Path) -> None:
    Partner.objects.filter(slug="office").update(website="https://example.org/new")
    without(small, "geoparks.csv", "hopes")
    edit(small, "partners.csv", "office", website="https://example.org/")
    out = io.StringIO()
    call_command("load_network_data", small, stdout=out)
    assert out.getvalue().splitlines()[11:] == [
        '  conflict  partners.csv, partners: office, website: kept "https://example.org/new", file says "https://example.org/"',
        "  removed   geoparks.csv, geoparks: hopes is no longer in the file, the record is kept",
        "0 changes, 1 conflict.",
    ]
