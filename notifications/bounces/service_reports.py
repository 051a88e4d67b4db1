"""What a mail service reports of our mails, in the one shape that anymail gives the reports of all services.

The mail is found by its Message-ID alone, the address that is scored is the one the report names: a report about a mail of
somebody else's leaves no trace at it, one about an address we never wrote to is only logged.
"""

import datetime as dt
import hashlib
import logging
import re
from typing import Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from ..models import Bounce, Mail
from . import scoring
from .diagnosis import kind_of_refusal, names_a_reason

logger = logging.getLogger(__name__)
Kind = Bounce.Kind

RETURNED: Final = frozenset({EventType.BOUNCED, EventType.REJECTED})
BY_EVENT: Final = {
    EventType.COMPLAINED: Kind.COMPLAINT,
    EventType.UNSUBSCRIBED: Kind.DECLINED,
    EventType.FAILED: Kind.POLICY,  # the service itself could not send it
}
# Why a service does not even try: its memory of earlier mails to the address.
BY_REASON: Final = {
    RejectReason.INVALID: Kind.HARD,
    RejectReason.BOUNCED: Kind.HARD,
    RejectReason.TIMED_OUT: Kind.SOFT,
    RejectReason.UNSUBSCRIBED: Kind.DECLINED,
}
# "Transient: MailboxFull", "SoftBounce", "soft_bounce": what a service itself calls passing counts half at most.
_PASSING: Final = re.compile(r"soft|transient|temporary|undetermined|dnserror", re.IGNORECASE)


@receiver(tracking, dispatch_uid="notifications.reports")
def take(*, event: AnymailTrackingEvent, esp_name: str, **_sender: object) -> None:
    """Keeps a report that says something about an address. Deferrals and deliveries say nothing that lasts."""
    kind = _kind(event)
    if kind is None:
        logger.debug("%s reports %s", esp_name, event.event_type)
        return
    email = str(event.recipient or "").strip()
    mail = _mail(event)
    if mail is not None and mail.email.lower() != email.lower():
        mail = None
    if mail is None and not scoring.is_ours(email):
        logger.warning("%s reports %s of a mail that is not ours", esp_name, event.event_type)
        return
    scoring.report(
        email=email, kind=kind, at=_moment(event), words=_words(event), event_id=_event_id(event, esp_name), mail=mail
    )


def _kind(event: AnymailTrackingEvent) -> Kind | None:
    if event.event_type not in RETURNED:
        return BY_EVENT.get(event.event_type)
    if event.event_type == EventType.REJECTED and event.reject_reason == RejectReason.SPAM:
        return Kind.COMPLAINT  # an earlier one, which the service has kept
    said = _words(event)
    kind = kind_of_refusal(said) if names_a_reason(said) else BY_REASON.get(event.reject_reason, Kind.POLICY)
    return Kind.SOFT if kind == Kind.HARD and _is_passing(event) else kind


def _is_passing(event: AnymailTrackingEvent) -> bool:
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    return any(_PASSING.search(str(word)) for word in (event.description, raw.get("event"), raw.get("Type")) if word)


def _words(event: AnymailTrackingEvent) -> str:
    """The receiving server's words, else the service's."""
    return str(event.mta_response or event.description or event.reject_reason or "")


def _moment(event: AnymailTrackingEvent) -> dt.datetime:
    at = event.timestamp or timezone.now()
    return at if timezone.is_aware(at) else at.replace(tzinfo=dt.UTC)


def _mail(event: AnymailTrackingEvent) -> Mail | None:
    """Most services give the Message-ID we gave; some give their own, and ours among the metadata or the headers."""
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    headers = (raw.get("mail") or {}).get("commonHeaders") or {}  # Amazon SES
    names = [event.message_id, *(event.metadata or {}).values(), headers.get("messageId"), raw.get("smtp-id")]
    return next((mail for name in names if isinstance(name, str) and (mail := scoring.mail_named(name))), None)


def _event_id(event: AnymailTrackingEvent, esp_name: str) -> str:
    """The same however often a report is delivered; another one for each address it names."""
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    data = raw.get("event-data")  # Mailgun signs each delivery anew, and anymail takes the signature for the id
    own_id = f"{data.get('id')}/{event.timestamp}" if isinstance(data, dict) else event.event_id
    named = own_id or f"{event.message_id}/{event.timestamp or raw}"
    facts = f"{event.event_type}/{str(event.recipient).lower()}/{named}"
    return f"{esp_name}-{hashlib.sha256(facts.encode()).hexdigest()[:40]}"
