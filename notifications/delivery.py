"""From the outbox to the mail server. A mail is committed as `sending`, with a lease, before the server hears of it: whatever
dies after that, the row says so."""

import datetime as dt
import logging
import random
import secrets
import time
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import kinds
from .composing import Letter, message, message_id, write
from .kinds import Drop
from .models import Address, Mail
from .transport import NobodyKnowsError, NotSentError, Transport, transport

logger = logging.getLogger(__name__)

LEASE: Final = dt.timedelta(minutes=5)  # longer than any conversation with a server may take (EMAIL_TIMEOUT)
PASS_SECONDS: Final = 120  # a task may not take long: the next poll goes on
JITTER: Final = 0.2  # mails that failed together do not come back together


@dataclass
class Pass:
    """What one pass over the outbox did, in mails."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unknown: int = 0
    dropped: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in vars(self).items())


def send_due(*, seconds: float = PASS_SECONDS) -> Pass:
    """Sends what is due, the oldest first, until nothing is left, the time is over or the mail server is out of reach."""
    done, until = Pass(), time.monotonic() + seconds
    done.unknown += settle_abandoned()
    with transport() as line:
        while time.monotonic() < until and (mail := claim()):
            if not _deliver(mail, line, done):
                break
    return done


@transaction.atomic(durable=True)
def claim() -> Mail | None:
    """Takes the next due mail, for this worker alone and for the length of a lease; None when there is none."""
    now = timezone.now()
    mail = Mail.objects.due(now).select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.state = Mail.State.SENDING
    mail.lease_until = now + LEASE
    mail.claimed_by = secrets.token_hex(8)
    mail.attempts += 1
    mail.save(update_fields=["state", "lease_until", "claimed_by", "attempts"])
    return mail


@transaction.atomic
def settle_abandoned() -> int:
    """Mails whose worker died or lost the database while it held them: nobody knows whether they were sent.

    They are shown to staff and stay where they are; only security mails, whose second copy does no harm, go out again.
    """
    gone = Mail.objects.abandoned(timezone.now()).select_for_update(skip_locked=True)
    keys = list(gone.values_list("pk", "kind"))
    again = set(kinds.security_kinds())
    back = [key for key, kind in keys if kind in again]
    lost = [key for key, kind in keys if kind not in again]
    free = {"lease_until": None, "claimed_by": "", "last_error": _("The worker stopped while it was sending.")}
    Mail.objects.filter(pk__in=back).update(state=Mail.State.QUEUED, **free)
    Mail.objects.filter(pk__in=lost).update(state=Mail.State.UNKNOWN, sealed="", **free)
    return len(lost)


def _deliver(mail: Mail, line: Transport, done: Pass) -> bool:
    """One mail. False when the server is out of reach, so that the others need not try now."""
    try:
        letter = _letter(mail)
    except Exception as fault:
        logger.exception("Mail %s (%s) could not be written", mail.pk, mail.kind)
        done.failed += _settle(mail, Mail.State.FAILED, last_error=f"{type(fault).__name__}: {fault}")
        return True
    if isinstance(letter, Drop):
        done.dropped += _settle(mail, Mail.State.DROPPED, drop_reason=str(letter.reason), last_error="")
        return True
    try:
        line.send(message(mail, letter))
    except NobodyKnowsError as silence:
        _nobody_knows(mail, silence, done)
    except NotSentError as refusal:
        _not_sent(mail, refusal, done)
        return not refusal.server_down
    else:
        now = timezone.now()
        done.sent += _settle(mail, Mail.State.SENT, sent_at=now, message_id=message_id(mail), last_error="")
    return True


def _letter(mail: Mail) -> Letter | Drop:
    """The mail as it goes out, or why it does not."""
    if mail.expires_at and mail.expires_at <= timezone.now():
        return Drop(_("It would have come too late to be of use."))
    if not mail.email:
        return Drop(_("No address is known."))
    kind = kinds.get(mail.kind)
    address = Address.objects.filter(email=mail.email.lower()).first()
    if address and not kind.service and kind.topic in address.opt_outs:
        return Drop(_("The reader does not want mails of this topic."))
    if address and address.disabled_at and not kind.security:
        return Drop(_("Too many mails to this address came back."))
    return write(mail)


def _not_sent(mail: Mail, refusal: NotSentError, done: Pass) -> None:
    pauses = settings.OUTBOX_RETRY_MINUTES
    if refusal.permanent or mail.attempts > len(pauses):
        done.failed += _settle(mail, Mail.State.FAILED, last_error=str(refusal))
        return
    minutes = pauses[mail.attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads, hides nothing
    later = timezone.now() + dt.timedelta(minutes=minutes)
    done.postponed += _settle(mail, Mail.State.QUEUED, due=later, last_error=str(refusal))


def _nobody_knows(mail: Mail, silence: NobodyKnowsError, done: Pass) -> None:
    pauses = settings.OUTBOX_RETRY_MINUTES
    if kinds.get(mail.kind).security and mail.attempts <= len(pauses):
        later = timezone.now() + dt.timedelta(minutes=pauses[mail.attempts - 1])
        done.postponed += _settle(mail, Mail.State.QUEUED, due=later, last_error=str(silence))
    else:
        done.unknown += _settle(mail, Mail.State.UNKNOWN, message_id=message_id(mail), last_error=str(silence))


def _settle(mail: Mail, state: Mail.State, **facts: object) -> int:
    """Writes down how it ended, if the mail is still this worker's. Secrets go as soon as the mail is over."""
    if state != Mail.State.QUEUED:
        facts["sealed"] = ""
    mine = Mail.objects.filter(pk=mail.pk, state=Mail.State.SENDING, claimed_by=mail.claimed_by)
    return mine.update(state=state, lease_until=None, claimed_by="", **facts)
