"""Somebody in every table of a database: all of it is handed out, and nothing of it is left once they are erased.

On the database of a release, which has data in every table; name, address and words are planted wherever the database takes
them, whatever the code knows of the column. What is looked for afterwards is looked for by the database itself.
"""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from .test_upgrade import DUMPS, FOLDER, restored

pytestmark = pytest.mark.sweep
NAME, NATIVE, EMAIL, PHONE = "Sarnai Battulga", "Сарнай Баттулга", "sarnai.b@hustai.example", "9765550101"
# A name in what everybody reads may be somebody else's: officers choose. Old versions of such records go with them.
PUBLIC = {
    "activities_activity", "activities_activitysite", "activities_involvement", "activities_joinlink", "activities_material",
    "activities_postponement", "activities_session", "designated_sites_designatedsite", "designated_sites_notaduplicate",
    "designated_sites_sitename", "designated_sites_sitephoto", "designated_sites_siteredirect", "events_event", "events_series",
    "events_survey", "events_surveyquestion", "geoparks_geopark", "geoparks_revalidation", "history_change",
    "network_document", "network_memberstate", "network_partner", "network_programme", "network_programmepartner",
    "reserves_biospherereserve", "reserves_periodicreview", "search_searchentry", "trainings_deadlineextension",
    "trainings_question", "trainings_seatcap", "trainings_seatclass", "trainings_training",
}  # fmt: skip


# Tables of later releases: they come with the upgrade, without a row.
SINCE = {
    "records_limit",
    "eabrn_portal_press",
    "eabrn_portal_typed",
    "notifications_fault",
    "notifications_outboxhold",
    "network_pagetext",
    "record_admin_savedview",
    "record_admin_chosencolumns",
    "record_admin_longwork",
    "trainings_selectiondecision",
    "events_placeact",
    "accounts_formerperson",
    "accounts_differentpersons",
}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    with restored(DUMPS[0]) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.upgrade.erasing"], cwd=FOLDER.parents[1], env={**os.environ, "DATABASE_URL": url},
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_it_was_planted_everywhere(told: dict[str, Any]) -> None:
    # The first is of a table that is tried by its other rows: the release linked no geopark with a profile. Of the others it
    # had no table yet.
    assert told["held without a row"] == [
        "geoparks.linked", "lists.columns_of_lists", "lists.long_work", "lists.views_of_lists", "person.former_numbers",
        "person.told_apart", "trainings.decisions",
    ]  # fmt: skip
    assert len(told["planted"]) > 60
    assert sum(map(len, told["planted"].values())) > 300
    assert len(told["written"]) > 25
    assert set(told["planted"]) - SINCE <= set(told["before"])
    assert "django_session" in told["before"]


def test_all_that_was_written_about_somebody_is_handed_out(told: dict[str, Any]) -> None:
    assert told["not handed out"] == []


@pytest.mark.parametrize("mark", [EMAIL, PHONE])
def test_nothing_is_left_of_address_and_words(told: dict[str, Any], mark: str) -> None:
    assert told["after"][mark] == []


@pytest.mark.parametrize("mark", [NAME, NATIVE])
def test_name_is_left_in_public_records_alone(told: dict[str, Any], mark: str) -> None:
    assert set(told["after"][mark]) - PUBLIC == set()


@pytest.mark.parametrize("mark", [NAME, NATIVE, EMAIL, PHONE])
def test_what_an_officer_takes_out_is_nowhere(told: dict[str, Any], mark: str) -> None:
    """Out of public records too, their old versions and the search."""
    assert told["in the end"][mark] == []


def test_only_what_figures_count_still_leads_to_the_nameless_row(told: dict[str, Any]) -> None:
    assert told["references"] == [
        "activities.Attendance.person", "activities.AttendanceCorrection.person", "activities.AttendanceMatch.person",
        "events.Registration.person", "trainings.Application.person", "trainings.Certificate.person",
    ]  # fmt: skip
