"""What the command says and does, told by a network small enough to be read at a glance."""

from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from eabrn_portal.management.commands.load_network_data import REASON
from events.models import Event
from geoparks.models import Geopark
from history.models import Change
from network.models import MemberState, Partner
from record_import.loading import load
from record_import.models import LoadedRow
from reserves.models import BiosphereReserve

from .runs import details, said, state_of_database
from .tables import edit

pytestmark = pytest.mark.django_db

FIRST_OF_SMALL = """\
                        rows   new  changed  unchanged  conflicts
member states              2     2        0          0          0
partners                   2     2        0          0          0
programmes                 2     2        0          0          0
documents                  1     1        0          0          0
biosphere reserves         3     3        0          0          0
geoparks                   2     2        0          0          0
series of events           1     1        0          0          0
events                     3     3        0          0          0
series of trainings        1     1        0          0          0
trainings                  1     1        0          0          0
  new       member_states.csv, member states: MN
  new       member_states.csv, member states: RU
  new       partners.csv, partners: office
  new       partners.csv, partners: mab-mongolia
  new       programmes.csv, programmes: sciences
  new       programmes.csv, programmes: mab
  new       documents.csv, documents: report
  new       biosphere_reserves.csv, biosphere reserves: lake
  new       biosphere_reserves.csv, biosphere reserves: joint
  new       biosphere_reserves.csv, biosphere reserves: basin
  new       geoparks.csv, geoparks: rocks
  new       geoparks.csv, geoparks: hopes
  new       events.csv, series of events: meetings
  new       events.csv, events: meeting
  new       events.csv, events: webinars
  new       events.csv, events: webinar-1
  new       trainings.csv, series of trainings: courses
  new       trainings.csv, trainings: course
"""


def test_dry_run_says_what_it_would_do_and_writes_nothing(small: Path) -> None:
    before = state_of_database()
    assert said(small, dry_run=True) == FIRST_OF_SMALL + "18 changes, 0 conflicts. Dry run, nothing was written.\n"
    assert state_of_database() == before
    assert (MemberState.objects.count(), LoadedRow.objects.count()) == (0, 0)
    assert said(small, verbosity=2) == FIRST_OF_SMALL + "18 changes, 0 conflicts.\n"
    assert (MemberState.objects.count(), LoadedRow.objects.count()) == (2, 18)


def test_dry_run_over_loaded_data_writes_nothing(small: Path) -> None:
    load(small)
    edit(small, "geoparks.csv", "rocks", area_km2="13", designation_year="2016")
    before = state_of_database()
    assert details(small, dry_run=True) == [
        "  changed   geoparks.csv, geoparks: rocks, designation_year: is 2015, becomes 2016",
        '  changed   geoparks.csv, geoparks: rocks, area_ha: is "1234.5", becomes "1300"',
        "1 change, 0 conflicts. Dry run, nothing was written.",
    ]
    assert state_of_database() == before
    assert Geopark.objects.get(slug="rocks").designation_year == 2015


def test_changes_are_listed_only_when_asked_for(small: Path) -> None:
    load(small)
    edit(small, "partners.csv", "office", role="Secretariat")
    assert details(small, verbosity=1) == ["1 change, 0 conflicts."]
    edit(small, "partners.csv", "office", role="")
    assert said(small, verbosity=0) == ""
    assert Partner.objects.get(slug="office").role_en == ""


def test_name_that_the_file_gives_up_links_nothing_any_more(small: Path) -> None:
    load(small)
    edit(small, "biosphere_reserves.csv", "lake", alt_names="")
    edit(small, "partners.csv", "office", aliases="")
    edit(small, "programmes.csv", "mab", aliases="Biosphere")
    edit(small, "documents.csv", "report", programme="Biosphere")
    load(small)
    assert details(small) == ["0 changes, 0 conflicts."]
    rocks, meeting = Geopark.objects.get(slug="rocks"), Event.objects.get(slug="meeting")
    assert (list(rocks.overlapping_reserves.all()), rocks.overlapping_names) == ([], ["Nuur", "Unheard Of"])
    assert [(one.name, one.site) for one in meeting.site_links.order_by("name")] == [
        ("Lake Park", None),
        ("Unheard Of", None),
    ]
    assert [(one.name, one.partner) for one in meeting.involvements.all()] == [
        ("UNESCO Office", None),
        ("A University", None),
    ]
    assert (list(meeting.programmes.all()), meeting.programme_names) == ([], ["MAB", "Unheard Of"])


def test_name_that_staff_have_added_links_like_one_of_the_file(small: Path) -> None:
    load(small)
    BiosphereReserve.objects.get(slug="joint").names.create(name="Unheard Of", order=9)
    Partner.objects.filter(slug="office").update(aliases=["UNESCO Office", "A University"])
    load(small)
    meeting = Event.objects.get(slug="meeting")
    links = {one.name: one.site and one.site.slug for one in meeting.site_links.all()}
    assert links == {"Lake Park": "lake", "Unheard Of": "joint"}
    assert [(one.name, one.partner and one.partner.slug) for one in meeting.involvements.all()] == [
        ("UNESCO Office", "office"),
        ("A University", "office"),
    ]


def test_history_says_that_the_loader_wrote(small: Path) -> None:
    said(small)
    assert set(Change.objects.values_list("actor_id", "reason").distinct()) == {(None, "Loaded from the data files")}
    last = Change.objects.latest("pk").pk
    edit(small, "geoparks.csv", "rocks", designation_year="2016")
    said(small)
    [change] = Change.objects.filter(pk__gt=last)
    assert (change.table_name, change.action, change.reason) == ("designated_sites_designatedsite", "UPDATE", REASON)
    assert (change.old, change.new) == ({"designation_year": 2015}, {"designation_year": 2016})


def test_records_are_locked_against_edits_in_the_meantime(small: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        load(small, dry_run=True)
    locked = [query["sql"] for query in queries if query["sql"].endswith("FOR NO KEY UPDATE")]
    assert [sql.partition(" FROM ")[2].split()[0].strip('"') for sql in locked] == [
        "network_memberstate", "network_partner", "network_programme", "network_document", "designated_sites_designatedsite",
        "designated_sites_designatedsite", "events_series", "activities_activity", "events_series", "activities_activity",
    ]  # fmt: skip


def test_directory_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        said(tmp_path / "nowhere")
    assert str(refused.value) == f"{tmp_path / 'nowhere'} is not a directory."
