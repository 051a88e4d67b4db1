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
    "member_state": (8, 6),
    "partner": (10, 7),
    "programme": (9, 6),
    "document": (10, 5),
    "reserve": (14, 13),
    "geopark": (13, 14),
    "series": (8, 4),
    "event": (12, 16),
    "training": (12, 20),
    "person": (11, 14),
    "user": (9, 5),
    "role": (10, 6),
    "role_request": (10, 6),
    "registration": (9, 8),
    "application": (11, 29),
    "certificate": (10, 6),
    "donor_report": (8, 7),
    "session_of_event": (7, 7),
    "session_of_training": (7, 7),
    "request_for_offer": (11, 7),
    "redirect": (8, 4),
    "reserve_proposal": (9, 7),
    "geopark_proposal": (9, 6),
    "call_form": (8, 6),
    "survey": (7, 7),
    "advance_question": (9, 6),
    "attendance_match": (8, 7),
    "attendance_list": (8, 6),
    "attendance_correction": (8, 7),
    "training_attendance_match": (8, 7),
    "training_attendance_list": (8, 6),
    "training_attendance_correction": (8, 7),
    "calendar_address": (8, 5),
    "change": (10, 4),
    "deleted_record": (8, 4),
    "page_text": (8, 4),
    "audit_entry": (9, 4),
    "purge_run": (10, 4),
    "mailing": (8, 8),
    "mail": (11, 13),
    "mail_address": (9, 4),
    "announcement": (8, 6),
    "authenticator": (9, 5),
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
