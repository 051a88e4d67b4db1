"""The one way to send a mail: `outbox.put(...)` writes a row in the transaction of the act; delivery takes it from there."""

import datetime as dt
import json
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from celery import current_app
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.functional import Promise

from records.worker import tell_worker

from . import mail_types, tasks
from .encryption import encrypt
from .models import Mail, Mailing, MailQuerySet
from .recipients import Recipient

Subject = models.Model | tuple[str, int]
ROWS_AT_ONCE: Final = 500
BETWEEN_WAKES: Final = 0.2  # seconds


def put(
    *,
    kind: str,
    subject: Subject,
    recipient: Recipient,
    occurrence: str = "",
    due: dt.datetime | None = None,
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """Writes down a mail to be sent when it is due, or at once. False if the same mail has been written down before.

    The same is: the same kind, matter, recipient and occurrence. `payload` holds what no record knows (a code); facts
    that stand in records are read when the mail is sent.
    """
    row = _row(kind=kind, subject=subject, recipient=recipient, occurrence=occurrence, due=due, payload=payload)
    new = bool(_insert([row]))
    if new and row["due"] <= row["created_at"]:
        wake_after_commit()
    return new


def put_off(*, kind: str, subject: Subject, recipient: Recipient, occurrence: str = "", reason: str | Promise) -> bool:
    """Writes down that a mail is not sent, and why: who asks later finds an answer. False if the mail is known already."""
    row = _row(kind=kind, subject=subject, recipient=recipient, occurrence=occurrence)
    return bool(_insert([row | {"state": Mail.State.DROPPED, "drop_reason": str(reason), "sealed": ""}]))


def put_many(
    *,
    kind: str,
    subject: Subject,
    readers: Iterable[tuple[Recipient, str]],
    due: dt.datetime | None = None,
    mailing: Mailing | None = None,
    payload: Mapping[str, object] | None = None,
) -> int:
    """As `put`, for many readers, each with the occurrence that is theirs. How many are new.

    Mails of a mailing go out together, once it can no longer be called back.
    """
    when = mailing.goes_at if mailing else due
    belonging: dict[str, object] = {"mailing_id": mailing.pk} if mailing else {}
    rows = [
        _row(kind=kind, subject=subject, recipient=recipient, occurrence=occurrence, due=when, payload=payload)
        | belonging
        for recipient, occurrence in readers
    ]
    new = _insert(rows)
    if new and when is None:
        wake_after_commit()
    return new


def withdraw(*, names: Iterable[str], subject: Subject, reason: str | Promise, recipient_key: str = "") -> int:
    """Ends mails about a matter that are still waiting: it was cancelled, or they are put anew. How many."""
    waiting = about(subject).filter(kind__in=list(names), state=Mail.State.QUEUED)
    if recipient_key:
        waiting = waiting.filter(recipient_key=recipient_key)
    return waiting.update(state=Mail.State.DROPPED, drop_reason=str(reason), sealed="", lease_until=None, claimed_by="")


def readdress(*, subject: Subject, recipient: Recipient) -> int:
    """Mails about a matter that still wait go where their reader is reached now, in the language that is read now. How many."""
    waiting = about(subject).filter(recipient_key=recipient.key, state=Mail.State.QUEUED)
    return waiting.update(email=recipient.email, language=recipient.language, zone=recipient.zone)


def forget(*, names: Iterable[str], subject: Subject) -> int:
    """Takes mails about a matter away that have not gone out, as if they had never been written: what they tell of was
    undone before anybody knew, and may be done anew. How many."""
    unsent = about(subject).filter(kind__in=list(names), state__in=(Mail.State.QUEUED, Mail.State.DROPPED))
    return unsent.delete()[1].get(Mail._meta.label, 0)


def about(subject: Subject) -> MailQuerySet:
    """Every mail about a matter."""
    return Mail.objects.filter(subject_label=_label(subject), subject_id=_id(subject))


def _row(
    *,
    kind: str,
    subject: Subject,
    recipient: Recipient,
    occurrence: str,
    due: dt.datetime | None = None,
    payload: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    registered = mail_types.get(kind)
    now = timezone.now()
    facts = dict(payload or {})
    secrets = {name: facts.pop(name) for name in registered.secrets & facts.keys()}
    when = due or now
    return {
        "kind": registered.name,
        "subject_label": _label(subject),
        "subject_id": _id(subject),
        "recipient_key": recipient.key,
        "occurrence": occurrence,
        "email": recipient.email,
        "language": recipient.language,
        "zone": recipient.zone,
        "due": when,
        "expires_at": when + registered.lifetime if registered.lifetime else None,
        "payload": json.dumps(facts),
        "sealed": encrypt(secrets),
        "created_at": now,
    }


def _label(subject: Subject) -> str:
    return subject._meta.label_lower if isinstance(subject, models.Model) else subject[0]


def _id(subject: Subject) -> int:
    number = subject.pk if isinstance(subject, models.Model) else subject[1]
    if number is None:
        raise ValueError("A mail is about a record that has been saved.")
    return int(number)


def _insert(rows: Sequence[Mapping[str, Any]]) -> int:
    """Writes the rows, all with the same columns, and says how many of them were new."""
    if not rows:
        return 0
    names = ", ".join(rows[0])
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    new = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            cursor.execute(
                f"INSERT INTO {Mail._meta.db_table} ({names}) VALUES {', '.join([one] * len(some))}"  # noqa: S608 - our own column names
                " ON CONFLICT ON CONSTRAINT notifications_mail_once DO NOTHING",
                [value for row in some for value in row.values()],
            )
            new += cursor.rowcount
    return new


def wake_after_commit() -> None:
    """Once for each transaction, however many mails it writes."""
    if not any(waiting[1] is wake for waiting in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Tells a worker that something is due. A web process does it beside its requests: nobody waits for the broker."""
    if current_app.conf.task_always_eager:
        tasks.send_due.delay()
    elif settings.PROCESS == "web":
        _Waker.of_this_process().asked.set()
    else:
        _tell_worker()


class _Waker(threading.Thread):
    """Wakes the worker for all that was written within a moment: a rush of registrations wakes it a few times, not
    hundreds. The worker goes on until nothing is due, so whatever was written before it was told is sent."""

    _running: "_Waker | None" = None
    _starting: Final = threading.Lock()

    def __init__(self) -> None:
        super().__init__(name="wakes the worker", daemon=True)
        self.asked = threading.Event()

    @classmethod
    def of_this_process(cls) -> "_Waker":
        """Started at the first mail; one that a process had before it parted does not live in its children."""
        with cls._starting:
            if cls._running is None or not cls._running.is_alive():
                cls._running = cls()
                cls._running.start()
            return cls._running

    def run(self) -> None:
        while True:
            self.asked.wait()
            self.asked.clear()
            _tell_worker()
            time.sleep(BETWEEN_WAKES)


def _tell_worker() -> None:
    tell_worker(tasks.send_due)
