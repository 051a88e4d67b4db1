"""Delivery through a real mail server, well behaved and not."""

import smtplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail as django_mail

from notifications.delivery import sending
from notifications.models import Bounce, Mail
from tests.notifications.conftest import READER, Put, ago
from tests.notifications.smtp import Dropping, Handler, Server, free_port

pytestmark = pytest.mark.django_db


def use(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "notifications.delivery.backends.Smtp"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5


@pytest.fixture(params=[False, True], ids=["one by one", "together"])
def server(settings: Any, request: pytest.FixtureRequest) -> Iterator[Handler]:
    """Both kinds: one that hears a command at a time, and one that takes the whole envelope at once."""
    handler = Handler(together=request.param)
    controller = Server(handler)
    controller.start()
    use(settings, controller.port)
    yield handler
    controller.stop(no_assert=True)


def test_message_arrives_whole(put: Put, server: Handler) -> None:
    mail = put("test.code", payload={"code": "94510539"})
    assert sending.send_due() == sending.Pass(sent=1)
    [taken] = server.taken
    message = taken.message
    mail.refresh_from_db()
    assert taken.to == [READER.email]
    assert message["Subject"] == "Hello Gantömör & <Co>"
    assert message["From"] == project.DEFAULT_FROM_EMAIL
    assert message["To"] == READER.email
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = (message.get_body(kind).get_content() for kind in (["plain"], ["html"]))
    assert "Dear Gantömör & <Co>, code 94510539" in text
    assert "Dear Gantömör &amp; &lt;Co&gt;" in html


def test_one_connection_carries_many_messages(put: Put, server: Handler) -> None:
    for number in range(5):
        put(email=f"reader{number}@example.org", due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(sent=5)
    assert (len(server.taken), server.connections) == (5, 1)


@pytest.mark.parametrize("place", ["at_recipient", "after_data"])
@pytest.mark.parametrize(
    ("answer", "done"),
    [("451 busy, come back", sending.Pass(postponed=1)), ("550 no such reader", sending.Pass(failed=1))],
)
def test_answer_of_the_server_decides(put: Put, server: Handler, place: str, answer: str, done: sending.Pass) -> None:
    setattr(server, place, answer)
    mail = put()
    assert sending.send_due() == done
    mail.refresh_from_db()
    assert mail.last_error == answer
    assert server.taken == []


def test_next_message_goes_out_after_a_refused_one(put: Put, server: Handler) -> None:
    put(due=ago(minutes=2))
    put(due=ago(minutes=1))
    server.at_recipient = "550 no"
    assert sending.send_due() == sending.Pass(failed=2)
    server.at_recipient = "250 OK"
    put()
    assert sending.send_due() == sending.Pass(sent=1)


def test_server_that_refuses_the_reader_and_still_asks_for_the_message_gets_none(put: Put, server: Handler) -> None:
    server.at_recipient, server.forgetful = "450 not just now", True
    put(email="one@example.org", due=ago(minutes=2))
    put(email="two@example.org", due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(postponed=2)
    assert server.taken == []
    assert server.connections == (2 if server.together else 1)


def test_mail_that_was_stopped_meanwhile_is_not_handed_over(
    put: Put, server: Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staff stop it after the worker has taken it; the mail after it goes out."""
    stopped, other = put(due=ago(minutes=2)), put(email="two@example.org", due=ago(minutes=1))
    write = sending.write

    def stop_meanwhile(mail: Mail, **how: Any) -> Any:
        Mail.objects.filter(pk=stopped.pk).update(
            state="dropped", drop_reason="Stopped.", claimed_by="", lease_until=None
        )
        return write(mail, **how)

    monkeypatch.setattr(sending, "write", stop_meanwhile)
    assert sending.send_due() == sending.Pass(sent=1)
    assert [taken.to for taken in server.taken] == [[other.email]]
    stopped.refresh_from_db()
    assert (stopped.state, stopped.attempts) == ("dropped", 0)


def test_mail_is_written_down_as_begun_before_the_server_has_it(put: Put, server: Handler) -> None:
    found: list[str] = []
    mail = put()
    send = smtplib.SMTP.send

    def watched(self: smtplib.SMTP, what: Any) -> None:
        if isinstance(what, bytes) and what.endswith(b"\r\n.\r\n"):
            mail.refresh_from_db()
            found.append(mail.state)
        send(self, what)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtplib.SMTP, "send", watched)
        assert sending.send_due() == sending.Pass(sent=1)
    assert found == ["sending"]


def test_line_that_begins_with_a_dot_arrives_as_it_is(put: Put, server: Handler) -> None:
    mail = put()
    Mail.objects.filter(pk=mail.pk).update(own_subject="Dots", own_text=".\n..\n.net is a name")
    assert sending.send_due() == sending.Pass(sent=1)
    text = server.taken[0].message.get_body(["plain"]).get_content()
    assert ".\n..\n.net is a name" in text.replace("\r\n", "\n")


def test_no_to_the_word_data_touches_only_its_own_message(put: Put, server: Handler) -> None:
    """The server still holds sender and recipient then, and would refuse the next sender for good."""
    server.at_data = "450 not just now"
    put(email="one@example.org", due=ago(minutes=2))
    put(email="two@example.org", due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(postponed=2)
    assert set(Mail.objects.values_list("last_error", flat=True)) == {"450 not just now"}
    assert server.connections == 1


def test_refused_sender_says_nothing_about_the_reader(put: Put, server: Handler) -> None:
    server.at_sender = "550 we do not know you"
    put()
    assert sending.send_due() == sending.Pass(failed=1)
    assert Bounce.objects.count() == 0
    server.at_sender, server.at_recipient = "250 OK", "550 no such reader"
    put()
    assert sending.send_due() == sending.Pass(failed=1)
    assert Bounce.objects.get().kind == "hard"


@pytest.mark.parametrize(
    ("word", "done", "whole"),
    [
        (b"EHLO", sending.Pass(postponed=1), 0),
        (b"MAIL", sending.Pass(postponed=1), 0),
        (b"RCPT", sending.Pass(postponed=1), 0),
        (b"DATA", sending.Pass(postponed=1), 0),
        (b".", sending.Pass(unknown=1), 1),
    ],
)
def test_broken_connection_is_unknown_only_past_the_final_dot(
    put: Put, settings: Any, word: bytes, done: sending.Pass, whole: int
) -> None:
    with Dropping(word) as server:
        use(settings, server.port)
        put()
        assert sending.send_due() == done
        server.shutdown()
    assert server.whole_messages == whole


def test_nobody_at_the_port_costs_one_attempt(put: Put, settings: Any) -> None:
    use(settings, free_port())
    put(due=ago(minutes=2))
    put(due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(postponed=1)
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 1]


def test_address_no_server_understands_fails_for_good(put: Put, server: Handler) -> None:
    mail = put(email="two@@example.org")
    assert sending.send_due() == sending.Pass(failed=1)
    mail.refresh_from_db()
    assert "two@@example.org" in mail.last_error
    assert django_mail.outbox == []
