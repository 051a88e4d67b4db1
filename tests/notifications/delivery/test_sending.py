"""What becomes of due mails: who takes them, what stops them, when they come back."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from notifications.delivery import mail_states, sending
from notifications.delivery.transport import NobodyKnowsError, NotSentError, Transport
from notifications.models import Address, Mail
from notifications.recipients import Recipient
from tests.notifications.conftest import READER, Put, ago
from tests.waiting import HANGING

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def send(self: Transport, message: Any) -> None:
        raise error

    monkeypatch.setattr(Transport, "send", send)


def test_due_mails_are_sent_the_oldest_first(put: Put) -> None:
    put(email="second@example.org", due=ago(minutes=1))
    put(email="first@example.org", due=ago(minutes=2))
    put(email="later@example.org", due=timezone.now() + dt.timedelta(minutes=1))
    assert sending.send_due() == sending.Pass(sent=2)
    assert [sent.to for sent in django_mail.outbox] == [["first@example.org"], ["second@example.org"]]
    assert sending.send_due() == sending.Pass()


def test_sent_mail_is_written_down_as_sent(put: Put) -> None:
    mail = put()
    sending.send_due()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.lease_until, mail.claimed_by) == ("sent", 1, None, "")
    assert mail.message_id == django_mail.outbox[0].extra_headers["Message-ID"]
    assert ago(minutes=1) < mail.sent_at <= timezone.now()


def test_secret_is_in_the_mail_and_gone_from_the_row(put: Put) -> None:
    mail = put("test.code", payload={"code": "94510539"})
    sending.send_due()
    assert "code 94510539" in django_mail.outbox[0].body
    mail.refresh_from_db()
    assert (mail.sealed, mail.payload) == ("", {})


@pytest.mark.parametrize(
    ("kind", "address", "reason"),
    [
        ("test.over", {}, "The meeting was cancelled."),
        ("test.news", {"wishes": {"news": "never"}}, "The reader does not want mails of this topic."),
        ("test.news", {"disabled_at": NOON}, "Too many mails to this address came back."),
    ],
)
def test_mail_that_is_not_wanted_is_dropped_with_the_reason(
    put: Put, kind: str, address: dict[str, Any], reason: str
) -> None:
    Address.objects.create(email=READER.email, **address)
    mail = put(kind)
    assert sending.send_due() == sending.Pass(dropped=1)
    mail.refresh_from_db()
    assert (mail.state, mail.drop_reason, django_mail.outbox) == ("dropped", reason, [])


@pytest.mark.parametrize("address", [{"wishes": {"account": "never"}}, {"disabled_at": NOON}])
def test_security_mail_is_sent_all_the_same(put: Put, address: dict[str, Any]) -> None:
    Address.objects.create(email=READER.email, **address)
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1)


def test_mail_without_an_address_is_dropped(put: Put) -> None:
    mail = put(recipient=Recipient("person:9", ""))
    assert sending.send_due() == sending.Pass(dropped=1)
    mail.refresh_from_db()
    assert mail.drop_reason == "No address is known."


def test_code_that_is_too_late_is_dropped_and_erased(put: Put) -> None:
    mail = put("test.code", payload={"code": "1"})
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert sending.send_due() == sending.Pass(dropped=1)
    mail.refresh_from_db()
    assert (mail.drop_reason, mail.sealed) == ("It would have come too late to be of use.", "")


def test_mail_that_cannot_be_written_stops_nothing_else(put: Put) -> None:
    broken = put("test.broken", due=ago(minutes=2))
    put(due=ago(minutes=1))
    assert sending.send_due() == sending.Pass(failed=1, sent=1)
    broken.refresh_from_db()
    assert (broken.state, broken.last_error) == ("failed", "RuntimeError: facts are out of reach")


def test_refused_mail_comes_back_later_each_time_and_is_given_up(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, NotSentError("451 later"))
    mail = put(due=NOON)
    now, waits = NOON, []
    with time_machine.travel(now, tick=False) as clock:
        for _attempt in range(5):
            assert sending.send_due() == sending.Pass(postponed=1)
            mail.refresh_from_db()
            waits.append((mail.due - now).total_seconds() / 60)
            assert sending.send_due() == sending.Pass()
            now = mail.due
            clock.move_to(now)
        assert sending.send_due() == sending.Pass(failed=1)
    for wait, planned in zip(waits, [1, 5, 15, 60, 240], strict=True):
        assert 0.8 * planned <= wait <= 1.2 * planned
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == ("failed", 6, "451 later")


def test_permanent_refusal_is_not_tried_again(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, NotSentError("550 no such user", permanent=True))
    mail = put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(failed=1)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, mail.sealed) == ("failed", "550 no such user", "")


def test_server_out_of_reach_ends_the_pass(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, NotSentError("refused", server_down=True))
    for minutes in (3, 2, 1):
        put(due=ago(minutes=minutes))
    assert sending.send_due() == sending.Pass(postponed=1)
    assert list(Mail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]


def test_silence_of_the_server_is_unknown_and_not_repeated(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, NobodyKnowsError("timed out"))
    mail = put()
    assert sending.send_due() == sending.Pass(unknown=1)
    assert sending.send_due() == sending.Pass()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("unknown", "timed out")


def test_silence_repeats_a_security_mail(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, NobodyKnowsError("timed out"))
    mail = put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(postponed=1)
    mail.refresh_from_db()
    assert mail.state == "queued"
    assert mail.sealed != ""


def taken_and_begun(mail: Mail) -> Mail:
    [mine] = mail_states.take()
    assert mine.pk == mail.pk
    assert mail_states.begin(mine)
    return mine


def abandon(mail: Mail) -> None:
    taken_and_begun(mail)
    Mail.objects.filter(pk=mail.pk).update(lease_until=ago(seconds=1))


def test_mail_of_a_dead_worker_is_unknown(put: Put) -> None:
    mail = put()
    abandon(mail)
    assert sending.send_due() == sending.Pass(unknown=1)
    mail.refresh_from_db()
    assert (mail.state, mail.lease_until, mail.last_error) == (
        "unknown", None, "The worker stopped while it was sending.",
    )  # fmt: skip


def test_security_mail_of_a_dead_worker_goes_out_again(put: Put) -> None:
    abandon(put("test.code", payload={"code": "7"}))
    assert sending.send_due() == sending.Pass(sent=1)
    assert "code 7" in django_mail.outbox[0].body


def test_mail_under_a_lease_is_nobody_elses(put: Put) -> None:
    taken_and_begun(put())
    assert mail_states.take() == []
    assert mail_states.settle_abandoned() == 0


def test_mail_that_a_dead_worker_had_only_taken_is_free_again(put: Put) -> None:
    mail = put()
    [mine] = mail_states.take()
    assert mail_states.take() == []
    Mail.objects.filter(pk=mail.pk).update(lease_until=ago(seconds=1))
    assert sending.send_due() == sending.Pass(sent=1)
    assert not mail_states.begin(mine)


def test_worker_that_lost_its_lease_cannot_change_the_mail(put: Put) -> None:
    mine = taken_and_begun(put())
    Mail.objects.update(state="unknown", lease_until=None, claimed_by="")
    assert mail_states.settle(mine, mail_states.Outcome(Mail.State.SENT, {"sent_at": timezone.now()})) == 0
    assert Mail.objects.get().state == "unknown"


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_share_the_mails_and_send_each_once(put: Put, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notifications.backends.Slow"
    for number in range(40):
        put(email=f"reader{number}@example.org", due=timezone.now() + dt.timedelta(hours=1))
    Mail.objects.update(due=ago(minutes=1))
    passes: list[sending.Pass] = []

    def work() -> None:
        try:
            passes.append(sending.send_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    assert sum(done.sent for done in passes) == 40
    assert sorted(sent.to[0] for sent in django_mail.outbox) == sorted(f"reader{n}@example.org" for n in range(40))
    assert sum(done.sent > 0 for done in passes) > 1


def test_command_does_one_pass_and_says_what_became_of_it(put: Put, capsys: Any) -> None:
    put(due=ago(minutes=1))
    put("test.over", due=ago(minutes=2))
    call_command("send_due")
    assert capsys.readouterr().out == "1 sent, 0 postponed, 0 failed, 0 unknown, 1 dropped.\n"
