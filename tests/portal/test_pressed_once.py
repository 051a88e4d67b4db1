"""A button that is pressed twice does its work once, and both presses get the same page."""

import re
import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from accounts.models import Person, User
from eabrn_portal import urls as portal
from eabrn_portal.models import Press
from eabrn_portal.sent_forms import once, presses
from network.models import Document
from notifications.models import Mail
from tests.factories import DocumentFactory
from tests.people import signed_in
from tests.waiting import HANGING

from .forms_on_page import CSRF, form_on

ADD, SIGN_UP, SIGN_IN = "/me/people/add/", "/accounts/signup/", "/accounts/login/"
PASSWORD = "a long pass phrase"


def strict(client: Client) -> Client:
    """The same browser, which has to show the token of its page."""
    client.handler.enforce_csrf_checks = True
    return client


def sent(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """The form of a page, filled in."""
    return form_on(client.get(address), address).as_it_stands() | typed


def a_person(client: Client, name: str = "Sarnai") -> dict[str, Any]:
    return sent(client, ADD, name=name, email="sarnai@example.org", member_state="MN", agreed="on")


def seen(answer: Any) -> tuple[Any, ...]:
    """What a reader gets of it."""
    return answer.status_code, answer.headers.get("Location"), answer.content


def twice_at_once(client: Client, address: str, data: dict[str, Any], **files: bytes) -> list[Any]:
    """Two presses that set out together, each with the cookies that the page was shown with."""
    gate, answers = threading.Barrier(2), list[Any]()

    def press() -> None:
        own = Client(enforce_csrf_checks=True)
        own.cookies.update(client.cookies)
        papers = {name: SimpleUploadedFile("paper.pdf", content, "application/pdf") for name, content in files.items()}
        gate.wait(HANGING)
        try:
            answers.append(own.post(address, data | papers))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_do_it_once(focal_point: Person, administrator: User) -> None:
    """By somebody signed in, by nobody, in allauth's forms, in the admin with a file."""
    client = strict(signed_in(focal_point.user))
    first, second = twice_at_once(client, ADD, a_person(client))
    assert (seen(first), first.status_code) == (seen(second), 302)
    assert Person.objects.filter(name="Sarnai").count() == 1

    visitor = Client(enforce_csrf_checks=True)
    typed = sent(visitor, SIGN_UP, email="tuya@example.org", password1=PASSWORD, password2=PASSWORD)
    first, second = twice_at_once(visitor, SIGN_UP, typed)
    assert (seen(first), first.status_code) == (seen(second), 302)
    assert (
        first.cookies["sessionid"].value == second.cookies["sessionid"].value
    )  # the page that asks for the code is theirs
    assert User.objects.filter(email="tuya@example.org").count() == 1
    assert Mail.objects.filter(email="tuya@example.org").count() == 1

    officer, address = strict(signed_in(administrator)), "/admin/network/document/add/"
    typed = sent(officer, address, title_en="Rules", slug="rules", kind="report")
    first, second = twice_at_once(officer, address, typed, file=b"%PDF-1.7")
    assert (seen(first), first.status_code) == (seen(second), 302)
    assert Document.objects.filter(slug="rules").count() == 1


@pytest.mark.django_db
def test_reload_and_back_get_the_first_answer_and_another_body_is_another_act(focal_point: Person) -> None:
    client = strict(signed_in(focal_point.user))
    typed = a_person(client)
    first = client.post(ADD, typed)
    with CaptureQueriesContext(connection) as asked:
        again = client.post(ADD, typed)
    assert (seen(again), len(asked)) == (seen(first), 2)
    assert Person.objects.filter(name="Sarnai").count() == 1
    other = client.post(ADD, typed | {"name": "Nomin", "email": "nomin@example.org"})
    assert other["Location"] != first["Location"]
    assert client.post(ADD, a_person(client, "Tsetseg") | {"email": ""})["Location"] not in {
        first["Location"],
        other["Location"],
    }


@pytest.mark.django_db
def test_same_from_a_page_that_was_fetched_anew_is_asked_about(focal_point: Person) -> None:
    """A browser that may not keep the page fetches it anew when somebody goes back, and fills in what they had typed."""
    client = strict(signed_in(focal_point.user))
    first = client.post(ADD, a_person(client) | {"email": ""})
    typed = a_person(client) | {"email": ""}
    for _tap in range(2):
        asked = client.post(ADD, typed)
        assert "You sent this a moment ago" in asked.content.decode()
    look = re.search(rf'href="({ADD}[?]pressed=\w+)"', asked.content.decode())
    assert look
    assert client.get(look[1])["Location"] == first["Location"]
    assert Person.objects.filter(name="Sarnai").count() == 1
    meant = form_on(asked, ADD).as_it_stands()
    again = client.post(ADD, meant)
    assert seen(client.post(ADD, meant)) == seen(again)
    assert (again.status_code, again["Location"] != first["Location"]) == (302, True)
    assert Person.objects.filter(name="Sarnai").count() == 2
    Press.objects.update(until=timezone.now() + presses.KEPT - presses.LATELY)
    assert client.post(ADD, a_person(client) | {"email": ""}).status_code == 302


@pytest.mark.django_db
def test_what_came_between_on_the_same_page_makes_it_a_new_act(officer_client: Client) -> None:
    """Published, taken back and published again, from one page that the browser has kept."""
    document = DocumentFactory(published=False)
    page = f"/admin/network/document/{document.pk}/change/"
    client = strict(officer_client)
    token = form_on(client.get(page), page).token
    listed = "/admin/network/document/"

    def act(name: str) -> bool:
        answer = client.post(listed, {CSRF: token, "action": name, "_selected_action": [document.pk]})
        assert answer.status_code == 302
        document.refresh_from_db()
        return document.published

    assert [act("publish"), act("hide"), act("publish"), act("publish")] == [True, False, True, True]


@pytest.mark.django_db
def test_answer_that_was_lost_on_its_way_comes_with_the_next_press(stranger: Person) -> None:
    """Signed in, and the browser has heard nothing of it: the session that waits for it comes too. A press of the same page
    later, when the browser knows the session, is answered alike; nobody else is given any of it."""
    stranger.user.set_password(PASSWORD)
    stranger.user.save()
    visitor = Client(enforce_csrf_checks=True)
    typed = sent(visitor, SIGN_IN, login=stranger.user.email, password=PASSWORD)
    before = visitor.cookies.copy()
    first = visitor.post(SIGN_IN, typed)
    visitor.cookies = before
    again = visitor.post(SIGN_IN, typed)
    assert seen(first) == seen(again) == (302, "/me/", b"")
    assert visitor.get("/me/").status_code == 200
    assert visitor.post(SIGN_IN, typed)["Location"] == "/me/"
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.cookies["csrftoken"] = typed[CSRF][0][:32]
    elsewhere.cookies["sessionid"] = "x" * 32
    assert elsewhere.post(SIGN_IN, typed).status_code == 403


@pytest.mark.django_db
def test_after_signing_out_nothing_of_it_is_shown(focal_point: Person) -> None:
    client = strict(signed_in(focal_point.user))
    typed = a_person(client)
    client.post(ADD, typed)
    del client.cookies["sessionid"]
    assert client.post(ADD, typed)["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_form_with_an_error_is_looked_at_anew(focal_point: Person) -> None:
    client = strict(signed_in(focal_point.user))
    typed = a_person(client) | {"name": ""}
    client.get("/me/")  # that the session is in use is written down
    assert client.post(ADD, typed).status_code == 200
    assert not Press.objects.exists()


# Acts of a portal of its own ------------------------------------------------------------------------------------------
class Acts:
    """What the address /act/ does, and how often it was asked."""

    def __init__(self) -> None:
        self.times, self.does = 0, list[Callable[[HttpRequest], HttpResponse]]()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.times += 1
        return self.does.pop(0)(request)


ACTS = Acts()
urlpatterns = [path("act/", lambda request: ACTS(request)), *portal.urlpatterns]
handler500 = "eabrn_portal.failures.failed"


def writes(words: str = "done") -> Callable[[HttpRequest], HttpResponse]:
    def act(request: HttpRequest) -> HttpResponse:
        request.session["acted"] = words
        return HttpResponse(words)

    return act


def breaks(_request: HttpRequest) -> HttpResponse:
    raise ValueError("ours")


@pytest.fixture
def press() -> Any:
    """Presses one button of one page."""
    ACTS.__init__()  # type: ignore[misc]
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        form = form_on(client.get("/accounts/login/"), "/accounts/login/")
        pressing = lambda **typed: client.post("/act/", {CSRF: form.token, **typed})  # noqa: E731
        pressing.client = client  # type: ignore[attr-defined]
        yield pressing


@pytest.mark.django_db
def test_first_press_that_failed_leaves_the_way_free(press: Any) -> None:
    ACTS.does = [breaks, lambda request: HttpResponse("busy", status=429), writes("done")]
    assert [press(a="1").status_code for _time in range(4)] == [500, 429, 200, 200]
    assert ACTS.times == 3


@pytest.mark.django_db
def test_download_is_made_as_often_as_it_is_asked_for(press: Any) -> None:
    def download(request: HttpRequest) -> Any:
        request.session["acted"] = "downloaded"
        return StreamingHttpResponse([b"a"])

    ACTS.does = [download, download]
    assert [b"".join(press().streaming_content) for _time in range(2)] == [b"a", b"a"]


@pytest.mark.django_db
def test_page_too_long_to_be_kept_is_opened_instead(press: Any) -> None:
    ACTS.does = [writes("x" * (5 * 1024 * 1024))]
    assert press().status_code == 200
    assert (press()["Location"], ACTS.times) == ("/act/", 1)


def begun_by(holder: str) -> None:
    """Makes of the last press one that somebody else has begun and not ended."""
    Press.objects.update(holder=holder, sealed="")


@pytest.mark.django_db
def test_press_whose_process_was_killed_is_done_by_the_next_one(press: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "_pause", lambda seconds: None)
    ACTS.does = [writes("first"), writes("second")]
    press()
    host, process, _began = presses._process().split(":")
    begun_by(f"{host}:{process}:1:x")  # a process of this number, which began at another time
    assert (press().content, ACTS.times) == (b"second", 2)


@pytest.mark.django_db
def test_who_presses_while_it_is_done_is_asked_for_patience_and_then_gets_the_answer(press: Any) -> None:
    ACTS.does = [writes("first")]
    press(a="1")
    kept = Press.objects.get()
    begun_by("elsewhere:1:1:x")
    slept: list[float] = []
    with patch.object(once, "_pause", slept.append):
        waiting = press(a="1")
        again = waiting["Refresh"].partition("url=")[2]
        assert press.client.get(again)["Refresh"] == waiting["Refresh"]
    assert sum(slept) == pytest.approx(5)
    assert "is being worked on" in waiting.content.decode()
    assert again in waiting.content.decode()
    assert "no-store" in waiting["Cache-Control"]
    Press.objects.update(sealed=kept.sealed)
    assert press.client.get(again).content == b"first"
    assert "first" not in Client().get(again).content.decode()  # in another browser
    Press.objects.all().delete()
    assert "look whether it was done" in press.client.get(again).content.decode()
    assert ACTS.times == 1


@pytest.mark.django_db
def test_few_wait_at_once(press: Any) -> None:
    ACTS.does = [writes("first")]
    press(a="1")
    begun_by("elsewhere:1:1:x")
    held = [once._waiting.acquire(blocking=False) for _one in range(once.MOST_WAITING)]
    try:
        assert press(a="1").has_header("Refresh")
    finally:
        for _one in held:
            once._waiting.release()


@pytest.mark.django_db
def test_it_costs_two_statements_and_files_are_told_apart(press: Any) -> None:
    ACTS.does = [writes(), writes(), writes()]
    with CaptureQueriesContext(connection) as asked:
        press(file=SimpleUploadedFile("a.txt", b"one"))
    assert sum("eabrn_portal_press" in one["sql"] for one in asked) == 2
    press(file=SimpleUploadedFile("a.txt", b"two"))
    assert ACTS.times == 2
    press(file=SimpleUploadedFile("a.txt", b"two"))
    assert ACTS.times == 2


@pytest.mark.django_db
def test_what_is_over_is_swept(press: Any) -> None:
    ACTS.does = [writes()]
    press()
    assert presses.sweep() == 0
    Press.objects.update(until="2020-01-01T00:00:00+00:00")
    assert presses.sweep() == 1
