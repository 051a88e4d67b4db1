"""All data of the network, loaded once for this package; what a test writes is undone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from record_import.loading import Result, load
from search import index as search_index

DATA = Path(settings.BASE_DIR) / "data"


@pytest.fixture(scope="package")
def _first_run(django_db_setup: None, django_db_blocker: Any) -> Iterator[Result]:
    with django_db_blocker.unblock(), transaction.atomic():
        result = load(DATA)
        search_index.refresh()
        yield result
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_first_run: Result, db: None) -> Result:
    """The result of the first run."""
    return _first_run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A copy of the data files that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
