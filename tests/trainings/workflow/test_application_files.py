"""Files handed in with applications: what they are by their content, who may have them, and that they go when they must."""

import io
import zipfile
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Person
from accounts.persons import erasure
from tests.factories import ApplicationFactory, MemberStateFactory
from tests.people import signed_in
from tests.trainings.open_calls import NOW, PDF, ask, call, confirmed
from trainings.applications import applying
from trainings.models import Application, ApplicationFile
from trainings.models.files import private_storage
from trainings.workflow import progress
from trainings.workflow.application_files import shown_name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def draft(stranger: Person) -> Application:
    training = call()
    ask(training, "letter", "file")
    return ApplicationFactory(training=training, person=stranger, member_state=MemberStateFactory(code="MN"))


def office(*names: str, first: str = "") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")
PPTX = ("[Content_Types].xml", "ppt/presentation.xml")
ODP = "application/vnd.oasis.opendocument.presentation"


def hand_in(draft: Application, name: str, content: bytes) -> ApplicationFile:
    upload = SimpleUploadedFile("x", content)
    upload.name = name
    return applying.attach(
        application=draft, purpose="answer", code="letter", upload=upload, by=draft.person.user
    )  # fmt: skip


def stored() -> int:
    storage = private_storage()
    return len(storage.listdir("applications")[1]) if storage.exists("applications") else 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.pdf", PDF), ("LETTER.PDF", PDF), ("a.docx", office(*DOCX)), ("a.pptx", office(*PPTX)),
        ("a.odp", office("content.xml", first=ODP)), ("a.jpg", b"\xff\xd8\xff\xe0 x"), ("a.png", b"\x89PNG\r\n\x1a\n x"), ("a.txt", "湖".encode()),
    ],
)  # fmt: skip
def test_documents_and_pictures_are_taken(draft: Application, name: str, content: bytes) -> None:
    file = hand_in(draft, name, content)
    assert (file.name, file.size) == (name, len(content))
    assert file.file.name.startswith("applications/")
    assert len(file.file.name) >= len("applications/") + 32  # drawn by lot
    assert private_storage().open(file.file.name).read() == content


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("letter.pdf", b"MZ\x90\x00 a program", "its content is not"),
        ("program.exe", b"MZ\x90\x00", "are not taken"),
        ("page.html", b"<script>", "are not taken"),
        ("picture.svg", b"<svg onload=x>", "are not taken"),
        ("letter.docm", office(*DOCX), "are not taken"),
        ("letter.docx", office(*DOCX, "word/vbaProject.bin"), "macros"),
        ("letter.docx", office(*DOCX, "word/embeddings/oleObject1.bin"), "macros"),
        ("slides.odp", office("Basic/script-lc.xml", first=ODP), "macros"),
        ("letter.docx", b"PK\x03\x04 cut off", "its content is not"),
        ("letter.docx", office("word/other.xml"), "its content is not"),
        ("letter.pdf", b"", "empty"),
        ("letter.pdf", PDF + b"x" * (10 * 1024**2), "larger than"),
        ("no ending", PDF, "are not taken"),
        ("letter.pdf.exe", PDF, "are not taken"),
    ],
)
def test_what_it_is_not_is_refused_and_not_stored(draft: Application, name: str, content: bytes, why: str) -> None:
    before = stored()
    with pytest.raises(ValidationError, match=why):
        hand_in(draft, name, content)
    assert (stored(), ApplicationFile.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Bat\\letter.pdf", "letter.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("письмо 湖 <b>.pdf", "письмо 湖 <b>.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ("\x00", "–"),
    ],
)
def test_hostile_names_are_only_words(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown


def test_replaced_and_removed_files_leave_the_storage(
    draft: Application, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(draft, "first.pdf", PDF)
        file = hand_in(draft, "second.pdf", PDF)
    assert (stored() - before, ApplicationFile.objects.get().name) == (1, "second.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        assert applying.detach(application=draft, pk=file.pk, by=draft.person.user)
        assert not applying.detach(application=draft, pk=file.pk, by=draft.person.user)
    assert stored() == before


def test_no_file_where_none_is_asked_or_after_sending(draft: Application, focal_point: Person) -> None:
    by, upload = draft.person.user, SimpleUploadedFile("a.pdf", PDF)
    ask(draft.training, "why", "short")
    for purpose, code, who, why in (
        ("answer", "why", by, "question"), ("answer", "unknown", by, "question"), ("follow_up", "letter", by, "state"),
        ("presentation", "", by, "state"), ("answer", "letter", focal_point.user, "scope"), ("answer", "letter", None, "scope"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refused:
            applying.attach(application=draft, purpose=purpose, code=code, upload=upload, by=who)
        assert refused.value.code == why
    progress.submit(application=draft, by=by)
    with pytest.raises(ValidationError, match="has been sent"):
        hand_in(draft, "a.pdf", PDF)


def test_erased_person_leaves_no_file_and_no_answer(
    draft: Application, stranger: Person, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    sent = confirmed(call(slug="other"), stranger, reference="T27-AAAAA", answers={"why": "x"}, follow_up={"visa": "y"})
    with django_capture_on_commit_callbacks(execute=True):
        hand_in(draft, "a.pdf", PDF)
        erasure.erase(user=stranger.user, person=stranger, by=stranger.user)
    sent.refresh_from_db()
    assert (sent.state, sent.answers, sent.follow_up, sent.may_be_listed) == ("withdrawn", {}, {}, None)
    assert [step.to_state for step in sent.steps.all()] == ["withdrawn"]
    assert (stored(), ApplicationFile.objects.count()) == (before, 0)
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_file_is_a_sealed_download_under_its_own_name(draft: Application, stranger: Person) -> None:
    file = hand_in(draft, "письмо.pdf", PDF)
    answer = signed_in(stranger.user).get(f"/trainings/application-files/{file.pk}")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%BF")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == PDF
    private_storage().delete(file.file.name)
    assert signed_in(stranger.user).get(f"/trainings/application-files/{file.pk}").status_code == 404
