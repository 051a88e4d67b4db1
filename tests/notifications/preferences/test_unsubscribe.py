"""One-click unsubscribing (RFC 8058), from the headers on the wire to the mail that no longer goes out."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from notifications import mail_types, topics
from notifications.composing import letters
from notifications.delivery import sending
from notifications.mail_types import Facts
from notifications.models import Address, Mail
from tests.notifications.conftest import READER, Put
from tests.notifications.delivery.test_smtp import use
from tests.notifications.smtp import Handler, Server

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def server(settings: Any) -> Iterator[Handler]:
    handler = Handler()
    controller = Server(handler)
    controller.start()
    use(settings, controller.port)
    yield handler
    controller.stop(no_assert=True)


def url_in(message: Any) -> str:
    found = re.fullmatch(r"<(http[^<>\s]+)>", "".join(message["List-Unsubscribe"].split()))
    assert found
    return found[1]


def press(url: str, content_type: str = FORM) -> Any:
    """As a mail provider does it: no cookie, no page before, the body that the RFC asks for."""
    body = b"List-Unsubscribe=One-Click" if content_type == FORM else encode_multipart(BOUNDARY, ONE_CLICK)
    strict = Client(enforce_csrf_checks=True)
    return strict.generic("POST", urlsplit(url).path, body, content_type=content_type)


def test_mail_that_can_be_declined_carries_both_headers_and_both_links(
    put: Put, server: Handler, settings: Any
) -> None:
    put("test.news")
    assert sending.send_due() == sending.Pass(sent=1)
    message = server.taken[0].message
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(message.get_all("List-Unsubscribe")) == 1
    url = url_in(message)
    assert url.startswith(settings.SITE_URL + "/me/mail/")
    assert url.endswith("/news/")
    text, html = (message.get_body(kind).get_content() for kind in (["plain"], ["html"]))
    choice = url.removesuffix("news/")
    for link in (url, choice):
        assert link in text.splitlines()
        assert f'href="{link}"' in html


def test_service_mail_carries_neither(put: Put, server: Handler) -> None:
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1)
    message = server.taken[0].message
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (None, None)
    assert "/me/mail/" not in message.as_string()


def test_every_kind_that_can_be_declined_has_its_topic_and_its_headers(put: Put) -> None:
    """Whatever an app registers: by its place among the services it has both headers or neither."""
    declinable = [kind for kind in mail_types.all_mail_types() if not kind.service]
    assert "test.news" in {kind.name for kind in declinable}
    assert {kind.topic for kind in declinable} <= {topic.name for topic in topics.all_topics()}
    mail = put("test.news")
    mail.own_subject, mail.own_text = "Subject", "Text"  # so that no kind's own template is needed
    for kind in mail_types.all_mail_types():
        headers = letters._letter(mail, kind, Facts(), letters._frame(kind, None)).headers
        assert (len(headers) == 2) is not kind.service, kind.name


@pytest.mark.parametrize("content_type", [FORM, MULTIPART_CONTENT])
def test_address_in_the_header_posted_as_it_is_stops_the_topic(put: Put, server: Handler, content_type: str) -> None:
    put("test.news")
    sending.send_due()
    response = press(url_in(server.taken[0].message), content_type)
    assert (response.status_code, response.cookies) == (200, {})
    assert "Location" not in response
    assert Address.objects.get(email=READER.email).wishes == {"news": "never"}
    declined, code = put("test.news"), put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=1)
    assert Mail.objects.get(pk=declined.pk).drop_reason == "The reader does not want mails of this topic."
    assert Mail.objects.get(pk=code.pk).state == "sent"
    assert [taken.message["Subject"] for taken in server.taken] == ["Hello Gantömör & <Co>"] * 2


def test_pressing_again_is_the_same(put: Put, server: Handler) -> None:
    put("test.news")
    sending.send_due()
    url = url_in(server.taken[0].message)
    assert [press(url).status_code for _time in range(3)] == [200, 200, 200]
    assert Address.objects.get().wishes == {"news": "never"}


@pytest.mark.parametrize("body", [b"", b"List-Unsubscribe=One-Click&start=all", b"anything"])
@pytest.mark.parametrize("content_type", [FORM, "text/plain", "application/json"])
def test_programs_that_post_otherwise_mean_the_same(put: Put, server: Handler, body: bytes, content_type: str) -> None:
    put("test.news")
    sending.send_due()
    path = urlsplit(url_in(server.taken[0].message)).path
    strict = Client(enforce_csrf_checks=True)
    assert strict.generic("POST", path, body, content_type=content_type).status_code == 200
    assert Address.objects.get().wishes == {"news": "never"}


def test_scanner_that_presses_every_link_changes_nothing(put: Put, server: Handler) -> None:
    put("test.news")
    sending.send_due()
    message = server.taken[0].message
    found = set(re.findall(r'href="([^"]+)"', message.get_body(["html"]).get_content())) | {url_in(message)}
    assert len(found) >= 3
    for url in found:
        for method in (Client().get, Client().head):
            assert method(urlsplit(url).path).status_code == 200
    assert Address.objects.get().wishes == {}
    put("test.news")
    assert sending.send_due() == sending.Pass(sent=1)


def test_signed_in_reader_stops_the_address_of_the_mail_and_not_their_own(
    put: Put, server: Handler, stranger: Any
) -> None:
    put("test.news")
    sending.send_due()
    client = Client()
    client.force_login(stranger.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(urlsplit(url_in(server.taken[0].message)).path, ONE_CLICK)
    assert {one.email: one.wishes for one in Address.objects.all()} == {READER.email: {"news": "never"}}


def test_other_readers_are_not_concerned(put: Put, server: Handler) -> None:
    put("test.news")
    sending.send_due()
    press(url_in(server.taken[0].message))
    put("test.news", email="other@example.org")
    assert sending.send_due() == sending.Pass(sent=1)
    assert server.taken[1].to == ["other@example.org"]
    assert url_in(server.taken[1].message) != url_in(server.taken[0].message)
