"""Sheets that are too long to be waited for: the worker looks at them and imports them, a page says how far it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from desk.sheet_import import importing, long_sheets
from history.models import AuditEntry, Change
from network.models import Partner, Programme
from record_admin.long_work import running
from record_admin.long_work.kinds import Pace
from record_admin.models import LongWork
from record_import.models import SheetUpload
from tests.desk.sheet_files import body, csv_of, label, sheets_of, upload, xlsx_of
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db
TABLE = [["slug", "name_en", "kind"], ["office", "Bureau", "academia"], ["desk", "Desk", "academia"]]


@pytest.fixture(autouse=True)
def _every_sheet_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHECKING", "IMPORTING"):
        monkeypatch.setattr(long_sheets, name, Pace(10, "a test"))


def looked(client: Client, content: bytes) -> tuple[LongWork, str]:
    """The work of looking at a file, done, and where the officer looks then."""
    response = upload(client, Partner, content)
    work = LongWork.objects.get()
    assert response.redirect_chain == [(reverse("admin:long_work_one", args=[work.pk]), 302)]
    assert running.do_what_waits() == 1
    work.refresh_from_db()
    return work, reverse("admin:sheet_look", args=[label(Partner), SheetUpload.objects.get().pk])


def test_sheet_is_looked_at_and_imported_by_the_worker_in_the_officers_name_and_can_be_undone(
    officer_client: Client, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    PartnerFactory(slug="office", name="Office")
    work, look = looked(officer_client, csv_of(TABLE))
    assert (work.state, work.done, work.total, work.remarks) == ("done", 2, 2, [])
    page = officer_client.get(look)
    assert page.context["counts"] == {"new": 1, "changed": 1, "unchanged": 0, "problems": 0}
    assert "a page shows how far it is" in page.content.decode()

    pressed = [officer_client.post(look, {"seen": page.context["seen"]}) for _twice in range(2)]
    importing_work = LongWork.objects.latest("pk")
    assert {one["Location"] for one in pressed} == {reverse("admin:long_work_one", args=[importing_work.pk])}
    assert LongWork.objects.count() == 2
    assert not Partner.objects.filter(slug="desk").exists()
    assert officer_client.get(look)["Location"] == pressed[0]["Location"]  # it waits: there is where one looks
    assert running.do_what_waits() == 1
    importing_work.refresh_from_db()
    assert (importing_work.state, importing_work.outcome) == ("done", "1 new, 1 changed, 0 unchanged.")
    assert Partner.objects.get(slug="office").name == "Bureau"
    change = Change.objects.filter(table_name="network_partner", action=Change.Action.INSERT).latest("pk")
    assert (change.actor_id, change.reason) == (officer.user.pk, "Imported from sheet.csv")
    assert AuditEntry.objects.filter(what="imported", actor_id=officer.user.pk).count() == 1
    shown = officer_client.get(pressed[0]["Location"]).content.decode()
    assert look in shown
    assert reverse("admin:network_partner_changelist") in shown

    monkeypatch.setattr(importing, "undo", lambda **given: 2)  # tried in test_sheets_undone, in transactions of its own
    officer_client.post(look, {"undo": "yes"})
    importing_work.refresh_from_db()
    assert importing_work.state == "undone"


def test_all_that_is_wrong_is_told_by_row_and_record(officer_client: Client) -> None:
    table = [*TABLE, ["Bad Slug", "Bad", "academia"], ["third", "", "nonsense"]]
    work, look = looked(officer_client, xlsx_of(table))
    assert (work.state, work.left_out) == ("done", 2)
    assert {(one["row"], one["name"]) for one in work.remarks} == {(4, "Bad Slug"), (5, "third")}
    shown = officer_client.get(reverse("admin:long_work_one", args=[work.pk])).content.decode()
    assert "Done, 2 left out" in shown
    assert "nonsense" in shown
    page = officer_client.get(look)
    assert page.context["counts"]["problems"] == 3
    assert "Take the 2 rows that are right" in page.content.decode()

    mend = reverse("admin:sheet_to_mend", args=look.split("/")[4:5] + look.split("/")[6:7])
    for _before_and_after in range(2):
        sheet = body(officer_client.get(mend))
        assert sheets_of(sheet)["partners"] == [table[0], ["Bad Slug", "Bad", "academia"], ["third", None, "nonsense"]]
        officer_client.post(look, {"seen": page.context["seen"], "sound": "1"})
        running.do_what_waits()
    done = LongWork.objects.latest("pk")
    assert (done.state, done.left_out, done.outcome) == ("done", 2, "2 new, 0 changed, 0 unchanged.")
    assert sorted(Partner.objects.values_list("slug", flat=True)) == ["desk", "office"]
    assert "2 rows were left out" in officer_client.get(look).content.decode()


def test_rows_that_are_right_are_taken_at_once_where_there_are_few_but_not_without_what_they_name(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CHECKING", "IMPORTING"):
        monkeypatch.setattr(long_sheets, name, Pace(0.001, "a test"))
    table = [["slug", "name_en", "kind", "parent"], ["root", "", "focus_area", ""], ["leaf", "Leaf", "project", "root"]]
    page = upload(officer_client, Programme, csv_of(table))
    answer = officer_client.post(page.request["PATH_INFO"], {"seen": page.context["seen"], "sound": "1"}, follow=True)
    assert "names one that is left out" in answer.content.decode()
    assert not Programme.objects.exists()
    page = upload(officer_client, Partner, csv_of([*TABLE, ["third", "Third", "nonsense"]]))
    answer = officer_client.post(page.request["PATH_INFO"], {"seen": page.context["seen"], "sound": "1"}, follow=True)
    assert "1 row was left out" in answer.content.decode()
    assert Partner.objects.count() == 2


def test_file_that_cannot_be_read_says_so(officer_client: Client) -> None:
    work, look = looked(officer_client, b'slug,name_en\n"broken,\n')
    assert (work.state, work.outcome[:23]) == ("failed", "Row 2 is no well-formed")
    assert officer_client.get(look)["Location"] == reverse("admin:long_work_one", args=[work.pk])


def test_stopped_between_two_rows_nothing_was_imported_and_it_can_go_on(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    _work, look = looked(officer_client, csv_of(TABLE))
    officer_client.post(look, {"seen": officer_client.get(look).context["seen"]})
    work = LongWork.objects.latest("pk")
    page = reverse("admin:long_work_one", args=[work.pk])
    compare = importing.compare

    def pressed_meanwhile(*given: Any) -> Any:
        officer_client.post(page, {"stop": "1"})
        return compare(*given)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "compare", pressed_meanwhile)
        assert running.do_what_waits() == 1
    work.refresh_from_db()
    assert (work.state, work.outcome, work.done) == ("stopped", "Nothing was imported.", 1)
    assert Partner.objects.count() == 0
    officer_client.post(page, {"go_on": "1"})
    officer_client.post(page, {"go_on": "1"})
    assert running.do_what_waits() == 1
    assert sorted(Partner.objects.values_list("slug", flat=True)) == ["desk", "office"]


def test_how_many_rows_a_file_has_is_guessed_without_reading_it() -> None:
    table = [["slug", "name_en", "kind"]] + [[f"partner-{n}", f"Partner {n}", "academia"] for n in range(400)]
    assert long_sheets.rows_guessed(csv_of(table)) == 401
    assert 50 < long_sheets.rows_guessed(xlsx_of(table)) < 800
    assert long_sheets.rows_guessed(b"PK\x03\x04nonsense") == 0
