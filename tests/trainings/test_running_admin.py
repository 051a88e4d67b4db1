"""The officer's way from attendance to certificates: lists, the rule, issuing, printing, telling, revoking."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from accounts.models import Person
from activities.models import Attendance, AttendanceCorrection, AttendanceFile, AttendanceMatch
from notifications.models import Mail
from tests.admin.pages import send
from tests.factories import EventFactory, PersonFactory
from tests.people import give_second_factor, signed_in
from tests.trainings.held import held_training, present, taking_part
from trainings.certificates import certifying
from trainings.models import Application, Certificate, Training

pytestmark = pytest.mark.django_db
RUNNING = "/admin/trainings/training"
LISTS = "/admin/trainings/trainingattendancefile/training"
LIST = "name,email,minutes\nBat,ranger@example.org,120\nNobody Known,,30\n"


@pytest.fixture
def client(officer: Person) -> Client:
    give_second_factor(officer.user)  # type: ignore[arg-type]
    return signed_in(officer.user)  # type: ignore[arg-type]


def minutes() -> dict[tuple[str, str], int]:
    return {(row.person.name, row.session.title): row.minutes for row in Attendance.objects.all()}


def test_list_of_a_training_is_taken_over_as_one_of_an_event(client: Client) -> None:
    training = held_training()
    taking_part(training, name="Bat", email="ranger@example.org")
    waiting = taking_part(training, "selected", name="Nobody Known").person  # no seat confirmed: no name can mean them
    session = training.sessions.all()[0]
    page = f"{LISTS}/{training.pk}/import/"
    data = {"zone": "Asia/Ulaanbaatar", "session": session.pk}
    file = SimpleUploadedFile("list.csv", LIST.encode())
    checked = client.post(page, {**data, "file": file})
    assert b"1 found, 1 to be decided" in checked.content
    assert not AttendanceFile.objects.exists()
    for _time in range(2):
        file = SimpleUploadedFile("list.csv", LIST.encode())
        taken = client.post(page, {**data, "file": file, "take": "1"})
        assert taken.url == f"{RUNNING}/{training.pk}/attendance/"
    assert minutes() == {("Bat", "Day 1"): 120}
    [match] = AttendanceMatch.objects.open()
    assert waiting.pk not in match.candidates
    decided = {"whom": "other", "other": "", "address": waiting.email}
    send(client, match, **decided)
    assert minutes() == {("Bat", "Day 1"): 120, ("Nobody Known", "Day 1"): 30}
    client.post(f"/admin/trainings/trainingattendancefile/{AttendanceFile.objects.get().pk}/delete/", {"post": "yes"})
    assert minutes() == {}


def test_signed_paper_sheet_and_correction_with_its_log(client: Client, officer: Person) -> None:
    training = held_training()
    person = taking_part(training, name="Bat").person
    taking_part(training, "withdrawn", name="Gone")
    sheet = client.get(f"{LISTS}/{training.pk}/sheet/").content.decode()
    assert "Bat" in sheet
    assert "Gone" not in sheet
    session = training.sessions.all()[0]
    signed = {"session": session.pk, "people": [person.pk], "others": "", "minutes": ""}
    assert client.post(f"{LISTS}/{training.pk}/on-site/", signed).status_code == 302
    assert minutes() == {("Bat", "Day 1"): 120}
    send(client, session, rows={"attendance-0-minutes": "60", "attendance-0-reason": "Left at noon."})
    assert minutes() == {("Bat", "Day 1"): 60}
    [note] = AttendanceCorrection.objects.all()
    assert (note.was, note.became, note.reason, note.by) == (120, 60, "Left at noon.", officer.user)


def test_rule_is_shown_before_it_is_applied(client: Client) -> None:
    training = held_training()
    present(training, taking_part(training, name="There").person, 120, 120)
    taking_part(training, name="Away")
    page = f"{RUNNING}/{training.pk}/rule/"
    shown = client.get(page)
    assert b"Move 2 applications" in shown.content
    assert set(Application.objects.values_list("state", flat=True)) == {"confirmed"}
    stale = client.post(page, {"seen": "of another day"})
    assert b"has changed since you looked" in stale.content
    client.post(page, {"seen": shown.context["seen"]})
    assert dict(Application.objects.values_list("person__name", "state")) == {"There": "attended", "Away": "no_show"}


def attended(**facts: Any) -> tuple[Training, Person]:
    training = held_training(**facts)
    return training, taking_part(training, "attended", name="Bat", email="ranger@example.org").person


def test_certificates_are_issued_printed_and_told_of(client: Client, officer: Person) -> None:
    training, _person = attended()
    page = f"{RUNNING}/{training.pk}"
    offered = client.get(f"{page}/certificates/").content
    assert b"1 person took part and has none yet" in offered
    assert b"All certificates in one file" not in offered
    assert client.get(f"{page}/certificates.pdf/")["Location"] == f"{page}/certificates/"
    look = client.get(f"{page}/certificates/issue/")
    assert b"ranger@example.org" in look.content
    assert not Certificate.objects.exists()
    client.post(f"{page}/certificates/issue/", {"confirm": "1", "seen": look.context["found"].fingerprint})
    [made] = Certificate.objects.all()
    assert made.issued_by == officer.user
    assert b"All certificates in one file" in client.get(f"{page}/certificates/").content
    assert [mail.mailing.mails.count() for mail in Mail.objects.all()] == [1]
    Mail.objects.all().delete()
    file = client.get(f"{page}/certificates.pdf/")
    assert made.number in PdfReader(io.BytesIO(file.content)).pages[0].extract_text()
    assert "no-store" in file["Cache-Control"]
    shown = client.post(f"{page}/certificates/tell/")
    assert b"ranger@example.org" in shown.content
    assert not Mail.objects.exists()
    client.post(f"{page}/certificates/tell/", {"confirm": "1", "seen": shown.context["found"].fingerprint})
    assert [mail.email for mail in Mail.objects.all()] == ["ranger@example.org"]


def test_missing_presentation_is_shown_and_decided_with_a_reason(client: Client, officer: Person) -> None:
    training, person = attended(asks_presentation=True)
    present(training, person, 120, 120)
    assert b"Presentation missing" in client.get(f"{RUNNING}/{training.pk}/rule/").content
    page = f"{RUNNING}/nevertheless/{Application.objects.get().pk}/"
    shown = client.get(f"{RUNNING}/{training.pk}/certificates/").content.decode()
    assert f'href="{page}"' in shown
    assert "Issue 1 certificate" not in shown
    client.post(f"{RUNNING}/{training.pk}/certificates/issue/")
    assert not Certificate.objects.exists()
    assert "Error:" in client.post(page, {"reason": ""}).content.decode()
    assert client.post(page, {"reason": "Showed it on paper."})["Location"] == f"{RUNNING}/{training.pk}/certificates/"
    assert (Certificate.objects.get().person, Certificate.objects.get().issued_by) == (person, officer.user)
    assert b"Nothing is missing here any more" in client.post(page, {"reason": "Again."}).content
    assert b"Presentation missing" not in client.get(f"{RUNNING}/{training.pk}/certificates/").content


def test_certificate_is_printed_anew_and_revoked(client: Client) -> None:
    training, person = attended()
    made = certifying.issue(activity=training, person=person, by=None)
    page = f"/admin/trainings/certificate/{made.pk}"
    Person.objects.filter(pk=person.pk).update(name="Bat-Erdene")
    client.post(f"{page}/reissue/")
    assert Certificate.objects.get().name == "Bat-Erdene"
    assert client.get(f"{page}/pdf/")["Content-Type"] == "application/pdf"
    refused = client.post(f"{page}/revoke/", {"reason": ""})
    assert "Error:" in refused.content.decode()
    client.post(f"{page}/revoke/", {"reason": "Somebody else."})
    assert Certificate.objects.get().revoke_reason == "Somebody else."
    again = client.post(f"{page}/revoke/", {"reason": "Again."})
    assert b"was revoked already" in again.content


def test_activity_without_certificates_says_so(client: Client) -> None:
    training, _person = attended(gives_certificates=False)
    page = client.get(f"{RUNNING}/{training.pk}/certificates/")
    assert b"No certificates are given for this" in page.content
    event = EventFactory(gives_certificates=True, status="announced")
    page = client.get(f"/admin/events/event/{event.pk}/certificates/")
    assert b"Certificates are given once it was held" in page.content


def test_letter_is_there_once_the_office_has_written_its_words(client: Client) -> None:
    training = held_training()
    application = taking_part(training)
    letter = f"{RUNNING}/letter/{application.pk}.pdf"
    assert client.get(letter).status_code == 302
    Training.objects.update(letter_office="The office", letter_signatory="The head")
    assert client.get(letter)["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("who", ["focal_point", "steward", "trainer", "stranger"])
def test_nobody_else_enters(who: str, request: pytest.FixtureRequest) -> None:
    training, person = attended()
    made = certifying.issue(activity=training, person=person, by=None)
    client = signed_in(request.getfixturevalue(who).user)
    application = taking_part(training, person=PersonFactory())
    pages = [
        *(f"{RUNNING}/{training.pk}/{page}/" for page in ("change", "rule", "certificates", "certificates.pdf", "certificates/issue", "certificates/tell")),
        f"{RUNNING}/nevertheless/{application.pk}/", f"{RUNNING}/letter/{application.pk}.pdf", f"/admin/trainings/certificate/{made.pk}/pdf/",
        f"/admin/trainings/certificate/{made.pk}/revoke/", f"{LISTS}/{training.pk}/sheet/", f"{LISTS}/{training.pk}/import/",
    ]  # fmt: skip
    for page in pages:
        for response in (client.get(page), client.post(page, {"reason": "x"})):
            assert response.status_code in (302, 403)
            assert "/admin/login/" in response.get("Location", "/admin/login/")
    assert Certificate.objects.get().revoked_at is None
