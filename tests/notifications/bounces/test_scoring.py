"""The score of an address: once a day, a whole or a half, five switch it off, ninety days are remembered."""

import datetime as dt
import threading
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from notifications.bounces import scoring
from notifications.delivery import sending
from notifications.delivery.transport import NotSentError, Transport
from notifications.models import Address, Bounce, Mail, MailTrace
from tests.notifications.conftest import READER, Put, ago
from tests.waiting import HANGING

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
Kind = Bounce.Kind


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def report(kind: str = "hard", *, days_ago: float = 0, event_id: str = "", mail: Mail | None = None) -> Bounce | None:
    at = timezone.now() - dt.timedelta(days=days_ago)
    name = event_id or f"event-{Bounce.objects.count()}"
    return scoring.report(email=READER.email, kind=kind, at=at, words=f"550 {kind}", event_id=name, mail=mail)


def scored() -> Decimal:
    return Address.objects.get(email=READER.email).bounces


@pytest.mark.parametrize(
    ("reports", "score"),
    [
        ([("hard", 0)], "1"),
        ([("soft", 0)], "0.5"),
        ([("policy", 0)], "0"),
        ([("complaint", 0)], "0"),
        ([("declined", 0)], "0"),
        ([("hard", 0), ("hard", 0), ("hard", 0)], "1"),  # a day counts once
        ([("soft", 0), ("hard", 0), ("soft", 0)], "1"),  # with its worst
        ([("soft", 0), ("soft", 1), ("hard", 2)], "2"),
        ([("hard", 89), ("hard", 91)], "1"),  # ninety days are remembered
        ([("hard", 365)], "0"),
        ([("hard", -400)], "1"),  # a report from the future is today's
    ],
)
def test_score_of(clock: Any, reports: list[tuple[str, float]], score: str) -> None:
    for kind, days_ago in reports:
        assert report(kind, days_ago=days_ago) is not None
    assert scored() == Decimal(score)
    assert Bounce.objects.count() == len(reports)


def test_day_is_a_day_of_utc(clock: Any) -> None:
    for hour in (15, 16, 23):  # the same day in UTC, two in Ulaanbaatar
        at = dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC)
        scoring.report(email=READER.email, kind="hard", at=at, words="", event_id=f"at-{hour}")
    assert scored() == 1
    at = dt.datetime(2026, 11, 24, 0, tzinfo=dt.UTC)
    scoring.report(email=READER.email, kind="hard", at=at, words="", event_id="next")
    assert scored() == 2


@pytest.mark.parametrize(("kind", "days"), [("hard", 5), ("soft", 10)])
def test_address_is_switched_off_at_five(clock: Any, kind: str, days: int) -> None:
    for day in range(days - 1):
        report(kind, days_ago=day)
    assert Address.objects.get().disabled_at is None
    report(kind, days_ago=days)
    address = Address.objects.get()
    assert (address.bounces, address.disabled_at) == (5, NOON)


def test_refusals_for_content_or_sender_never_switch_off(clock: Any) -> None:
    for day in range(60):
        report("policy", days_ago=day)
    address = Address.objects.get()
    assert (address.bounces, address.disabled_at) == (0, None)


def test_address_that_is_switched_on_begins_anew(clock: Any) -> None:
    for day in range(5):
        report(days_ago=day)
    scoring.switch_on(address=Address.objects.get())
    address = Address.objects.get()
    assert (address.bounces, address.disabled_at) == (0, None)
    clock.shift(dt.timedelta(minutes=1))
    report(days_ago=2)  # told late: it is about the time before
    assert scored() == 0
    report()
    assert scored() == 1
    assert Address.objects.get().disabled_at is None


def test_same_report_counts_once(clock: Any, put: Put) -> None:
    mail = put()
    assert report(event_id="same", mail=mail) is not None
    assert report(event_id="same", days_ago=3, mail=mail) is None
    assert (scored(), Bounce.objects.count(), MailTrace.objects.count()) == (1, 1, 1)


def test_report_leaves_its_trace_at_the_mail(put: Put) -> None:
    mail = put()
    at = ago(hours=1)
    bounce = scoring.report(email=mail.email, kind="hard", at=at, words="550 5.1.1 gone\x00", event_id="e", mail=mail)
    [trace] = mail.traces.all()
    assert (trace.what, trace.words, trace.at) == ("returned", "550 5.1.1 gone", at)
    assert (bounce.mail, bounce.words) == (mail, "550 5.1.1 gone")


