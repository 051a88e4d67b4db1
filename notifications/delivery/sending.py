"""From the outbox to the mail server: one pass over what is due.

A mail is committed as `sending`, with a lease, before the server gets any of it: whatever dies after that, the row says so.
"""

import datetime as dt
import logging
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import holding, mail_types
from ..bounces import scoring
from ..composing.letters import message, message_id, write
from ..mail_types import Drop
from ..models import Address, Mail
from . import mail_states
from .forecast import addresses_of, why_not
from .mail_states import Outcome, steadfast
from .transport import NobodyKnowsError, NotSentError, Transport, transport

logger = logging.getLogger(__name__)

PASS_SECONDS: Final = 120  # a task may not take long: the next poll goes on
JITTER: Final = 0.2  # mails that failed together do not come back together
State = Mail.State
OVER: Final = {
    State.SENT: "sent",
    State.QUEUED: "postponed",
    State.FAILED: "failed",
    State.UNKNOWN: "unknown",
    State.DROPPED: "dropped",
}


@dataclass
class Pass:
    """What one pass over the outbox did, in mails."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    unknown: int = 0
    dropped: int = 0

    def count(self, state: Mail.State, number: int) -> None:
        name = OVER[state]
        setattr(self, name, getattr(self, name) + number)

    def __str__(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in vars(self).items())


def send_due(*, seconds: float = PASS_SECONDS) -> Pass:
    """Sends what is due, the oldest first, until nothing is left, the time is over or the mail server is out of reach."""
    done = Pass()
    if holding.held():
        return done
    done.unknown += steadfast(mail_states.settle_abandoned)
    with transport() as line:
        courier = _Courier(line, done, until=time.monotonic() + seconds)
        try:
            handful = mail_states.HANDFUL
            while courier.has_time() and (mails := steadfast(partial(mail_states.take, handful))):
                if not courier.carry(mails):
                    break
                handful = min(2 * handful, mail_states.MOST)  # a few are shared between workers, many go faster so
        finally:
            courier.write_down()
    return done


class _NoLongerOursError(Exception):
    """Somebody else has the mail by now, or staff have stopped it."""


class _Courier:
    """Carries mails over one line. How the last one ended is written down together with the beginning of the next."""

    def __init__(self, line: Transport, done: Pass, *, until: float) -> None:
        self._line, self._done, self._until = line, done, until
        self._sent: tuple[Mail, dt.datetime] | None = None

    def has_time(self) -> bool:
        return time.monotonic() < self._until

    def carry(self, mails: list[Mail]) -> bool:
        """A handful. False when the server is out of reach or the time is over; the mails not tried are free again.

        A server that hangs at every mail needs longer for a handful than a task may take.
        """
        addresses = steadfast(lambda: _addresses(mails))
        for number, mail in enumerate(mails):
            letter = self._composed(mail, addresses.get(mail.email.lower()))
            goes_on = letter is None or self._hand_over(mail, letter)
            if not goes_on or not self.has_time():
                self._free(mails[number + 1 :])
                return False
        return True

    def write_down(self) -> None:
        """How the last mail ended, if that still stands out."""
        if self._sent:
            (mail, at), self._sent = self._sent, None
            self._settle(mail, Outcome(State.SENT, {"sent_at": at, "message_id": message_id(mail), "last_error": ""}))

    def _composed(self, mail: Mail, address: Address | None) -> EmailMessage | None:
        """The mail as it goes out; None when it is over without that."""
        try:
            letter = _why_not(mail, address) or write(mail, address=address)
            if not isinstance(letter, Drop):
                return message(mail, letter)
            self._settle(mail, Outcome(State.DROPPED, {"drop_reason": str(letter.reason), "last_error": ""}))
        except Exception as fault:
            logger.exception("Mail %s (%s) could not be written", mail.pk, mail.kind)
            self._settle(mail, _not_written(mail, fault))
        return None

    def _hand_over(self, mail: Mail, composed: EmailMessage) -> bool:
        mail.attempts += 1
        self._line.begin = lambda: self._begin(mail)
        try:
            self._line.send(composed)
        except _NoLongerOursError:
            return True
        except NobodyKnowsError as silence:
            self._settle(mail, _nobody_knows(mail, silence))
        except NotSentError as refusal:
            self._settle(mail, _not_sent(mail, refusal))
            if refusal.permanent and not refusal.of_sender:
                words = str(refusal)
                steadfast(lambda: scoring.refused(mail=mail, words=words))
            return not refusal.server_down
        else:
            self._sent = mail, timezone.now()
        return True

    def _begin(self, mail: Mail) -> None:
        if self._sent is None:
            begun = steadfast(lambda: mail_states.begin(mail))
        else:
            last, at = self._sent
            settled, begun = steadfast(lambda: mail_states.settle_sent_and_begin(last, at, message_id(last), mail))
            self._sent = None
            self._done.count(State.SENT, settled)
        if not begun:
            raise _NoLongerOursError

    def _settle(self, mail: Mail, outcome: Outcome) -> None:
        self._done.count(outcome.state, steadfast(lambda: mail_states.settle(mail, outcome)))

    def _free(self, mails: Iterable[Mail]) -> None:
        steadfast(lambda: mail_states.free(mails))


def _addresses(mails: Iterable[Mail]) -> dict[str, Address]:
    """What is known of the addresses of a handful of mails; a reader who may decline mails is given a row to decline by."""
    known = addresses_of(mails)
    new = [
        Address(email=mail.email.lower(), language=mail.language, zone=mail.zone)
        for mail in mails
        if mail.email and mail.email.lower() not in known and not mail_types.is_service(mail.kind)
    ]
    if new:
        Address.objects.bulk_create(new, ignore_conflicts=True)
        known |= {one.email: one for one in Address.objects.filter(email__in=[one.email for one in new])}
    return known


def _why_not(mail: Mail, address: Address | None) -> Drop | None:
    """Why a mail does not go out, if that is known before it is written."""
    if mail.expires_at and mail.expires_at <= timezone.now():
        return Drop(_("It would have come too late to be of use."))
    reason = why_not(mail, mail_types.get(mail.kind), address)
    return Drop(reason) if reason else None


def _not_written(mail: Mail, fault: Exception) -> Outcome:
    """A database that failed while the facts were read says nothing about the mail, which comes back later."""
    words = f"{type(fault).__name__}: {fault}"
    if not mail_states.out_of_reach(fault):
        return Outcome(State.FAILED, {"last_error": words}, words)
    mail.attempts += 1
    return _not_sent(mail, NotSentError(words))


def _not_sent(mail: Mail, refusal: NotSentError) -> Outcome:
    words, pauses = str(refusal), settings.OUTBOX_RETRY_MINUTES
    if refusal.permanent or mail.attempts > len(pauses):
        return Outcome(State.FAILED, {"last_error": words}, words)
    return Outcome(State.QUEUED, {"due": _later(pauses[mail.attempts - 1]), "last_error": words}, words)


def _nobody_knows(mail: Mail, silence: NobodyKnowsError) -> Outcome:
    words, pauses = str(silence), settings.OUTBOX_RETRY_MINUTES
    if mail_types.get(mail.kind).security and mail.attempts <= len(pauses):
        return Outcome(State.QUEUED, {"due": _later(pauses[mail.attempts - 1]), "last_error": words}, words)
    return Outcome(State.UNKNOWN, {"message_id": message_id(mail), "last_error": words}, words)


def _later(minutes: float) -> dt.datetime:
    spread = random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - spreads, hides nothing
    return timezone.now() + dt.timedelta(minutes=minutes * spread)
