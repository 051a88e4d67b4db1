"""The admin asks the database as often for three rows as for one."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.pages import address, change_address
from tests.admin.records import EVERY

# Queries of a changelist, of a change form; the numbers hold for one row and for three.
COUNTS = {
    "member_state": (10, 10),
    "partner": (11, 11),
    "programme": (11, 10),
    "document": (12, 9),
    "reserve": (13, 17),
    "geopark": (13, 18),
    "series": (10, 8),
    "event": (15, 23),
    "training": (15, 24),
    "person": (13, 13),
    "user": (10, 9),
    "role": (13, 10),
    "role_request": (11, 10),
    "registration": (12, 12),
    "application": (14, 17),
    "certificate": (13, 10),
    "donor_report": (12, 11),
    "session_of_event": (10, 11),
    "session_of_training": (10, 11),
    "request_for_offer": (14, 11),
    "redirect": (10, 8),
    "reserve_proposal": (12, 11),
    "geopark_proposal": (12, 10),
    "running_event": (12, 12),
    "call_form": (10, 9),
    "survey": (10, 11),
    "advance_question": (11, 10),
    "attendance_match": (10, 11),
    "attendance_list": (10, 10),
    "attendance_correction": (10, 11),
    "running_training": (12, 10),
    "certifying_event": (12, 8),
    "training_attendance_match": (10, 11),
    "training_attendance_list": (10, 10),
    "training_attendance_correction": (10, 11),
    "calendar_address": (10, 9),
    "change": (10, 8),
    "audit_entry": (9, 8),
    "purge_run": (10, 8),
    "mailing": (10, 12),
    "mail": (13, 16),
    "mail_address": (11, 8),
    "announcement": (10, 10),
    "authenticator": (10, 9),
}


def queries(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(page)
    assert response.status_code == 200
    return len(captured)


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