def test_address_is_one_however_it_is_written() -> None:
    for number, email in enumerate(["Reader@Example.org", "reader@example.org"]):
        scoring.report(email=email, kind="hard", at=ago(days=number), words="", event_id=str(number))
    assert Address.objects.get().bounces == 2


@pytest.mark.parametrize("kind", ["complaint", "declined"])
def test_readers_own_word_ends_all_that_can_be_declined(put: Put, kind: str) -> None:
    Address.objects.create(email=READER.email, wishes={"other": "weekly"})
    report(kind)
    news, code = put("test.news"), put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=1)
    assert Mail.objects.get(pk=code.pk).state == "sent"
    assert Mail.objects.get(pk=news.pk).drop_reason == "The reader does not want mails of this topic."
    address = Address.objects.get()
    assert (address.wishes["other"], address.disabled_at) == ("weekly", None)


def test_address_that_was_switched_off_gets_security_mails_only(clock: Any, put: Put) -> None:
    for day in range(5):
        report(days_ago=day)
    put("test.news")
    put("test.code", payload={"code": "1"})
    assert sending.send_due() == sending.Pass(sent=1, dropped=1)
    assert django_mail.outbox[0].subject.startswith("Hello")
    assert "code 1" in django_mail.outbox[0].body


@pytest.mark.parametrize(
    ("refusal", "score"),
    [("550 5.1.1 unknown", "1"), ("552 5.2.2 full", "0.5"), ("550 5.7.1 spam", "0"), ("554 refused", "0")],
)
def test_refusal_at_the_door_counts_as_a_return(put: Put, monkeypatch: Any, refusal: str, score: str) -> None:
    def send(self: Transport, message: Any) -> None:
        raise NotSentError(refusal, permanent=True)

    monkeypatch.setattr(Transport, "send", send)
    mail = put()
    assert sending.send_due() == sending.Pass(failed=1)
    assert scored() == Decimal(score)
    assert (mail.bounces.get().words, mail.traces.last().what) == (refusal, "returned")


def test_refusal_that_may_pass_is_not_counted(put: Put, monkeypatch: Any) -> None:
    def send(self: Transport, message: Any) -> None:
        raise NotSentError("450 4.2.1 later")

    monkeypatch.setattr(Transport, "send", send)
    put()
    assert sending.send_due() == sending.Pass(postponed=1)
    assert Bounce.objects.count() == 0


def test_mail_that_staff_send_again_is_refused_again(put: Put) -> None:
    mail = put()
    mail.attempts = 1
    scoring.refused(mail=mail, words="550 5.1.1 gone")
    scoring.refused(mail=mail, words="550 5.1.1 gone")  # written down again, since the database had not answered
    assert Bounce.objects.count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        scoring.refused(mail=mail, words="550 5.1.1 gone")
    assert scored() == 2


def at_once(acts: list[Any]) -> list[Any]:
    """Does them in threads with connections of their own, all at the same moment."""
    barrier, answers = threading.Barrier(len(acts)), []

    def do(act: Any) -> None:
        barrier.wait(HANGING)
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    return answers


@pytest.mark.django_db(transaction=True)
def test_reports_at_once_do_not_lose_one_another() -> None:
    answers = at_once([lambda day=day: report(days_ago=day, event_id=f"day-{day}") for day in range(6)])
    address = Address.objects.get()
    assert (len(answers), address.bounces, address.disabled_at is None) == (6, 6, False)


@pytest.mark.django_db(transaction=True)
def test_same_report_at_once_counts_once(put: Put) -> None:
    mail = put()
    answers = at_once([lambda: report(event_id="same", mail=mail)] * 6)
    assert sorted(answer is None for answer in answers) == [False] + [True] * 5
    assert (scored(), MailTrace.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_same_name_for_two_addresses_at_once_is_kept_once() -> None:
    def told(email: str) -> Any:
        return scoring.report(email=email, kind="hard", at=timezone.now(), words="", event_id="same")

    answers = at_once([lambda n=n: told(f"reader{n}@example.org") for n in range(4)])
    assert sorted(answer is None for answer in answers) == [False, True, True, True]
    assert Bounce.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_complaint_and_bounce_at_once_both_hold() -> None:
    answers = at_once([lambda: report("complaint", event_id="c"), lambda: report("hard", event_id="h")])
    address = Address.objects.get()
    assert (len(answers), address.bounces, address.wishes["news"]) == (2, 1, "never")
