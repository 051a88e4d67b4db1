"""Certificates and sheets for the committee by the hundred: made by the worker, with what is odd about each."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import Person
from history.models import AuditEntry
from notifications.models import Mail
from record_admin.long_work import running
from record_admin.long_work.kinds import Pace
from record_admin.models import LongWork
from tests.desk.sheet_files import body
from tests.trainings.held import held_training, taking_part
from trainings.certificates import papers
from trainings.hub import certificates as page
from trainings.hub import long_certificates
from trainings.models import Application, Certificate, Training
from trainings.selection import long_committee

pytestmark = pytest.mark.django_db
SLOW = Pace(1.5, "a test: two are long")


@pytest.fixture(autouse=True)
def _all_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ISSUING", SLOW)
    monkeypatch.setattr(page, "SETTING", SLOW)
    monkeypatch.setattr(long_committee, "PACES", {"pdf": SLOW, "xlsx": SLOW})
    monkeypatch.setattr(long_certificates, "AT_ONCE", 1)


def hub(training: Training, name: str) -> str:
    return reverse(f"admin:trainings_training_{name}", args=[training.pk])


def file_of(client: Client, work: LongWork) -> bytes:
    work.refresh_from_db()
    assert work.state == "done", work.outcome
    return body(client.get(reverse("admin:long_work_file", args=[work.pk])))


def test_certificates_are_issued_one_after_the_other_nobody_is_told_and_all_are_set_in_one_file(
    officer_client: Client, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = held_training(status="announced")
    for name in ("Aman", "Bat", "Chimeg ꙮ𓀀"):
        taking_part(training, "attended", name=name)
    issue = hub(training, "certificates_issue")
    before = officer_client.get(issue).content.decode()
    assert "<b>3</b> in all." in before
    assert "Issue 3 certificates" in before
    assert "No mail goes by this." in before
    assert not LongWork.objects.exists()  # a link only shows it
    pressed = [officer_client.post(issue, {"make": "1"})["Location"] for _twice in range(2)]
    work = LongWork.objects.get()
    assert set(pressed) == {reverse("admin:long_work_one", args=[work.pk])}

    issue_some, calls = long_certificates.certifying.issue_some, []

    def stopped_after_the_first(**given: Any) -> Any:
        calls.append(given["people"])
        officer_client.post(pressed[0], {"stop": "1"})
        return issue_some(**given)

    with monkeypatch.context() as patch:
        patch.setattr(long_certificates.certifying, "issue_some", stopped_after_the_first)
        running.do_what_waits()
    work.refresh_from_db()
    assert (work.state, work.done, work.total, len(calls)) == ("stopped", 1, 3, 1)
    [first] = Certificate.objects.all()
    assert "Those that were made stay" in officer_client.get(pressed[0]).content.decode()

    officer_client.post(pressed[0], {"go_on": "1"})
    running.do_what_waits()
    work.refresh_from_db()
    assert (work.state, work.done, work.total) == ("done", 3, 3)
    assert [one["name"] for one in work.remarks] == ["Chimeg ꙮ𓀀"]
    assert "“𓀀”" in work.remarks[0]["why"]
    certificates = Certificate.objects.order_by("name")
    assert [(one.name, one.issued_by) for one in certificates] == [
        ("Aman", officer.user), ("Bat", officer.user), ("Chimeg ꙮ𓀀", officer.user),
    ]  # fmt: skip
    assert certificates[0].number == first.number
    assert set(Application.objects.values_list("state", flat=True)) == {"completed"}
    training.refresh_from_db()
    assert training.status == "held"
    assert not Mail.objects.filter(mailing__isnull=False).exists()

    pdf, broken = hub(training, "certificates_pdf"), papers._page

    def without_bat(certificate: Certificate) -> Any:
        if certificate.name == "Bat":
            raise ValueError("cannot be set")
        return broken(certificate)

    assert "<b>3</b> in all." in officer_client.get(pdf).content.decode()
    officer_client.post(pdf, {"make": "1"})
    monkeypatch.setattr(papers, "_page", without_bat)
    running.do_what_waits()
    made = LongWork.objects.latest("pk")
    content = file_of(officer_client, made)
    assert len(PdfReader(io.BytesIO(content)).pages) == 3  # two certificates, and the page of numbers left out
    assert (made.left_out, made.file_name) == (1, f"certificates-{training.slug}.pdf")
    assert "Bat" in made.remarks[0]["name"]


def test_what_the_committee_reads_is_made_of_those_the_filter_finds(officer_client: Client, officer: Person) -> None:
    training = held_training()
    for name in ("Aman", "Bat", "Chimeg"):
        taking_part(training, "submitted", name=name)
    taking_part(training, "withdrawn", name="Dulma")
    for ending in ("pdf", "xlsx"):
        address = hub(training, f"committee_{ending}") + "?state=submitted"
        assert "Make the file" in officer_client.get(address).content.decode()
        officer_client.post(address, {"make": "1"})
    assert AuditEntry.objects.filter(what="exported", actor_id=officer.user.pk).count() == 2
    assert running.do_what_waits() == 2
    pdf, xlsx = LongWork.objects.order_by("pk")
    assert (pdf.done, pdf.total, xlsx.done, xlsx.total) == (3, 3, 3, 3)
    assert len(PdfReader(io.BytesIO(file_of(officer_client, pdf))).pages) == 3
    rows = list(load_workbook(io.BytesIO(file_of(officer_client, xlsx)))["Applications"].iter_rows(values_only=True))
    assert len(rows) == 4
