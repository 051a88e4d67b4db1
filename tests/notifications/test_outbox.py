"""Writing mails down: once, in the transaction of the act, with secrets sealed."""

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu.utils import functional

from notifications import mail_types, outbox, tasks
from notifications.encryption import DecryptionError, decrypt
from notifications.models import Mail
from notifications.recipients import Recipient, of_address
from tests.waiting import HANGING

from .conftest import READER, Put

MATTER = ("test.matter", 7)


def put_once(**other: Any) -> bool:
    return outbox.put(**{"kind": "test.news", "subject": MATTER, "recipient": READER, "occurrence": "o", **other})


@pytest.mark.django_db
def test_put_writes_a_row_as_asked() -> None:
    due = timezone.now() + dt.timedelta(days=2)
    assert put_once(due=due, payload={"seat": 3})
    mail = Mail.objects.get()
    assert (mail.kind, mail.subject_label, mail.subject_id) == ("test.news", "test.matter", 7)
    assert (mail.recipient_key, mail.email, mail.language) == ("person:1", "reader@example.org", "en")
    assert (mail.zone, mail.occurrence, mail.due) == ("Asia/Ulaanbaatar", "o", due)
    assert (mail.payload, mail.sealed, mail.state, mail.expires_at) == ({"seat": 3}, "", "queued", None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "new"),
    [
        ({}, False),
        ({"recipient": Recipient("person:1", "moved@example.org", "ja")}, False),
        ({"recipient": Recipient("person:2", READER.email)}, True),
        ({"kind": "test.code"}, True),
        ({"subject": ("test.matter", 8)}, True),
        ({"subject": ("test.other", 7)}, True),
        ({"occurrence": "p"}, True),
    ],
)
def test_same_mail_is_written_down_once(other: dict[str, Any], new: bool) -> None:
    assert put_once()
    assert put_once(**other) is new
    assert Mail.objects.count() == 1 + new


@pytest.mark.django_db
def test_secrets_are_sealed_and_the_rest_is_not() -> None:
    put_once(kind="test.code", payload={"code": "94510539", "place": "Hovd"})
    mail = Mail.objects.get()
    assert mail.payload == {"place": "Hovd"}
    assert "94510539" not in mail.sealed
    assert decrypt(mail.sealed) == {"code": "94510539"}
    assert mail.expires_at == mail.due + dt.timedelta(minutes=15)


@pytest.mark.django_db
def test_seal_opens_with_an_older_key_only_while_it_is_named(settings: Any) -> None:
    put_once(kind="test.code", payload={"code": "1"})
    sealed, old = Mail.objects.get().sealed, settings.SECRET_KEY
    settings.SECRET_KEY = "a new key " * 6
    with pytest.raises(DecryptionError):
        decrypt(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert decrypt(sealed) == {"code": "1"}


@pytest.mark.django_db
def test_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(mail_types.UnknownMailTypeError, match=r"test\.unheard"):
        put_once(kind="test.unheard")


@pytest.mark.django_db
def test_unsaved_record_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="has been saved"):
        put_once(subject=Mail())


def test_two_kinds_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match=r"test\.news"):
        mail_types.register(
            mail_types.MailType("test.news", "Other", "news", mail_types.get("test.news").facts, "test")
        )


@pytest.mark.django_db
def test_rolled_back_act_leaves_no_mail() -> None:
    def act() -> None:
        with transaction.atomic():
            put_once()
            raise LookupError

    with pytest.raises(LookupError):
        act()
    assert Mail.objects.count() == 0
    assert put_once()


@pytest.mark.django_db
def test_worker_is_woken_once_for_a_transaction_with_many_mails(
    django_capture_on_commit_callbacks: Any, put: Put
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        for _number in range(3):
            put()
    assert calls == [outbox.wake]


def test_web_process_wakes_the_worker_beside_its_requests_and_once_for_many(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    told, may_go = threading.Semaphore(0), threading.Semaphore(0)

    def tell() -> None:
        told.release()
        assert may_go.acquire(timeout=HANGING)

    settings.PROCESS = "web"
    monkeypatch.setattr(outbox, "_tell_worker", tell)
    monkeypatch.setattr(outbox, "BETWEEN_WAKES", 0)
    monkeypatch.setitem(outbox.current_app.conf, "task_always_eager", False)
    outbox.wake()
    assert told.acquire(timeout=HANGING)
    for _mail in range(50):  # while the broker hangs: none of them waits for it
        outbox.wake()
    may_go.release(2)
    assert told.acquire(timeout=HANGING)  # what came after the first word is told too, all of it at once
    assert not told.acquire(timeout=0.2)


@pytest.mark.django_db
def test_worker_is_not_woken_for_later_mails(django_capture_on_commit_callbacks: Any, put: Put) -> None:
    with django_capture_on_commit_callbacks() as calls:
        put(due=timezone.now() + dt.timedelta(hours=1))
    assert calls == []


@pytest.fixture
def _no_broker() -> Iterator[None]:
    """Celery as in production, with a broker that is not there."""
    conf = tasks.send_due.app.conf
    before = conf.task_always_eager, conf.broker_write_url
    conf.task_always_eager, conf.broker_write_url = False, "redis+socket:///nowhere/redis.sock"
    yield
    conf.task_always_eager, conf.broker_write_url = before


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_broker")
def test_broker_that_is_down_holds_up_nobody(caplog: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What passes between two tries is counted, not what the machine takes."""
    between_tries: list[float] = []

    def sleep(seconds: float) -> None:
        between_tries.append(seconds)
        if sum(between_tries) > 3:
            raise TimeoutError

    monkeypatch.setattr(functional, "sleep", sleep)
    assert put_once()
    assert sum(between_tries) < 3
    assert Mail.objects.get().state == "queued"
    assert "could not be woken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_many_who_put_the_same_mail_at_once_write_one_row() -> None:
    barrier, answers = threading.Barrier(8), []

    def act() -> None:
        barrier.wait(HANGING)
        try:
            answers.append(put_once(due=timezone.now() + dt.timedelta(days=1)))
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGING)
    assert sorted(answers) == [False] * 7 + [True]
    assert Mail.objects.count() == 1


def test_key_of_an_address_does_not_tell_it() -> None:
    one, same = of_address("Somebody@example.org"), of_address("somebody@example.org")
    assert one.key == same.key
    assert "somebody" not in one.key.lower()
    assert of_address("another@example.org").key != one.key
