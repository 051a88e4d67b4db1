"""The admin asks the database as often for three rows as for one."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.pages import address, change_address
from tests.admin.records import EVERY

pytestmark = pytest.mark.sweep

# Queries of a changelist, of a change form; the numbers hold for one row and for three.
COUNTS = {
    "member_state": (6, 6),
    "partner": (7, 7),
    "programme": (7, 6),
    "document": (8, 5),
    "reserve": (9, 13),
    "geopark": (9, 14),
    "series": (6, 4),
    "event": (11, 16),
    "training": (11, 20),
    "person": (9, 9),
    "user": (6, 5),
    "role": (9, 6),
    "role_request": (7, 6),
    "registration": (8, 8),
    "application": (10, 13),
    "certificate": (9, 6),
    "donor_report": (8, 7),
    "session_of_event": (6, 7),
    "session_of_training": (6, 7),
    "request_for_offer": (10, 7),
    "redirect": (6, 4),
    "reserve_proposal": (8, 7),
    "geopark_proposal": (8, 6),
    "call_form": (6, 5),
    "survey": (6, 7),
    "advance_question": (7, 6),
    "attendance_match": (6, 7),
    "attendance_list": (6, 6),
    "attendance_correction": (6, 7),
    "training_attendance_match": (6, 7),
    "training_attendance_list": (6, 6),
    "training_attendance_correction": (6, 7),
    "calendar_address": (6, 5),
    "change": (6, 4),
    "audit_entry": (5, 4),
    "purge_run": (6, 4),
    "mailing": (6, 8),
    "mail": (9, 12),
    "mail_address": (7, 4),
    "announcement": (6, 6),
    "authenticator": (6, 5),
}


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(page)
    assert response.status_code == 200
    return sum(
        "UNION ALL" not in one["sql"] for one in captured
    )  # the numbers of the navigation are one query everywhere


@pytest.mark.parametrize("kind", EVERY)
def test_list_and_form_ask_the_same_for_one_row_and_for_three(administrator_client: Client, kind: str) -> None:
    record = EVERY[kind](1)
    for concrete in (True, False):  # kept in memory by a server that runs
        ContentType.objects.get_for_models(type(record), for_concrete_models=concrete)
    administrator_client.get("/admin/jsi18n/")  # the first request of a session writes it down
    pages = [address(type(record), "changelist"), change_address(record)]
    assert tuple(queries(administrator_client, page) for page in pages) == COUNTS[kind]
    fuller = [EVERY[kind](3), EVERY[kind](3)][0]
    pages = [address(type(record), "changelist"), change_address(fuller)]
    assert tuple(queries(administrator_client, page) for page in pages) == COUNTS[kind]


def test_every_list_of_the_admin_is_in_the_table(db: None) -> None:
    made = {type(EVERY[kind](1)) for kind in COUNTS}
    assert {model.__name__ for model in set(admin.site._registry) - made} == {
        "SheetUpload",
        "DesignatedSite",
    }  # has no list
