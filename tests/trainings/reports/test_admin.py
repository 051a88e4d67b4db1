"""Donor reports in the admin: who may, what is shown before it is frozen, the page, the public version, the workbook."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import Person
from history.models import AuditEntry
from tests.factories import (
    EventFactory,
    MemberStateFactory,
    PartnerFactory,
    PersonFactory,
    RegistrationFactory,
    TrainingFactory,
    UserFactory,
)
from tests.people import signed_in
from trainings.models import DonorReport
from trainings.reports.coverage import Covers
from trainings.reports.figures import figures
from trainings.reports.frozen import digest, freeze, public_tables_of, tables_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/admin/trainings/donorreport/", "/admin/trainings/donorreport/add/"
STARTED = dt.datetime(2022, 6, 1, 1, tzinfo=dt.UTC)


def grow(event: Any, number: int, sex: str = "female", state: str = "MN") -> None:
    for _time in range(number):
        who = PersonFactory(sex=sex, member_state=MemberStateFactory(code=state))
        RegistrationFactory(event=event, person=who, audience="site")


@pytest.fixture
def event(db: None) -> Any:
    made = EventFactory(title="=Lakes", starts_at=STARTED, fund_code="F1", result_code="R1", status="held")
    grow(made, 6)
    grow(made, 7, "male", "JP")
    grow(made, 2, "female", "JP")
    return made


@pytest.fixture
def report(event: Any, officer: Person) -> DonorReport:
    covers = Covers(fund_code="F1")
    return freeze(title="=Fund one", covers=covers, seen=digest(figures(covers)), by=officer.user, note="+ by post")  # type: ignore[arg-type]


def sent(**facts: Any) -> dict[str, Any]:
    return {"title": "To the fund", "fund_code": "F1", **facts}


def pages(report: DonorReport) -> tuple[str, ...]:
    one = f"{LIST}{report.pk}/"
    return (
        LIST,
        NEW,
        f"{one}change/",
        f"{one}change/?version=public",
        f"{one}report.xlsx",
        f"{one}report.xlsx?version=public",
    )


def status(client: Client, page: str) -> int:
    """Files are read to their end, as a browser does."""
    response = client.get(page)
    if response.streaming:
        assert b"".join(response.streaming_content)
    return response.status_code


@pytest.mark.parametrize(
    ("who", "status"), [("focal_point", 403), ("steward", 403), ("trainer", 403), ("stranger", 403)]
)
def test_others_see_and_freeze_nothing(
    request: pytest.FixtureRequest, report: DonorReport, who: str, status: int
) -> None:
    client = signed_in(request.getfixturevalue(who).user)
    for page in pages(report):
        assert client.get(page, follow=True).status_code == status, page
    seen = digest(figures(Covers(fund_code="F1")))
    assert client.post(NEW, sent(freeze="1", seen=seen), follow=True).status_code == status
    assert DonorReport.objects.count() == 1


def test_without_sign_in_second_factor_or_role_nothing_is_seen(
    report: DonorReport, officer: Person, settings: Any
) -> None:
    seen = digest(figures(Covers(fund_code="F1")))
    for client in (Client(), signed_in(officer.user)):
        assert {client.get(page).status_code for page in pages(report)} == {302}
        assert client.post(NEW, sent(freeze="1", seen=seen)).status_code == 302
    settings.STAFF_MFA = "optional"
    client = signed_in(UserFactory(is_staff=True))
    assert {client.get(page).status_code for page in pages(report)} == {403}
    assert client.post(NEW, sent(freeze="1", seen=seen)).status_code == 403
    assert DonorReport.objects.count() == 1


def test_officer_opens_everything_and_changes_nothing(report: DonorReport, officer_client: Client) -> None:
    assert {page: status(officer_client, page) for page in pages(report)} == dict.fromkeys(pages(report), 200)
    one = f"{LIST}{report.pk}/"
    assert officer_client.post(f"{one}change/", {"title": "Other"}).status_code == 403
    assert officer_client.post(f"{one}delete/", {"post": "yes"}).status_code == 403
    assert DonorReport.objects.get().title == "=Fund one"
    assert officer_client.get(f"{LIST}999/change/").status_code == 302
    assert officer_client.get(f"{LIST}999/report.xlsx").status_code == 404


def test_figures_are_looked_at_and_then_frozen(event: Any, officer: Person, officer_client: Client) -> None:
    page = officer_client.post(NEW, sent(note="By post"))
    assert DonorReport.objects.count() == 0
    seen = page.context["seen"]
    assert 'name="freeze"' in page.content.decode()
    assert "By member state and sex" in page.content.decode()
    response = officer_client.post(NEW, sent(note="By post", freeze="1", seen=seen), follow=True)
    report = DonorReport.objects.get()
    assert response.redirect_chain == [(f"{LIST}{report.pk}/change/", 302)]
    assert (report.title, report.fund_code, report.note, report.frozen_by_id) == (
        "To the fund",
        "F1",
        "By post",
        officer.user.pk,
    )  # type: ignore[union-attr]
    text = response.content.decode()
    assert report.checksum in text
    assert "Checked: the figures are those of the checksum." in text
    assert "Oyun" in text


def test_what_was_not_seen_is_not_frozen(event: Any, officer_client: Client) -> None:
    seen = officer_client.post(NEW, sent()).context["seen"]
    grow(event, 1)
    page = officer_client.post(NEW, sent(freeze="1", seen=seen))
    assert DonorReport.objects.count() == 0
    assert "The figures have changed since you looked at them." in page.content.decode()
    assert page.context["seen"] != seen
    assert "<title>Error:" in page.content.decode()
    assert officer_client.post(NEW, sent(freeze="1")).context["form"].errors
    assert officer_client.post(NEW, sent(freeze="1", seen=page.context["seen"])).status_code == 302


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"title": ""}, "This field is required."),
        ({"fund_code": ""}, "Choose one training, one event, or a fund, a funder and a period."),
        ({"training": "training"}, "Choose one training, one event, or a fund, a funder and a period."),
        ({"fund_code": "", "training": "training", "event": "event"}, "Choose one training, one event"),
        ({"first_day": "2022-01-01"}, "A period has a first day and a last day"),
        ({"first_day": "2022-02-01", "last_day": "2022-01-01"}, "A period has a first day and a last day"),
        ({"first_day": "soon"}, "Enter a valid date."),
        ({"fund_code": "unknown"}, "Select a valid choice."),
    ],
)
def test_report_covers_one_thing(event: Any, officer_client: Client, facts: dict[str, str], error: str) -> None:
    known = {"training": TrainingFactory().pk, "event": event.pk}
    page = officer_client.post(NEW, sent(**{name: known.get(value, value) for name, value in facts.items()}))
    assert error in page.content.decode()
    assert "seen" not in page.context


@pytest.mark.parametrize(
    "covers", [{"fund_code": "F1", "result_code": "R1"}, {"first_day": "2022-06-01", "last_day": "2022-06-30"}]
)
def test_report_of_a_fund_and_of_a_period(event: Any, officer_client: Client, covers: dict[str, str]) -> None:
    page = officer_client.post(NEW, {"title": "X", **covers})
    assert page.context["document"]["summary"]["participations"] == 15


def test_report_of_a_funder(event: Any, officer_client: Client) -> None:
    funder = PartnerFactory()
    event.involvements.create(partner=funder, role="funder")
    page = officer_client.post(NEW, {"title": "X", "funder": funder.pk})
    assert page.context["document"]["summary"]["participations"] == 15


def workbook(client: Client, report: DonorReport, query: str = "") -> Any:
    response = client.get(f"{LIST}{report.pk}/report.xlsx{query}")
    assert response.status_code == 200
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def rows(book: Any, sheet: str) -> list[list[Any]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_workbook_holds_the_figures(report: DonorReport, officer_client: Client) -> None:
    book = workbook(officer_client, report)
    assert book.sheetnames == [
        "Report", "Covered", "Member states", "Age groups", "Roles", "Sites", "Seats", "Events and trainings", "States by age",
        "Applications", "Cells",
    ]  # fmt: skip
    names = book.sheetnames[2:-1]
    for name, table in zip(names, tables_of(report.figures), strict=True):
        head, *lines = rows(book, name)
        assert head[: 1 + len(table.columns)] == [table.heading, *(label for _code, label in table.columns)]
        expected = [
            [row.label or "Total", *row.counts, *([row.total, row.people] if row.total is not None else [])]
            for row in (*table.rows, table.foot)
        ]
        assert lines == expected, name
    cells = rows(book, "Cells")
    assert sum(cell[-1] for cell in cells[1:]) == 15
    assert len(cells) == len(report.figures["cells"]) + 1
    facts = dict(row for row in rows(book, "Report") if row[0] != "Note")
    assert facts["Checksum of all figures (SHA-256)"] == report.checksum
    assert (facts["Report"], facts["Participations"], facts["Frozen by"]) == ("=Fund one", 15, "Oyun")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    note = AuditEntry.objects.get(what="exported")
    assert (note.subject_label, note.subject_id, note.detail) == (
        "trainings.donorreport", report.pk, "donor report, anonymous figures, xlsx",
    )  # fmt: skip


def test_public_version_shows_no_small_count(report: DonorReport, officer_client: Client) -> None:
    page = officer_client.get(f"{LIST}{report.pk}/change/?version=public")
    states = next(table for table in page.context["tables"] if table.code == "states")
    cells = {row.label: row.cells for row in states.rows if any(row.cells)}
    assert cells == {"Japan": (None, None, 0, 0, 9), "Mongolia": (None, None, 0, 0, 6)}
    text = page.content.decode()
    assert "withheld" in text
    assert [word for word in ("Oyun", "+ by post", "From application to taking part") if word in text] == []
    book = workbook(officer_client, report, "?version=public")
    assert book.sheetnames == [
        "Report",
        "Member states",
        "Age groups",
        "Roles",
        "Sites",
        "Seats",
        "Events and trainings",
    ]
    for name, table in zip(book.sheetnames[1:], public_tables_of(report.figures), strict=True):
        _head, *lines = rows(book, name)
        expected = [
            [row.label, *("withheld" if one is None else one for one in row.counts), row.total] for row in table.rows
        ]
        assert lines[:-1] == expected
        assert lines[-1][1:] == [*table.foot.counts, table.foot.total]
        numbers = [value for line in lines for value in line if isinstance(value, int)]
        assert [number for number in numbers if 0 < number < 5] == []


def test_too_few_people_have_no_public_version(event: Any, officer: Person, officer_client: Client) -> None:
    small = EventFactory(starts_at=STARTED)
    grow(small, 4)
    covers = Covers(activity_id=small.pk)
    report = freeze(title="Small", covers=covers, seen=digest(figures(covers)), by=officer.user)  # type: ignore[arg-type]
    text = officer_client.get(f"{LIST}{report.pk}/change/?version=public").content.decode()
    assert "So few took part that nothing can be public." in text
    assert workbook(officer_client, report, "?version=public").sheetnames == ["Report"]


def test_corrections_point_at_each_other(report: DonorReport, officer_client: Client) -> None:
    seen = officer_client.post(NEW, sent(replaces=report.pk)).context["seen"]
    officer_client.post(NEW, sent(replaces=report.pk, freeze="1", seen=seen))
    later = DonorReport.objects.exclude(pk=report.pk).get()
    one, other = (officer_client.get(f"{LIST}{pk}/change/").content.decode() for pk in (report.pk, later.pk))
    assert "Corrected by a later report: To the fund" in one
    assert "Corrects an earlier report: =Fund one" in other
    page = officer_client.post(NEW, sent(replaces=report.pk))
    assert page.context["form"].errors["replaces"]


def test_frozen_page_asks_as_little_for_many_as_for_one(event: Any, officer: Person, officer_client: Client) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer_client.get(page).status_code == 200
        return len(captured)

    found = []
    for number in (0, 9):
        grow(event, number)
        covers = Covers(fund_code="F1")
        report = freeze(title="R", covers=covers, seen=digest(figures(covers)), by=officer.user)  # type: ignore[arg-type]
        officer_client.get(LIST)
        found.append((queries(LIST), queries(f"{LIST}{report.pk}/change/")))
    assert found[0] == found[1]
