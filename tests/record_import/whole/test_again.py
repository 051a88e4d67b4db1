"""Loading the network's data again: nothing is written without need."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from record_import.loading import Result
from tests.record_import.runs import said, state_of_database
from tests.record_import.tables import read, write

from .conftest import DATA

pytestmark = pytest.mark.sweep

NOTHING_NEW = """\
                        rows   new  changed  unchanged  conflicts
member states              7     0        0          7          0
partners                  46     0        0         46          0
programmes                31     0        0         31          0
documents                 42     0        0         42          0
biosphere reserves       138     0        0        138          0
geoparks                  78     0        0         78          0
series of events          28     0        0         28          0
events                    56     0        0         56          0
series of trainings        3     0        0          3          0
trainings                 21     0        0         21          0
0 changes, 0 conflicts.
"""


def test_second_run_changes_nothing(loaded: Result) -> None:
    before = state_of_database()
    assert said(DATA) == NOTHING_NEW
    assert state_of_database() == before
    assert before[0] > 1000


def test_data_of_the_portal_is_the_default(loaded: Result) -> None:
    out = io.StringIO()
    call_command("load_network_data", stdout=out)
    assert out.getvalue() == NOTHING_NEW


def test_form_of_the_files_changes_nothing(loaded: Result, files: Path) -> None:
    for path in sorted(files.glob("*.csv")):
        columns, rows = read(path)
        write(path, columns[::-1], rows[::-1])
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert said(files) == NOTHING_NEW
