"""Files that are refused: where exactly, and why; all at once, and nothing is written."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from events.models import Event
from geoparks.models import Geopark
from history.models import Change
from network.models import MemberState
from record_import.loading import LoadingError, load
from record_import.models import LoadedRow
from record_import.rows import Problem

from .tables import edit, read, write

pytestmark = pytest.mark.django_db

RESERVES, GEOPARKS, EVENTS, TRAININGS = "biosphere_reserves.csv", "geoparks.csv", "events.csv", "trainings.csv"
ROUNDED = "a spreadsheet has turned the value into a rounded number, its digits are lost. Enter it again, as text"
SWAPPED = "latitude and longitude are swapped"


def problems(directory: Path, *, dry_run: bool = False) -> list[Problem]:
    with pytest.raises(LoadingError) as refused:
        load(directory, dry_run=dry_run)
    return refused.value.problems


def written() -> list[int]:
    return [model.objects.count() for model in (MemberState, Event, Geopark, LoadedRow, Change)]


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("file", "key", "column", "cell", "line", "why"),
    [
        # damaged on the way
        (RESERVES, "joint", "summary_en", "鈥淢an and the Biosphere鈥", 3, "holds “鈥淢an and the Biosphere鈥”: UTF-8 that was read in another encoding and saved again"),
        ("partners.csv", "office", "name_en", "鈥淢an and the Biosphere鈥", 2, "holds “鈥淢an and the Biosphere鈥”: UTF-8 that was read in another encoding and saved again"),
        (RESERVES, "lake", "area_total_ha", "5.56E+08", 2, f"holds 5.56E+08: {ROUNDED}"),
        (EVENTS, "meeting", "participants", "5,56E+08", 2, f"holds 5,56E+08: {ROUNDED}"),
        (GEOPARKS, "rocks", "designation_year", "#REF!", 2, "holds #REF!, the error message of a spreadsheet, instead of a value"),
        # numbers
        (RESERVES, "lake", "area_total_ha", "1,234", 2, "“1,234” is not a number: digits and a point only, no spaces or thousands separators"),
        (RESERVES, "lake", "area_core_ha", "-1", 2, "Ensure this value is greater than or equal to 0."),
        (RESERVES, "lake", "area_total_ha", "0", 2, "Ensure this value is greater than or equal to 0.01."),
        (RESERVES, "lake", "accuracy_km", "about 40", 2, "“about 40” is not a whole number: digits only"),
        (GEOPARKS, "rocks", "area_km2", "99999999999", 2, "Ensure that there are no more than 12 digits in total."),
        (EVENTS, "meeting", "participants", "60+", 2, "“60+” is not a whole number: digits only"),
        (TRAININGS, "course", "women_share", "0.34", 2, "“0.34” is not a share such as 34%"),
        (TRAININGS, "course", "women_share", "340%", 2, "“340%” is not a share such as 34%"),
        # points
        (RESERVES, "lake", "latitude", "", 2, "is empty, while longitude is given"),
        (GEOPARKS, "rocks", "longitude", "", 2, "is empty, while latitude is given"),
        # years and dates
        (RESERVES, "lake", "designation_year", "02", 2, "“02” is not a year of four digits"),
        (RESERVES, "lake", "designation_year", "1900", 2, "“1900” is what a spreadsheet makes of an empty cell or of 0, not a date anybody meant"),
        (RESERVES, "lake", "designation_year", "1950", 2, "Ensure this value is greater than or equal to 1971."),
        (RESERVES, "lake", "designation_year", "", 2, "is empty"),
        (RESERVES, "lake", "extension_years", "2015;2010", 2, "the years 2015, 2010 do not rise"),
        (RESERVES, "lake", "extension_years", "2001", 2, "2001 lies before designation_year 2002"),
        ("programmes.csv", "mab", "end_year", "1970", 3, "1970 lies before start_year 1971"),
        ("programmes.csv", "mab", "start_year", "early", 3, "“early” is not a year of four digits"),
        (EVENTS, "meeting", "start_date", "3 October 2022", 2, "“3 October 2022” is not a date like 2022, 2022-10 or 2022-10-03"),
        (EVENTS, "meeting", "start_date", "2022-02-30", 2, "“2022-02-30” is not a date like 2022, 2022-10 or 2022-10-03"),
        (EVENTS, "meeting", "start_date", "44837", 2, "“44837” is the day number of a spreadsheet, not a date like 2022-10-03"),
        (EVENTS, "meeting", "start_date", "", 2, "is empty"),
        (EVENTS, "meeting", "end_date", "2022-10-01", 2, "2022-10-01 lies before 2022-10-03"),
        (EVENTS, "meeting", "postponed_from", "last year", 2, "“last year” is not a date like 2022, 2022-10 or 2022-10-03"),
        (TRAININGS, "course", "start_date", "2101", 2, "“2101” lies outside 1901 to 2100"),
        # codes and keys
        ("member_states.csv", "MN", "languages", "mon", 2, "“mon” is not known here. Known are: en, fr, ja, kk, ko, mn, ru, zh"),
        ("member_states.csv", "MN", "time_zones", "Asia/Ulan_Bator_2", 2, "“Asia/Ulan_Bator_2” is not an IANA time zone name such as Asia/Ulaanbaatar"),
        ("partners.csv", "office", "country_codes", "XX", 2, "“XX” is not the key of any of the member states"),
        ("partners.csv", "office", "kind", "bureau", 2, "“bureau” is not known here. Known are: NGO, UN agency, UNESCO centre or chair, academia, government, media, national commission, network, private sector"),
        ("programmes.csv", "mab", "partners", "office;nobody", 3, "“nobody” is not the key of any of the partners"),
        ("programmes.csv", "mab", "parent", "mab", 3, "“mab” is this row itself, or stands below it"),
        ("documents.csv", "report", "related_event", "party", 2, "“party” is not the key of any of the events"),
        ("documents.csv", "report", "programme", "Party", 2, "“Party” is not the name of any of the programmes"),
        (RESERVES, "joint", "country_codes", "MN;CN", 3, "“CN” is not the key of any of the member states"),
        (RESERVES, "lake", "other_designations", "ramsar;unesco", 2, "“unesco” is not known here. Known are: biosphere_reserve, global_geopark, ramsar, world_heritage"),
        (RESERVES, "lake", "confidence", "sure", 2, "“sure” is not known here. Known are: high, low, medium"),
        (RESERVES, "lake", "ecosystem", "", 2, "is empty"),
        (RESERVES, "lake", "transboundary", "true", 2, "is true, while country_codes is MN"),
        (RESERVES, "basin", "joint_reserve", "river", 4, "“river” is not the key of any of the biosphere reserves"),
        (GEOPARKS, "hopes", "status", "proposed", 3, "“proposed” is not known here. Known are: aspiring, designated, withdrawn"),
        (EVENTS, "meeting", "country_codes", "MN;ZZ", 2, "“ZZ” is not known here"),
        (EVENTS, "meeting", "countries_participating", "MN;ZZ", 2, "“ZZ” is not known here"),
        (EVENTS, "meeting", "countries_participating", "MN;many", 2, "“many” is not known here"),
        (EVENTS, "meeting", "timezone", "GMT+8", 2, "“GMT+8” is not an IANA time zone name such as Asia/Ulaanbaatar"),
        (EVENTS, "meeting", "timezone", "Asia/Seoul;Asia/Tokyo", 2, "names 2 zones, of which one is meant"),
        (EVENTS, "webinar-1", "part_of", "webinar-2", 4, "“webinar-2” is not the key of any of the events"),
        (EVENTS, "webinar-1", "part_of", "webinar-1", 4, "“webinar-1” is this row itself, or stands below it"),
        (TRAININGS, "course", "events", "webinars;party", 2, "“party” is not the key of any of the events"),
        (TRAININGS, "course", "format", "remote", 2, "“remote” is not known here. Known are: hybrid, online, onsite"),
        # what the model says
        ("partners.csv", "office", "website", "example", 2, "Enter a valid URL."),
        (GEOPARKS, "rocks", "name_en", "R" * 121, 2, "Ensure this value has at most 120 characters (it has 121)."),
        (RESERVES, "lake", "alt_names", "N" * 151, 2, f"{'N' * 151}: Ensure this value has at most 150 characters (it has 151)."),
        (EVENTS, "meeting", "title", "", 2, "is empty"),
        (EVENTS, "webinars", "slug", "Web inars", 3, "“Web inars” is not a slug: lower case letters a to z, digits, single hyphens"),
    ],
)  # fmt: skip
def test_cell_is_refused_with_its_place(
    small: Path, file: str, key: str, column: str, cell: str, line: int, why: str
) -> None:
    edit(small, file, key, **{column: cell})
    found = problems(small)
    # What refers to a key that is not one is told as well.
    assert [one for one in found if one.file == file and one.column == column] == [Problem(file, line, column, why)]
    assert column == "slug" or found == [Problem(file, line, column, why)]
    assert written() == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("file", "key", "latitude", "longitude", "why"),
    [
        (RESERVES, "lake", "100.25", "50.5", f"100.25 is no latitude, 50.5 could be one: {SWAPPED}"),
        (RESERVES, "lake", "50.5", "200", "50.5, 200.0 is not a point of the globe"),
        (RESERVES, "lake", "60.5", "70.5", "60.5, 70.5 lies far from MN"),
        (GEOPARKS, "rocks", "86", "44", f"86.0, 44.0 lies far from MN, 44.0, 86.0 would fit: {SWAPPED}"),
        (GEOPARKS, "rocks", "91", "181", "91.0, 181.0 is not a point of the globe"),
    ],
)  # fmt: skip
def test_point_out_of_place_is_refused(
    small: Path, file: str, key: str, latitude: str, longitude: str, why: str
) -> None:
    edit(small, file, key, latitude=latitude, longitude=longitude)
    assert problems(small) == [Problem(file, 2, "latitude", why)]


def test_point_swapped_since_the_last_run_is_refused_where_both_orders_fit(small: Path) -> None:
    load(small)
    edit(small, RESERVES, "basin", latitude="48.5", longitude="46.5")
    assert problems(small) == [
        Problem(RESERVES, 4, "latitude", "48.50000, 46.50000 was 46.50000, 48.50000 before: they are swapped")
    ]


@pytest.mark.parametrize(
    ("content", "line", "column", "why"),
    [
        (b"", 1, "", "the file is empty"),
        ("slug,name_en".encode("utf-16"), 1, "", "the file is UTF-16. Save it as “CSV UTF-8”"),
        ("slug,name_en\nlake,Нуур\n".encode("cp1251"), 2, "", "byte 0xCD is not UTF-8. Save the file as “CSV UTF-8”"),
        (b"slug;name_en;name_local;kind\n", 1, "", "the columns are separated by semicolons or tabs. Save the file with commas"),
        (b"slug,name_en,name_local,kind,country_codes,website,role\n", 1, "source", "the column is missing"),
        (b"slug,name_en,name_local,kind,country_codes,website,role,source,fax\n", 1, "fax", "the column is not known"),
        (b"slug,name_en,name_local,kind,country_codes,website,role,source,role\n", 1, "role", "the column is there twice"),
        (b"slug,name_en,name_local,kind,country_codes,website,role,source\na,A\n", 2, "", "has 2 cells where the header has 8: a comma or quotation mark is wrong"),
        (b'slug,name_en,name_local,kind,country_codes,website,role,source\n"a\nb,NGO\n', 2, "", "is not well-formed CSV (unexpected end of data): a quotation mark is missing or too many"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_is_refused(small: Path, content: bytes, line: int, column: str, why: str) -> None:
    """What refers to rows of a file that was not read to its end is not complained about."""
    (small / "partners.csv").write_bytes(content)
    assert problems(small) == [Problem("partners.csv", line, column, why)]
    assert written() == [0, 0, 0, 0, 0]


def test_missing_file_is_refused(small: Path) -> None:
    (small / GEOPARKS).unlink()
    assert problems(small) == [Problem(GEOPARKS, 1, "", "the file cannot be read: No such file or directory")]


def test_line_is_that_of_the_file_where_cells_hold_line_breaks(small: Path) -> None:
    edit(small, RESERVES, "lake", summary_en="One\nTwo\nThree")
    edit(small, RESERVES, "basin", confidence="sure")
    assert problems(small) == [
        Problem(RESERVES, 6, "confidence", "“sure” is not known here. Known are: high, low, medium")
    ]


def test_key_that_comes_twice_is_refused(small: Path) -> None:
    columns, rows = read(small / GEOPARKS)
    write(small / GEOPARKS, columns, [*rows, rows[0]])
    assert problems(small) == [Problem(GEOPARKS, 4, "slug", "“rocks” is already in line 2")]


def test_circle_of_parts_is_refused_in_every_row_of_it(small: Path) -> None:
    edit(small, EVENTS, "webinars", part_of="webinar-1")
    assert problems(small) == [
        Problem(EVENTS, 3, "part_of", "“webinar-1” is this row itself, or stands below it"),
        Problem(EVENTS, 4, "part_of", "“webinars” is this row itself, or stands below it"),
    ]


def test_all_problems_of_all_files_are_told_at_once(small: Path) -> None:
    edit(small, "member_states.csv", "RU", code="ru", joined_network_year="95")
    edit(small, RESERVES, "lake", area_total_ha="5.56E+08", latitude="100.25", longitude="50.5", confidence="sure")
    edit(small, TRAININGS, "course", title="", timezone="Asia/Nowhere")
    with pytest.raises(CommandError) as refused:
        call_command("load_network_data", small, stdout=io.StringIO())
    assert str(refused.value).splitlines() == [
        "10 problems, nothing was written:",
        f"  biosphere_reserves.csv, line 2, column area_total_ha: holds 5.56E+08: {ROUNDED}",
        "  biosphere_reserves.csv, line 2, column confidence: “sure” is not known here. Known are: high, low, medium",
        f"  biosphere_reserves.csv, line 2, column latitude: 100.25 is no latitude, 50.5 could be one: {SWAPPED}",
        "  biosphere_reserves.csv, line 3, column country_codes: “RU” is not the key of any of the member states",
        "  biosphere_reserves.csv, line 4, column country_codes: “RU” is not the key of any of the member states",
        "  geoparks.csv, line 3, column country_codes: “RU” is not the key of any of the member states",
        "  member_states.csv, line 3, column code: “ru” is not a country code: two capital letters",
        "  member_states.csv, line 3, column joined_network_year: “95” is not a year of four digits",
        "  trainings.csv, line 2, column timezone: “Asia/Nowhere” is not an IANA time zone name such as Asia/Ulaanbaatar",
        "  trainings.csv, line 2, column title: is empty",
    ]
    assert written() == [0, 0, 0, 0, 0]


def test_faults_after_the_first_run_leave_everything_as_it_was(small: Path) -> None:
    load(small)
    before = written()
    edit(small, GEOPARKS, "rocks", designation_year="2016")
    edit(small, TRAININGS, "course", confidence="sure")
    assert problems(small) == [
        Problem(TRAININGS, 2, "confidence", "“sure” is not known here. Known are: high, low, medium")
    ]
    assert written() == before
    assert Geopark.objects.get(slug="rocks").designation_year == 2015


@pytest.mark.parametrize("dry_run", [False, True])
def test_row_that_the_database_refuses_takes_everything_back(small: Path, dry_run: bool) -> None:
    """The last row of the last file: all before it was written already."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE activities_activity ADD CONSTRAINT no_course CHECK (slug <> 'course')")
    why = (
        'the database refuses the row: new row for relation "activities_activity" violates check constraint "no_course"'
    )
    assert problems(small, dry_run=dry_run) == [Problem(TRAININGS, 2, "", why)]
    assert written() == [0, 0, 0, 0, 0]
