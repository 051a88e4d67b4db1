"""Every mail to somebody, with the reason why it was or was not sent."""

import datetime as dt
from typing import Any

import pytest

from notifications import handling, mailings, outbox
from notifications.bounces import scoring
from notifications.delivery import sending
from notifications.models import Address, Mail
from notifications.recipients import Recipient, of_address
from notifications.timeline import entries_of, steps, timeline

from .conftest import Put, ago

pytestmark = pytest.mark.django_db
EMAIL = "bat@example.org"
BAT = Recipient("person:5", EMAIL)


def entries() -> list[tuple[str, str, str]]:
    keys = {"person:5", "user:9", of_address(EMAIL).key}
    return [(entry.label, entry.cause, entry.reason) for entry in entries_of(timeline(keys=keys, emails={EMAIL}))]


def test_mails_by_key_and_by_address_newest_first(put: Put) -> None:
    by_key = put(recipient=Recipient("user:9", "old@example.org"), due=ago(days=3))
    by_address = put(email="Bat@Example.org", due=ago(days=1))
    in_care = put(recipient=Recipient("person:77", EMAIL), due=ago(days=2))
    put(recipient=Recipient("person:6", "other@example.org"))
    found = timeline(keys={"user:9"}, emails={EMAIL})
    assert [mail.pk for mail in found] == [by_address.pk, in_care.pk, by_key.pk]
    assert list(timeline(keys=set(), emails=set())) == []


def test_each_says_why(put: Put) -> None:
    put("test.over", recipient=BAT, due=ago(hours=3))
    sending.send_due()
    failed = put(recipient=BAT, due=ago(hours=2))
    Mail.objects.filter(pk=failed.pk).update(state="failed", last_error="550 no such user")
    postponed = put(recipient=BAT, due=ago(hours=1))
    Mail.objects.filter(pk=postponed.pk).update(attempts=2, last_error="451 busy")
    put("test.code", recipient=BAT, due=ago(minutes=1), payload={"code": "1"})
    assert entries() == [
        ("Code", "Service: it answers what the reader has done.", ""),
        ("News", "Topic: News", "Tried 2 times: 451 busy"),
        ("News", "Topic: News", "550 no such user"),
        ("Over", "Topic: News", "The meeting was cancelled."),
    ]


def test_waiting_mail_tells_why_it_will_not_go(put: Put) -> None:
    address = Address.objects.create(email=EMAIL, wishes={"news": "never"})
    put(recipient=BAT)
    declined = "As things stand it will not go out: The reader does not want mails of this topic."
    assert entries() == [("News", "Topic: News", declined)]
    Address.objects.filter(pk=address.pk).update(wishes={}, disabled_at=ago(days=1))
    assert entries()[0][2] == "As things stand it will not go out: Too many mails to this address came back."
    Mail.objects.update(email="")
    assert entries()[0][2] == "As things stand it will not go out: No address is known."


def test_mail_of_a_mailing_names_it_and_what_came_back_stands_with_it(put: Put) -> None:
    mailing = mailings.open_mailing(label="Summer school moved", kind="test.news", by_id=None)
    outbox.put_many(kind="test.news", subject=("test.matter", 7), readers=[(BAT, "")], mailing=mailing)
    mail = mailing.mails.get()
    scoring.report(email=EMAIL, kind="hard", at=ago(minutes=1), words="550 no", event_id="e", mail=mail)
    [entry] = entries_of(timeline(keys={BAT.key}, emails=set()))
    assert entry.cause == "Mailing: Summer school moved"
    assert [(bounce.kind, bounce.words) for bounce in entry.returned] == [("hard", "550 no")]


@pytest.mark.parametrize("count", [1, 3])
def test_timeline_asks_three_times_for_any_number(put: Put, count: int, django_assert_num_queries: Any) -> None:
    for _number in range(count):
        put(recipient=BAT)
    with django_assert_num_queries(3):  # mails with their mailings, bounces, addresses
        assert len(entries()) == count


def test_steps_of_one_mail_in_order(put: Put) -> None:
    mail = put(recipient=BAT)
    handling.stop(mails=[mail], by_id=41, reason="Wrong.")
    handling.send_again(mails=[mail], by_id=42)
    mail.refresh_from_db()
    assert [(step.what, step.by_id) for step in steps(mail)] == [
        ("Written down", None),
        ("Stopped", 41),
        ("Sent again", 42),
        ("Is due", None),
    ]
    sending.send_due()
    mail.refresh_from_db()
    assert steps(mail)[-1].what == "Sent"


def test_mail_left_unsent_by_a_worker_has_no_moment(put: Put) -> None:
    mail = put("test.over", due=ago(hours=3))
    sending.send_due()
    mail.refresh_from_db()
    last = steps(mail)[-1]
    assert (last.at, last.what, last.words) == (None, "Not sent", "The meeting was cancelled.")
    assert isinstance(steps(mail)[0].at, dt.datetime)
