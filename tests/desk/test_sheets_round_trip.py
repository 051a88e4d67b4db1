"""What is exported and imported again changes nothing: all kinds of record, on the network's real data."""

import pytest
from django.db import models
from django.test import Client

from history.models import Change
from record_import.definition import sheets
from tests.desk.sheet_files import counts, export, shown

MODELS = [sheet.model for sheet in sheets()]
pytestmark = pytest.mark.usefixtures("network_data")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("model", MODELS)
def test_export_imported_again_changes_nothing(
    administrator_client: Client, model: type[models.Model], ending: str
) -> None:
    content = export(administrator_client, model, ending)
    before = Change.objects.count()
    told = shown(administrator_client, model, content, f"sheet.{ending}")
    assert counts(told) == (0, 0, model._base_manager.count(), 0)
    assert Change.objects.count() == before
