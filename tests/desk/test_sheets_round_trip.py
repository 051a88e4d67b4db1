"""What is exported and imported again changes nothing: all kinds of record, on the network's real data.

As a workbook only the two that have between them every type of cell: what reads a workbook makes of it the same rows of text
as of a file of commas, and all that follows is one.
"""

import pytest
from django.db import models
from django.test import Client

from history.models import Change
from record_import.registry import sheets
from reserves.models import BiosphereReserve
from tests.desk.sheet_files import counts, export, shown
from trainings.models import Training

MODELS = [sheet.model for sheet in sheets()]
pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("network_data")]


@pytest.mark.parametrize(
    ("model", "ending"), [*((model, "csv") for model in MODELS), (BiosphereReserve, "xlsx"), (Training, "xlsx")]
)
def test_export_imported_again_changes_nothing(
    administrator_client: Client, model: type[models.Model], ending: str
) -> None:
    content = export(administrator_client, model, ending)
    before = Change.objects.count()
    told = shown(administrator_client, model, content, f"sheet.{ending}")
    assert counts(told) == (0, 0, model._base_manager.count(), 0)
    assert Change.objects.count() == before
