"""Materials: who sees which, files that are what they say, and no way around the check."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person
from activities.materials import files as materials
from activities.models import Attendance, Material
from events.models import Event, Registration
from tests.admin.pages import send
from tests.factories import EventFactory, RegistrationFactory
from tests.people import BACKEND, give_second_factor, signed_in

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 10, 1, 1, 0, tzinfo=dt.UTC)
PDF = b"%PDF-1.7 slides"


@pytest.fixture
def event() -> Event:
    """With one material for each circle of readers."""
    event = EventFactory(starts_at=START, slug="lakes", status="held")
    event.sessions.create(title="Birds", starts_at=START, ends_at=START + dt.timedelta(minutes=30))
    for visibility in Material.Visibility.values:
        one = Material(activity=event, kind="slides", title=f"For {visibility}", visibility=visibility, language="en")
        one.file.save(f"{visibility}.pdf", ContentFile(PDF), save=False)
        materials.store(material=one)
    return event


def titles(answer: Any) -> list[str]:
    return [one.title for one in answer.context["materials"]]


def files(event: Event, client: Client) -> list[int]:
    """What the direct address of each file answers."""
    return [client.get(one.file.url).status_code for one in event.materials.all()]


def attend(event: Event, person: Person) -> None:
    Attendance.objects.create(session=event.sessions.get(), person=person, minutes=20)


def test_the_public_sees_public_ones_and_how_many_more_there_are(event: Event, client: Client) -> None:
    answer = client.get("/events/lakes/")
    assert titles(answer) == ["For public"]
    assert "2 more are for people who registered or took part" in answer.content.decode()
    assert files(event, client) == [200, 404, 404]


def test_registered_person_who_is_signed_in_sees_more(event: Event, stranger: Person) -> None:
    RegistrationFactory(event=event, person=stranger)
    client = signed_in(stranger.user)
    assert titles(client.get("/events/lakes/")) == ["For public", "For registered"]
    assert files(event, client) == [200, 200, 404]
    attend(event, stranger)
    assert files(event, client) == [200, 200, 200]


def test_who_waits_or_has_cancelled_sees_what_the_public_sees(event: Event, stranger: Person) -> None:
    RegistrationFactory(event=event, person=stranger, state="waiting")
    assert files(event, signed_in(stranger.user)) == [200, 404, 404]


def test_officers_and_trainers_of_the_event_have_all(event: Event, officer_client: Client, stranger: Person) -> None:
    assert files(event, officer_client) == [200, 200, 200]
    event.sessions.get().trainers.add(stranger)
    assert files(event, signed_in(stranger.user)) == [200, 200, 200]


def of_token(event: Event, registration: Registration, client: Client) -> list[int]:
    address = f"/join/{registration.join_token}"
    return [client.get(f"{address}/materials/{one.pk}/").status_code for one in event.materials.all()]


def test_officer_has_what_others_have_until_this_session_shows_the_factor(event: Event, officer: Person) -> None:
    before = Client()
    before.force_login(officer.user, backend=BACKEND)
    give_second_factor(officer.user)
    assert files(event, before) == [200, 404, 404]
    assert titles(before.get("/events/lakes/")) == ["For public"]
    assert files(event, signed_in(officer.user)) == [200, 200, 200]


def test_personal_address_leads_to_what_its_owner_may_have(event: Event, client: Client) -> None:
    registration = RegistrationFactory(event=event)
    assert titles(client.get(f"/join/{registration.join_token}/")) == ["For public", "For registered"]
    assert of_token(event, registration, client) == [200, 200, 404]
    attend(event, registration.person)
    assert of_token(event, registration, client) == [200, 200, 200]


def test_personal_address_of_another_event_leads_nowhere(event: Event, client: Client) -> None:
    assert of_token(event, RegistrationFactory(), client) == [404, 404, 404]


def test_file_of_an_event_that_is_not_public_is_not_public(event: Event, client: Client) -> None:
    Event.objects.update(published=False)
    assert files(event, client) == [404, 404, 404]


def test_file_comes_as_a_sealed_download_that_nobody_keeps(event: Event, stranger: Person) -> None:
    RegistrationFactory(event=event, person=stranger)
    answer = signed_in(stranger.user).get(event.materials.get(visibility="registered").file.url)
    assert answer.getvalue() == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="for-registered.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_size_and_language_and_captions_are_told(event: Event, client: Client) -> None:
    Material.objects.filter(visibility="public").update(has_captions=True, has_transcript=True, language="ja")
    text = client.get("/events/lakes/").content.decode()
    assert "日本語 · 15\xa0bytes · with captions · with a transcript" in text


def test_written_summary_stands_on_the_page(event: Event, client: Client) -> None:
    Event.objects.update(written_summary_en="All was said.")
    assert "<p>All was said.</p>" in client.get("/events/lakes/").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.mp4", b"\0\0\0\x18ftypmp42"), ("a.vtt", b"WEBVTT\n\n"), ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n"), ("a.mp3", b"ID3\x04"), ("a.webm", b"\x1a\x45\xdf\xa3"), ("a.pdf", PDF)],
)  # fmt: skip
def test_upload_is_known_by_its_content(name: str, content: bytes) -> None:
    checked = materials.checked(SimpleUploadedFile(name, content))
    assert str(checked.name).endswith(name[1:])
    assert checked.name != name


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_captions_are_kept_in_the_one_encoding_that_players_read(name: str, encoding: str) -> None:
    head = "WEBVTT\n\n" if name == "a.vtt" else "1\n"
    text = f"{head}00:00:01.000 --> 00:00:02.000\n长白山自然保护区的森林和湖泊\n"
    checked = materials.checked(SimpleUploadedFile(name, text.encode(encoding)))
    assert checked.read().decode("utf-8-sig") == text
    assert (str(checked.name).endswith(name[1:]), checked.name != name) == (True, True)


@pytest.mark.parametrize("name", ["a.mp4", "a.vtt", "a.mp3", "a.webm", "a.pdf", "a.pptx", "a.html", "a.exe", "a"])
def test_upload_that_is_not_what_it_says_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        materials.checked(SimpleUploadedFile(name, b"<script>alert(1)</script>"))


def test_file_that_was_replaced_is_taken_away(event: Event, django_capture_on_commit_callbacks: Any) -> None:
    one = event.materials.get(visibility="public")
    before = one.file.name
    one.file.save("new.pdf", ContentFile(PDF + b"more"), save=False)
    with django_capture_on_commit_callbacks(execute=True):
        materials.store(material=one)
    one.refresh_from_db()
    assert one.size == len(PDF) + 4
    assert not default_storage.exists(before)


def test_officer_puts_a_material_up_with_the_summary(officer_client: Client, event: Event) -> None:
    Material.objects.all().delete()
    row = {"kind": "slides", "title": "Slides", "language": "en", "visibility": "public", "order": "0"}
    rows = {
        "materials-TOTAL_FORMS": "1", "materials-0-file": SimpleUploadedFile("my slides.pdf", PDF),
        **{f"materials-0-{key}": value for key, value in row.items()},
    }  # fmt: skip
    answer = send(officer_client, event, "materials", rows=rows, written_summary_en="All was said.")
    assert answer.status_code == 302, answer.context["error_summary"]
    one = Material.objects.get()
    assert (one.title, one.size, one.file.name.startswith("materials/")) == ("Slides", len(PDF), True)
    assert "my" not in one.file.name
    event.refresh_from_db()
    assert event.written_summary_en == "All was said."


def test_material_needs_a_file_or_an_address(officer_client: Client, event: Event) -> None:
    Material.objects.all().delete()
    row = {"kind": "slides", "title": "Slides", "language": "en", "visibility": "public", "order": "0"}
    data = {"materials-TOTAL_FORMS": "1", "materials-INITIAL_FORMS": "0", **{f"materials-0-{k}": v for k, v in row.items()}}  # fmt: skip
    answer = officer_client.post(f"/admin/events/event/{event.pk}/materials/", data)
    assert "Put up a file or give an address: one of the two." in answer.content.decode()
    assert not Material.objects.exists()


def test_signed_in_person_is_led_from_the_event_to_the_personal_page(event: Event, stranger: Person) -> None:
    registration = RegistrationFactory(event=event, person=stranger)
    text = signed_in(stranger.user).get("/events/lakes/").content.decode()
    assert f'href="/join/{registration.join_token}/"' in text
