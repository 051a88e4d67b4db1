"""A form that is sent as it stands changes nothing: no value of the record or its rows, and no line of its history."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from history.models import Change
from tests.admin.pages import send
from tests.admin.records import MAKERS

pytestmark = pytest.mark.sweep

EDITED = [
    "member_state",
    "partner",
    "programme",
    "document",
    "reserve",
    "geopark",
    "series",
    "event",
    "training",
    "person",
    "user",
]
EDITED += [
    "session_of_event",
    "session_of_training",
    "request_for_offer",
    "redirect",
    "call_form",
    "survey",
    "advance_question",
]


def contents() -> dict[str, list[Any]]:
    """Every row of every table of ours, without the moments of the last change."""
    rows: dict[str, list[Any]] = {}
    with connection.cursor() as cursor:
        for model in models_of_ours():
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(t) - 'updated_at' FROM {table} t ORDER BY 1")
            rows[table] = [row for (row,) in cursor.fetchall()]
    return rows


def models_of_ours() -> list[type[models.Model]]:
    ours = {"network", "accounts", "designated_sites", "reserves", "geoparks", "events", "trainings", "desk"}
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ours]


PARTS = [(kind, part) for kind in ("event", "training") for part in ("sessions", "materials")]


@pytest.mark.parametrize(("kind", "part"), [*((kind, "change") for kind in EDITED), *PARTS])
def test_untouched_form_changes_nothing(administrator_client: Client, kind: str, part: str) -> None:
    record = MAKERS[kind](2)
    before, changes = contents(), Change.objects.count()
    response = send(administrator_client, record, part)
    assert response.status_code == 302, response.context["error_summary"]
    assert contents() == before
    changed = Change.objects.order_by("pk")[changes:]
    assert [(change.table_name, change.old, change.new) for change in changed] == []
