"""The same import from two windows at the same moment: real connections, real locks."""

from collections import Counter
from typing import Any

import pytest

from desk.sheet_import import importing
from desk.sheet_import.importing import End
from geoparks.models import Geopark
from history.models import AuditEntry
from record_import.models import SheetUpload
from record_import.registry import sheet_for
from record_import.sheet_comparison import May, digest
from tests.desk.sheet_files import csv_of
from tests.events.registration.test_races import at_once
from tests.factories import GeoparkFactory, MemberStateFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
MAY = May(add=True, change=lambda record: True, fixed=lambda record: ())
HEADINGS = ["slug", "name", "member_states", "designation_year"]


def kept(rows: list[list[str]], by: Any) -> SheetUpload:
    sheet = sheet_for(Geopark)
    assert sheet
    return importing.keep(sheet=sheet, name="a.csv", content=csv_of([HEADINGS, *rows]), may=MAY, by=by)


def pressed(uploads: list[SheetUpload], by: Any) -> Counter[End]:
    """The button of each upload, all at once."""
    sheet, ends = sheet_for(Geopark), list[End]()
    assert sheet

    def press(upload: SheetUpload) -> None:
        ends.append(importing.do(upload=upload, seen=digest(upload.shown), sheet=sheet, may=MAY, by=by))

    assert at_once([lambda one=one: press(one) for one in uploads]) == []
    return Counter(ends)


def test_button_pressed_four_times_at_once_imports_once() -> None:
    by = UserFactory(is_staff=True)
    MemberStateFactory(code="MN")
    upload = kept([["rocks", "Rocks", "MN", "2016"]], by)
    assert pressed([upload] * 4, by) == {End.DONE: 1, End.DONE_BEFORE: 3}
    assert (Geopark.objects.count(), AuditEntry.objects.filter(what="imported").count()) == (1, 1)


def test_of_two_imports_that_change_the_same_record_one_sees_the_other() -> None:
    by = UserFactory(is_staff=True)
    GeoparkFactory(slug="rocks", name="Rocks", states=["MN"])
    uploads = [kept([["rocks", name, "MN", "2017"]], by) for name in ("One", "Two")]
    assert pressed(uploads, by) == {End.DONE: 1, End.DIFFERENT: 1}
