"""What a trainer finds about an own session, and puts up for it."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Person
from activities.materials import files as materials
from activities.models import Material, Session
from tests.factories import EventFactory
from tests.people import signed_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2030, 10, 1, 1, tzinfo=dt.UTC)
PDF = b"%PDF-1.7 slides"


@pytest.fixture
def session(trainer: Person) -> Session:
    event = EventFactory(starts_at=START, slug="lakes", title="Lakes", timezone="Asia/Tokyo")
    session = event.sessions.create(title="Birds", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    session.trainers.add(trainer)
    return session


@pytest.fixture
def mine(trainer: Person) -> Client:
    return signed_in(trainer.user)


def address(session: Session, *parts: Any) -> str:
    return "/".join(map(str, ["/me/sessions/event", session.pk, *parts, ""]))


def put_up(mine: Client, session: Session, **changed: Any) -> Any:
    typed = {
        "title": "Илтгэл", "kind": "slides", "language": "mn", "visibility": "registered", "has_captions": "on",
        "file": SimpleUploadedFile("slides.pdf", PDF), **changed,
    }  # fmt: skip
    return mine.post(address(session), typed)


def test_page_tells_when_on_both_clocks_and_what_was_asked(mine: Client, session: Session, trainer: Person) -> None:
    Person.objects.filter(pk=trainer.pk).update(time_zone="Asia/Almaty")
    event = session.activity
    fish = event.sessions.create(title="Fish", starts_at=START, ends_at=session.ends_at)
    for text, of, state in (
        ("Which birds?", session, "new"), ("Lunch?", None, "new"), ("Which fish?", fish, "new"), ("Rude", session, "hidden"),
    ):  # fmt: skip
        event.advance_questions.create(text=text, session=of, state=state, language="en")
    page = mine.get(address(session)).content.decode()
    assert [text in page for text in ("Which birds?", "Lunch?", "Which fish?", "Rude")] == [True, True, False, False]
    assert ("10:00" in page, "UTC+9" in page, "06:00" in page, "UTC+5" in page) == (True,) * 4
    assert address(session) in mine.get("/me/sessions/").content.decode()


def test_file_is_put_up_with_what_is_said_about_it(mine: Client, session: Session) -> None:
    answer = put_up(mine, session)
    assert (answer.status_code, answer["Location"]) == (302, address(session))
    one = Material.objects.get()
    assert (one.activity, one.session, one.title, one.language, one.visibility, one.size) == (
        session.activity, session, "Илтгэл", "mn", "registered", len(PDF),
    )  # fmt: skip
    assert (one.has_captions, one.has_transcript) == (True, False)
    assert one.file.name.startswith("materials/")
    assert "slides" not in one.file.name
    assert Client().get(one.file.url).status_code == 404
    assert mine.get(one.file.url).status_code == 200


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"title": ""}, "title", "This field is required."),
        ({"file": SimpleUploadedFile("slides.pdf", b"MZ program")}, "file", None),
        ({"file": SimpleUploadedFile("page.html", b"<script>")}, "file", None),
        ({"file": ""}, "__all__", "Put up a file or give an address: one of the two."),
        ({"url": "https://example.org/"}, "__all__", "Put up a file or give an address: one of the two."),
        ({"url": "javascript:alert(1)", "file": ""}, "url", "Enter a valid URL."),
        ({"visibility": "anybody"}, "visibility", None),
    ],
)
def test_what_cannot_be_put_up_is_named_and_the_rest_is_kept(
    mine: Client, session: Session, changed: dict[str, Any], field: str, words: str | None
) -> None:
    answer = put_up(mine, session, **changed)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert words is None or words in answer.context["form"].errors[field]
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert "There is a problem" in page
    assert not Material.objects.exists()


def test_too_large_a_file_is_refused(mine: Client, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(materials, "MOST_BYTES", 10)
    assert "file" in put_up(mine, session).context["form"].errors


def test_description_is_changed_and_the_file_stays_until_another_takes_its_place(
    mine: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    put_up(mine, session)
    one = Material.objects.get()
    before, there = one.file.name, address(session, "materials", one.pk)
    typed = {"title": "Slides", "kind": "slides", "language": "en", "visibility": "public", "has_transcript": "on"}
    assert mine.post(there, typed).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.visibility, one.file.name, one.size) == ("Slides", "public", before, len(PDF))
    assert (one.has_captions, one.has_transcript) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(there, {**typed, "file": SimpleUploadedFile("new.pdf", PDF + b" again")})
    one.refresh_from_db()
    assert one.size == len(PDF) + 6
    assert (default_storage.exists(before), default_storage.exists(one.file.name)) == (False, True)


def test_material_taken_down_takes_its_file_along(
    mine: Client, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    put_up(mine, session)
    one = Material.objects.get()
    assert mine.get(address(session, "materials", one.pk, "take-down")).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        mine.post(address(session, "materials", one.pk, "take-down"))
    assert (Material.objects.count(), default_storage.exists(one.file.name)) == (0, False)


def test_trainer_who_leads_the_session_no_longer_finds_nothing(mine: Client, session: Session, trainer: Person) -> None:
    session.trainers.remove(trainer)
    assert (mine.get(address(session)).status_code, put_up(mine, session).status_code) == (404, 404)
    assert not Material.objects.exists()


def test_page_asks_the_same_for_any_number(mine: Client, session: Session, django_assert_num_queries: Any) -> None:
    mine.get(address(session))
    for _turn in range(3):
        session.activity.materials.create(session=session, title="A", kind="slides", url="https://example.org/a")
        session.activity.advance_questions.create(text="?", session=session, language="en")
        with django_assert_num_queries(9):
            assert mine.get(address(session)).status_code == 200
