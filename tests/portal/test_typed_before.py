"""What was typed outlives a session that ended, a page that was open too long, an error of ours: for the same person alone."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Person, User
from eabrn_portal.models import Typed
from eabrn_portal.sent_forms import typed as keeping
from events.models import Registration
from events.registration import views as registering
from tests.factories import DocumentFactory, EventFactory, MemberStateFactory
from tests.people import signed_in
from tests.trainings.open_calls import FIELDS, NOW, ask, call
from trainings.models import Application

from .forms_on_page import CSRF, form_on

pytestmark = pytest.mark.django_db
APPLY, SIGN_IN, PASSWORD = "/trainings/course/apply/", "/accounts/login/", "a long pass phrase"
OURS, ELSEWHERE = {"origin": "http://testserver"}, {"origin": "https://elsewhere.example"}


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def call_open(clock: Any) -> None:
    MemberStateFactory(code="MN")
    ask(call(), "why", "long", required=True, label="Why do you come?")


def browser_of(user: User) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def session_ends() -> None:
    """By being ended elsewhere; the browser still has its cookie."""
    Session.objects.all().delete()


def sent_too_late(client: Client) -> tuple[Any, dict[str, Any]]:
    """An application that was written for an hour, in a session that has ended meanwhile."""
    written = form_on(client.get(APPLY), APPLY).as_it_stands() | FIELDS
    written |= {"q-why": "I count cranes,\nand want to learn more.", "do": "save", "password": "of another page"}
    session_ends()
    return client.post(APPLY, written | {"q-letter": SimpleUploadedFile("letter.pdf", b"%PDF-1.7")}), written


def signs_in(client: Client, door: str, user: User) -> Any:
    """By the form to which a door leads, and on from there."""
    page = client.get(door, follow=True)
    at = page.redirect_chain[-1][0] if page.redirect_chain else door
    form = form_on(page, at)
    return client.post(at, form.as_it_stands() | {"login": user.email, "password": PASSWORD}, follow=True)


def test_application_through_a_session_that_ended(call_open: None, stranger: Person) -> None:
    client = browser_of(stranger.user)
    led, written = sent_too_late(client)
    assert led["Location"].startswith(f"{SIGN_IN}?next={APPLY}%3Ftyped%3D")
    assert not Application.objects.exists()
    kept = Typed.objects.get()
    assert "cranes" not in kept.sealed + kept.key + kept.whose
    back = signs_in(client, led["Location"], stranger.user)
    assert "What you typed was kept" in text(back)
    assert "I count cranes,<br>and want to learn more." in text(back)
    assert "Files and passwords are not kept" in text(back)
    assert "of another page" not in text(back)
    form = form_on(back, APPLY)
    sent = form.as_it_stands()
    assert {name: sent[name] for name in FIELDS} == {name: [value] for name, value in FIELDS.items()}
    assert sent[CSRF] != written[CSRF]
    assert client.post(form.address, sent)["Location"] == APPLY
    assert Application.objects.get().answers == {"why": "I count cranes,\nand want to learn more."}


def test_another_account_on_the_same_phone_sees_nothing(call_open: None, stranger: Person, steward: Person) -> None:
    client = browser_of(stranger.user)
    steward.user.set_password(PASSWORD)
    steward.user.save()
    led, _written = sent_too_late(client)
    there = signs_in(client, led["Location"], steward.user)
    assert there.redirect_chain[-1][0] == APPLY
    assert "cranes" not in text(there)
    back_again = browser_of(stranger.user)  # the owner, by another browser, a day later
    address = there.redirect_chain[-2][0]
    assert "What you typed was kept" in text(back_again.get(address))
    assert back_again.get(address.replace("apply", "apply/check")).status_code == 302
    Typed.objects.update(until=NOW - dt.timedelta(seconds=1))
    assert back_again.get(address)["Location"] == APPLY
    assert keeping.sweep() == 1


def test_nothing_is_kept_of_who_is_not_known_in_the_browser(call_open: None, stranger: Person) -> None:
    client = browser_of(stranger.user)
    client.get(APPLY)
    del client.cookies["whose"]
    led, _written = sent_too_late(client)
    assert (led["Location"], Typed.objects.count()) == (f"{SIGN_IN}?next={APPLY}", 0)


def test_record_in_the_admin_through_a_session_that_ended(officer_client: Client, officer: Person) -> None:
    document = DocumentFactory(title="Rules")
    page = f"/admin/network/document/{document.pk}/change/"
    typed = form_on(officer_client.get(page), page).as_it_stands() | {"title_en": "Rules of 2026"}
    session_ends()
    led = officer_client.post(page, typed)
    assert led["Location"].startswith(f"/admin/login/?next={page}%3Ftyped%3D")
    again = signed_in(officer.user)
    back = again.get(led["Location"], follow=True)
    form = form_on(back, page)
    assert "What you typed was kept" in text(back)
    assert again.post(form.address, form.as_it_stands()).status_code == 302
    document.refresh_from_db()
    assert document.title == "Rules of 2026"


# A page that was open too long, an error ----------------------------------------------------------------------------
def registration(client: Client) -> tuple[str, dict[str, Any]]:
    event = EventFactory(
        slug="talk",
        format="online",
        starts_at=NOW + dt.timedelta(days=9),
        registration_opens_at=NOW - dt.timedelta(days=9),
    )
    address = f"/events/{event.slug}/register/"
    typed = {"name": "Bat & Co", "email": "bat@example.org", "time_zone": "Asia/Ulaanbaatar"}
    return address, form_on(client.get(address), address).filled_in() | typed


def test_form_whose_token_is_over_is_sent_again_from_its_own_page(clock: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    address, typed = registration(client)
    clock.shift(9)
    client.cookies.clear()
    answer = client.post(address, typed, headers=OURS)
    assert answer.status_code == 403
    form = form_on(answer, address)
    sent = form.as_it_stands()
    assert {name: value for name, value in sent.items() if name != CSRF} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items() if name != CSRF
    }
    assert client.post(form.address, sent, headers=OURS).status_code == 302
    assert Registration.objects.get().person.name == "Bat & Co"


def test_form_that_another_site_wrote_is_not_given_a_button(clock: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    address, typed = registration(client)
    del typed[CSRF]
    for headers in (ELSEWHERE, {"sec-fetch-site": "cross-site", **OURS}, {}):
        answer = client.post(address, typed, headers=headers)
        assert (answer.status_code, "Bat &amp; Co" in text(answer)) == (403, False)


def test_error_of_ours_keeps_the_form_and_the_next_press_does_it(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    address, typed = registration(client)
    clock.shift(9)
    with monkeypatch.context() as patch:
        patch.setattr(registering.RegisterView, "post", lambda *args, **kwargs: 1 / 0)
        answer = client.post(address, typed | {"password": "of another page"})
    assert answer.status_code == 500
    assert "of another page" not in text(answer)
    form = form_on(answer, address)
    assert client.post(form.address, form.as_it_stands()).status_code == 302
    assert Registration.objects.get().person.name == "Bat & Co"
