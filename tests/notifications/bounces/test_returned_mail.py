"""Returned mails and complaints as mail servers write them, read from a file and from a pipe."""

import base64
import datetime as dt
import os
import quopri
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from embedded.places import PROJECT
from notifications.bounces import returned_mail
from notifications.delivery import sending
from notifications.models import Address, Bounce, Mail, MailTrace
from tests.notifications.conftest import READER, Put

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
GONE = "550 5.1.1 <reader@example.org>: Recipient address rejected: User unknown"
SHAPES = ["postfix", "exim", "exchange"]


@pytest.fixture
def sent(put: Put) -> Iterator[Mail]:
    """A mail that has gone out at noon."""
    with time_machine.travel(NOON, tick=False):
        mail = put()
        assert sending.send_due() == sending.Pass(sent=1)
        mail.refresh_from_db()
        yield mail


def report(shape: str, mail: Mail, **facts: str) -> bytes:
    text = (Path(__file__).parent / "returned" / f"{shape}.eml").read_text()
    values = {
        "email": mail.email, "message_id": mail.message_id, "words": GONE, "status": "5.1.1", "action": "failed",
        "feedback": "abuse",
    } | facts  # fmt: skip
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text.encode()


def scored() -> tuple[float, list[str]]:
    address = Address.objects.get(email=READER.email)
    return float(address.bounces), [bounce.kind for bounce in Bounce.objects.all()]


@pytest.mark.parametrize("shape", [*SHAPES, "exim_in_prose"])
def test_returned_mail_is_scored_and_leaves_its_trace(sent: Mail, shape: str) -> None:
    bounce = returned_mail.take(report(shape, sent))
    assert scored() == (1, ["hard"])
    assert (bounce.mail, bounce.at) == (sent, dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC))
    [trace] = sent.traces.all()
    assert (trace.what, trace.words.startswith("550 5.1.1 <reader@example.org>: Recipient")) == ("returned", True)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("status", "words", "score"),
    [
        (
            "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
            (1, ["hard"]),
        ),
        ("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", (0.5, ["soft"])),
        ("5.7.1", "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked", (0, ["policy"])),
        ("5.0.0", "550 Mailbox not found. http://service.mail.qq.com/", (1, ["hard"])),
        ("5.0.0", "550 Mail content denied. http://service.mail.qq.com/", (0, ["policy"])),
        ("4.4.7", "4.4.7 delivery time expired", (0.5, ["soft"])),
    ],
)
def test_words_of_the_server_decide(
    sent: Mail, shape: str, status: str, words: str, score: tuple[float, list[str]]
) -> None:
    assert returned_mail.take(report(shape, sent, status=status, words=words)) is not None
    assert scored() == score


def test_report_in_letters_of_the_world_is_read(sent: Mail) -> None:
    """RFC 6533: the same parts under other names."""
    raw = report("postfix", sent).replace(b"message/delivery-status", b"message/global-delivery-status")
    raw = raw.replace(b"message/rfc822", b"message/global").replace(b"sorry", "sorry, アドレス不明".encode())
    returned_mail.take(raw)
    assert scored() == (1, ["hard"])


@pytest.mark.parametrize("coding", ["base64", "quoted-printable"])
@pytest.mark.parametrize("kind", ["delivery-status", "global-delivery-status"])
def test_report_in_a_code_is_read(sent: Mail, kind: str, coding: str) -> None:
    """RFC 6533 lets a part be written in base64; what came back of ours may be as well."""
    encode = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[coding]

    def coded(raw: bytes, name: str, coded_name: str) -> bytes:
        head, found, rest = raw.partition(f"Content-Type: message/{name}\n".encode())
        _above, _blank, body = (b"\n" + rest).partition(b"\n\n")
        body, mark, below = body.partition(b"\n--3E8A11A0AF")
        assert found, "a part of the report"
        wanted = f"Content-Type: message/{coded_name}\nContent-Transfer-Encoding: {coding}\n\n".encode()
        return head + wanted + encode(body) + mark + below

    raw = coded(coded(report("postfix", sent), "delivery-status", kind), "rfc822", "global")
    assert raw.count(sent.message_id.encode()) == (0 if coding == "base64" else 1)
    returned_mail.take(raw)
    assert scored() == (1, ["hard"])


@pytest.mark.parametrize("action", ["failed (no such mailbox)", "Failed", " failed(unknown)"])
def test_remarks_in_a_report_are_left_aside(sent: Mail, action: str) -> None:
    raw = report("postfix", sent, action=action).replace(
        b"Final-Recipient: rfc822; reader@example.org", b"Final-Recipient: rfc822; reader@example.org (A. Reader)"
    )
    returned_mail.take(raw)
    assert scored() == (1, ["hard"])


def test_status_decides_where_there_are_no_words(sent: Mail) -> None:
    raw = report("postfix", sent, status="5.2.2").replace(f"Diagnostic-Code: smtp; {GONE}\n".encode(), b"")
    assert b"Diagnostic-Code" not in raw
    returned_mail.take(raw)
    assert scored() == (0.5, ["soft"])


def test_prose_is_read_where_there_is_nothing_else(sent: Mail) -> None:
    """Exim says 5.0.0 of a domain that does not exist, and the reason only to people."""
    raw = report("exim", sent, words="Unrouteable address").replace(
        b"Diagnostic-Code: smtp; Unrouteable address\n", b""
    )
    assert returned_mail.take(raw) is not None
    assert scored() == (1, ["hard"])
    assert "Unrouteable address" in Bounce.objects.get().words


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_delays_and_deliveries_are_no_returns(sent: Mail, shape: str, action: str) -> None:
    assert returned_mail.take(report(shape, sent, action=action, status="4.4.1")) is None
    assert (Bounce.objects.count(), MailTrace.objects.count()) == (0, 0)


