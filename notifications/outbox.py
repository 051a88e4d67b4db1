"""The one way to send a mail: `outbox.put(...)` writes a row in the transaction of the act; delivery takes it from there."""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from typing import Any, Final

from celery import current_app
from django.db import connection, models, transaction
from django.utils import timezone

from . import kinds, tasks
from .models import Mail
from .recipients import Recipient
from .sealing import seal

logger = logging.getLogger(__name__)

Subject = models.Model | tuple[str, int]
# Waking the worker is a courtesy, the poll finds the row anyway: a broker that is down may not hold up a request.
IMPATIENT: Final = {
    "socket_connect_timeout": 0.4,
    "socket_timeout": 0.4,
    "max_retries": 0,
    "connect_retries_timeout": 0.4,
}


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
    registered = kinds.get(kind)
    now = timezone.now()
    facts = dict(payload or {})
    secrets = {name: facts.pop(name) for name in registered.secrets & facts.keys()}
    when = due or now
    new = _insert(
        kind=registered.name,
        subject_label=_label(subject),
        subject_id=_id(subject),
        recipient_key=recipient.key,
        occurrence=occurrence,
        email=recipient.email,
        language=recipient.language,
        zone=recipient.zone,
        due=when,
        expires_at=when + registered.lifetime if registered.lifetime else None,
        payload=json.dumps(facts),
        sealed=seal(secrets),
        created_at=now,
    )
    if new and when <= now:
        _wake_after_commit()
    return new


def _label(subject: Subject) -> str:
    return subject._meta.label_lower if isinstance(subject, models.Model) else subject[0]


def _id(subject: Subject) -> int:
    number = subject.pk if isinstance(subject, models.Model) else subject[1]
    if number is None:
        raise ValueError("A mail is about a record that has been saved.")
    return int(number)


def _insert(**columns: Any) -> bool:
    names = ", ".join(columns)
    values = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Mail._meta.db_table} ({names}) VALUES ({values})"  # noqa: S608 - our own column names
            " ON CONFLICT ON CONSTRAINT notifications_mail_once DO NOTHING",
            list(columns.values()),
        )
        return bool(cursor.rowcount)


def _wake_after_commit() -> None:
    """Once for each transaction, however many mails it writes."""
    if not any(waiting[1] is wake for waiting in connection.run_on_commit):
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Tells a worker that something is due; says so in the log when there is no broker to tell."""
    if current_app.conf.task_always_eager:
        tasks.send_due.delay()
        return
    try:
        with current_app.connection_for_write(transport_options=IMPATIENT, connect_timeout=0.4) as broker:
            tasks.send_due.apply_async(connection=broker, retry=False)
    except Exception as error:  # whatever the broker's library raises: the poll finds the row
        logger.warning("The worker could not be woken, the next poll finds the mail: %s", error)
