"""What the command says, and what the database holds."""

import io
from pathlib import Path

from django.core.management import call_command
from django.db.models import Max

from events.models import Event
from history.models import Change
from record_import.models import LoadedRow


def said(directory: Path, **options: object) -> str:
    """What the command writes for the reader."""
    out = io.StringIO()
    call_command("load_network_data", directory, stdout=out, **options)
    return out.getvalue()


def details(directory: Path, **options: object) -> list[str]:
    """The lines below the table."""
    return said(directory, **options).splitlines()[11:]


def state_of_database() -> list[object]:
    """Changes whenever anything is written: history sees every record, the rest is the memory of the loader."""
    return [
        Change.objects.count(),
        *Change.objects.aggregate(last=Max("pk")).values(),
        *LoadedRow.objects.aggregate(last=Max("loaded_at")).values(),
        LoadedRow.objects.count(),
        *Event.objects.aggregate(last=Max("updated_at")).values(),
    ]