def test_absent_readers_are_no_returns(sent: Mail) -> None:
    assert returned_mail.take(report("absent", sent)) is None
    assert Bounce.objects.count() == 0


@pytest.mark.parametrize("shape", [*SHAPES, "exim_in_prose", "abuse"])
def test_same_report_counts_once(sent: Mail, shape: str) -> None:
    raw = report(shape, sent)
    assert returned_mail.take(raw) is not None
    again = b"Received: by another.example; Tue, 24 Nov 2026 11:00:00 +0000\n" + raw
    assert [returned_mail.take(raw), returned_mail.take(again)] == [None, None]
    assert (Bounce.objects.count(), MailTrace.objects.count()) == (1, 1)


@pytest.mark.parametrize("shape", [*SHAPES, "exim_in_prose", "abuse"])
@pytest.mark.parametrize("name", ["<mail-{pk}-000000000000@localhost>", "<1@elsewhere.example>", ""])
def test_forged_report_does_no_harm(sent: Mail, shape: str, name: str) -> None:
    assert returned_mail.take(report(shape, sent, message_id=name.format(pk=sent.pk))) is None
    assert (Bounce.objects.count(), Address.objects.get().wishes) == (0, {})


@pytest.mark.parametrize("shape", SHAPES)
def test_report_counts_against_its_mails_own_address_only(sent: Mail, shape: str) -> None:
    """A reader cannot harm another one with the name of a mail of their own; what was forwarded counts where we write."""
    Address.objects.create(email="victim@example.org")
    returned_mail.take(report(shape, sent, email="victim@example.org"))
    assert {one.email: float(one.bounces) for one in Address.objects.all()} == {
        READER.email: 1.0,
        "victim@example.org": 0.0,
    }


def test_of_many_recipients_ours_is_read(sent: Mail) -> None:
    raw = report("postfix", sent)
    other = b"Final-Recipient: rfc822; other@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 full\n\n"
    returned_mail.take(raw.replace(b"Final-Recipient: rfc822; reader", other + b"Final-Recipient: rfc822; reader"))
    assert scored() == (1, ["hard"])


@pytest.mark.parametrize(
    ("feedback", "kinds", "wish"),
    [
        ("abuse", ["complaint"], "never"),
        ("opt-out", ["declined"], "never"),
        ("not-spam", [], None),
        ("virus", ["policy"], None),
        ("auth-failure", ["policy"], None),
    ],
)
def test_complaint_ends_all_topics(sent: Mail, feedback: str, kinds: list[str], wish: str | None) -> None:
    returned_mail.take(report("abuse", sent, feedback=feedback))
    assert scored() == (0, kinds)
    assert Address.objects.get().wishes.get("news") == wish


@pytest.mark.parametrize(
    "date", ["Date: Mon, 24 Nov 2025 10:00:00 +0000", "Date: nonsense", "X: y", "Date: Sun, 24 Nov 2999 10:00:00 +0000"]
)
def test_date_of_a_report_is_taken_as_far_as_it_makes_sense(sent: Mail, date: str) -> None:
    raw = report("exchange", sent).replace(b"Date: Tue, 24 Nov 2026 10:00:00 +0000", date.encode(), 1)
    bounce = returned_mail.take(raw)
    assert (bounce.at == NOON) is ("2025" not in date)
    assert scored()[0] == ("2025" not in date)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hello\n\nworld",
        b"Content-Type: multipart/report; boundary=x\n\nno part",
        b"Content-Type: message/delivery-status\n\nAction: failed\n\nAction: failed\n",
        b"Content-Type: message/feedback-report\n\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\xff: \xff\n\n--x--\n",
        b"X-Failed-Recipients: \xff\n\n",
    ],
)
def test_mail_that_is_no_report_is_left(raw: bytes) -> None:
    assert returned_mail.take(raw) is None


def test_command_reads_a_file(sent: Mail, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "returned.eml"
    file.write_bytes(report("postfix", sent))
    call_command("read_returned", str(file))
    call_command("read_returned", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "The address does not exist: reader@example.org",
        "Nothing new about a mail of ours.",
    ]
    assert scored() == (1, ["hard"])


def test_command_reads_what_a_mail_server_pipes(sent: Mail, monkeypatch: Any) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(report("exim", sent))))
    call_command("read_returned", verbosity=0)
    assert scored() == (1, ["hard"])


def test_file_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("read_returned", "/nowhere/at-all.eml")


def test_database_out_of_reach_asks_the_mail_server_to_keep_it(sent: Mail, monkeypatch: Any, tmp_path: Path) -> None:
    def fail(raw: bytes) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(returned_mail, "take", fail)
    with pytest.raises(CommandError) as caught:
        call_command("read_returned", __file__)
    assert caught.value.returncode == os.EX_TEMPFAIL


@pytest.mark.stack
def test_pipe_without_a_database_ends_with_the_code_that_mail_servers_keep_a_mail_for(tmp_path: Path) -> None:
    env = {**os.environ, "DATABASE_URL": f"postgres://portal@/portal?host={tmp_path}"}
    name = b"Message-ID: <mail-1-000000000000@localhost>"
    raw = b"X-Failed-Recipients: a@example.org\nContent-Type: text/plain\n\n" + name
    done = subprocess.run(
        [sys.executable, "manage.py", "read_returned"],
        cwd=PROJECT,
        env=env,
        input=raw,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"The database is out of reach" in done.stderr) == (75, True)
