"""The rows of the outbox as workers write them: taken, begun, over. Each step is committed before the next one is made.

A worker takes a handful of mails under a short lease; they stay `queued`, so that those it never came to are simply free
again. Only the one it is about to hand over becomes `sending`. How the last one ended and which one begins are one
statement: one commit for each mail.
"""

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import mail_types
from ..models import Mail, MailQuerySet, MailTrace
from .throttle import Throttle

logger = logging.getLogger(__name__)

HANDFUL: Final = 25
MOST: Final = 100
DATABASE_PATIENCE: Final = 60  # seconds: a database that restarts is back by then, and the lease still ours
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended: the new state with its facts, and a line for the trace if it failed."""

    state: Mail.State
    facts: dict[str, Any] = field(default_factory=dict)
    trace: str = ""


@transaction.atomic(durable=True)
def take(number: int = HANDFUL) -> list[Mail]:
    """The next due mails, the oldest first, for this worker alone."""
    now = timezone.now()
    paces = Throttle(now)
    due = Mail.objects.due(now).not_to_domains(paces.closed())
    mails = paces.take(due.select_for_update(skip_locked=True)[:number])
    mark, until = secrets.token_hex(8), now + dt.timedelta(seconds=settings.OUTBOX_HOLD_SECONDS)
    for mail in mails:
        mail.claimed_by, mail.lease_until = mark, until
    Mail.objects.filter(pk__in=[mail.pk for mail in mails]).update(claimed_by=mark, lease_until=until)
    return mails


def free(mails: Iterable[Mail]) -> None:
    """Gives back mails that were taken and not begun."""
    for mark in {mail.claimed_by for mail in mails}:
        Mail.objects.filter(claimed_by=mark, state=Mail.State.QUEUED).update(claimed_by="", lease_until=None)


def begin(mail: Mail) -> bool:
    """Writes down that a mail is being sent, before the server gets it. False if it is no longer this worker's."""
    return bool(_mine(mail).update(state=Mail.State.SENDING, lease_until=_leased(), attempts=mail.attempts))


def settle(mail: Mail, outcome: Outcome) -> int:
    """Writes down how it ended, if the mail is still this worker's. Secrets go as soon as the mail is over."""
    facts = {"attempts": mail.attempts, **outcome.facts}  # one that failed before it was begun counts too
    if outcome.state != Mail.State.QUEUED:
        facts["sealed"] = ""
    with transaction.atomic():
        changed = _mine(mail).update(state=outcome.state, lease_until=None, claimed_by="", **facts)
        if changed and outcome.trace:
            MailTrace.objects.create(mail=mail, what=MailTrace.What.ATTEMPT, words=outcome.trace)
    return changed


def settle_sent_and_begin(sent: Mail, at: dt.datetime, message_id: str, following: Mail) -> tuple[int, bool]:
    """`settle` for a mail that was sent and `begin` for the next one, in one statement."""
    sql = """
        WITH sent AS (
            UPDATE notifications_mail
            SET state = 'sent', sent_at = %s, message_id = %s, last_error = '', sealed = '', lease_until = NULL, claimed_by = ''
            WHERE id = %s AND claimed_by = %s AND state IN ('queued', 'sending') RETURNING id
        ), begun AS (
            UPDATE notifications_mail SET state = 'sending', lease_until = %s, attempts = %s
            WHERE id = %s AND claimed_by = %s AND state IN ('queued', 'sending') RETURNING id
        )
        SELECT (SELECT count(*) FROM sent), (SELECT count(*) FROM begun)
    """
    values: list[Any] = [
        at, message_id, sent.pk, sent.claimed_by,
        _leased(), following.attempts, following.pk, following.claimed_by,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        settled, begun = cursor.fetchone()
    return settled, bool(begun)


def _leased() -> dt.datetime:
    """Until when a mail that is begun now is left to its worker."""
    return timezone.now() + dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def _mine(mail: Mail) -> MailQuerySet:
    """The row, as long as it is held under this worker's mark."""
    return Mail.objects.filter(
        pk=mail.pk, claimed_by=mail.claimed_by, state__in=[Mail.State.QUEUED, Mail.State.SENDING]
    )


@transaction.atomic
def settle_abandoned() -> int:
    """Mails whose worker died or lost the database while it was sending them: nobody knows whether they went out.

    They are shown to staff and stay where they are; only security mails, whose second copy does no harm, go out again.
    """
    gone = Mail.objects.abandoned(timezone.now()).select_for_update(skip_locked=True)
    keys = list(gone.values_list("pk", "kind"))
    again = set(mail_types.security_mail_types())
    back = [key for key, kind in keys if kind in again]
    lost = [key for key, kind in keys if kind not in again]
    words = _("The worker stopped while it was sending.")
    free = {"lease_until": None, "claimed_by": "", "last_error": words}
    Mail.objects.filter(pk__in=back).update(state=Mail.State.QUEUED, **free)
    Mail.objects.filter(pk__in=lost).update(state=Mail.State.UNKNOWN, sealed="", **free)
    MailTrace.objects.bulk_create(
        [MailTrace(mail_id=key, what=MailTrace.What.ATTEMPT, words=words) for key, _k in keys]
    )
    return len(lost)


def steadfast(write: Callable[[], T]) -> T:
    """Does a write again until the database is back: what a server has taken must not be forgotten over a restart.

    A write whose answer got lost may be done twice: it changes a row only while that row is still this worker's.
    """
    until = time.monotonic() + DATABASE_PATIENCE
    while True:
        try:
            return write()
        except (DatabaseError, InterfaceError) as fault:
            if not out_of_reach(fault) or connection.in_atomic_block or time.monotonic() > until:
                raise
            logger.warning("The database is out of reach, the outbox waits for it: %s", fault)
            connection.close()
            time.sleep(0.5)


def out_of_reach(fault: Exception) -> bool:
    """Whether the database itself failed, not what was asked of it. A session that is cut in the midst of an answer ends
    with the plain DatabaseError, whose subclasses are mistakes."""
    return isinstance(fault, (OperationalError, InterfaceError)) or type(fault) is DatabaseError
