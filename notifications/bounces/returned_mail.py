"""Returned mails and complaints as other mail servers send them back, for a portal that has a mail server of its own.

A delivery status notification (RFC 3464) or an abuse report (RFC 5965) arrives as a mail, which anybody can forge. It counts
only if it holds the Message-ID of a mail of ours, whose mark nobody but its reader has seen, and only against that mail's own
address: where the reader had it forwarded to, we do not write.
"""

import datetime as dt
import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

from django.utils import timezone

from ..models import Bounce, Mail
from . import scoring
from .diagnosis import kind_of_refusal

Kind = Bounce.Kind

STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})  # RFC 6533 of the latter
MOST_TEXT: Final = 200_000  # characters in which a Message-ID is looked for where no returned headers are
# Feedback-Type (RFC 5965, RFC 6430): what else there is (fraud, virus, auth-failure) says nothing about the reader's will.
COMPLAINTS: Final = {"abuse": Kind.COMPLAINT, "opt-out": Kind.DECLINED, "opt-out-list": Kind.DECLINED, "not-spam": None}
_CODE: Final = re.compile(r"^\s*[245]\.0\.0\s*$")


@dataclass(frozen=True)
class Returned:
    """What a report says: of which mail, what became of it, in whose words."""

    mail: Mail
    kind: Kind
    words: str


def take(raw: bytes) -> Bounce | None:
    """Reads one mail and keeps what it reports. None if it reports nothing of ours, or nothing new."""
    message = email.message_from_bytes(raw)
    found = read(message)
    if found is None:
        return None
    named = str(message.get("Message-ID") or hashlib.sha256(raw).hexdigest())
    mark = hashlib.sha256(f"{found.mail.pk}/{named}".encode()).hexdigest()[:40]
    return scoring.report(
        email=found.mail.email, kind=found.kind, at=_moment(message), words=found.words, event_id=f"returned-{mark}",
        mail=found.mail,
    )  # fmt: skip


def read(message: Message) -> Returned | None:
    """What a mail reports of a mail of ours. Delays, deliveries and answers of absent readers are no report."""
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            return _complaint(message, part)
        if part.get_content_type() in STATUS_PARTS:
            return _status(message, part)
    return _without_parts(message)


def _complaint(message: Message, part: Message) -> Returned | None:
    fields = next(_blocks(part), None)
    mail = _original(message)
    kind = COMPLAINTS.get(_field(fields, "Feedback-Type").lower(), Kind.POLICY) if fields else None
    if mail is None or fields is None or kind is None:
        return None
    return Returned(mail, kind, f"{_field(fields, 'Feedback-Type')} {_field(fields, 'User-Agent')}".strip())


def _status(message: Message, part: Message) -> Returned | None:
    failed = [block for block in _blocks(part) if _bare(_field(block, "Action")).lower() == "failed"]
    mail = _original(message) if failed else None
    if mail is None:
        return None
    ours = [block for block in failed if mail.email.lower() in (_address(block, "Original-Recipient"), _address(block))]
    block = (ours or failed)[0]
    status, said = _field(block, "Status"), _plain(_field(block, "Diagnostic-Code"))
    words = said or _in_prose(message, _address(block))
    if not _CODE.match(status) and status not in words:
        words = f"{status} {words}"
    return Returned(mail, kind_of_refusal(words), words.strip())


def _without_parts(message: Message) -> Returned | None:
    """What Exim sends when it is told to be brief, and did for decades: prose, and the address in a header of its own."""
    address = str(message.get("X-Failed-Recipients", "")).split(",")[0].strip()
    mail = _original(message) if address else None
    if mail is None:
        return None
    words = _in_prose(message, address)
    return Returned(mail, kind_of_refusal(words), words)


def _original(message: Message) -> Mail | None:
    """Our mail, by its headers where they came back, else by its name anywhere in the report."""
    for part in message.walk():
        if part is not message and part.get("Message-ID"):
            mail = scoring.mail_named(str(part["Message-ID"]))
            if mail is not None:
                return mail
    texts = (_text(part) for part in message.walk() if part.get_content_maintype() == "text" or _is_coded(part))
    return next((mail for text in texts if (mail := scoring.mail_named_in(text[:MOST_TEXT]))), None)


def _blocks(part: Message) -> Iterator[Message]:
    """Fields in blocks, as they stand in these parts: about the message first, then about each recipient."""
    if _is_coded(part):
        yield from map(email.message_from_string, _in_blocks(_text(part)))
        return
    payload = part.get_payload()
    blocks = [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
    yield from blocks  # as far as Python parses them: of a part whose name it does not know, the first
    rest = blocks[0].get_payload() if blocks else payload
    if isinstance(rest, str):
        yield from map(email.message_from_string, _in_blocks(rest))


def _in_blocks(text: str) -> list[str]:
    return [block for block in re.split(r"(?:\r?\n){2,}", text.strip()) if block.strip()]


def _is_coded(part: Message) -> bool:
    """Whether a part that holds a message is written in base64 or in quoted-printable, as RFC 6533 lets it: then Python has
    taken the code itself for the message."""
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    return part.get_content_maintype() == "message" and coding in {"base64", "quoted-printable"}


def _field(block: Message, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())


def _address(block: Message, name: str = "Final-Recipient") -> str:
    """`rfc822; reader@example.org`, without the type and in small letters."""
    return _bare(_field(block, name)).rpartition(";")[2].strip().strip("<>").lower()


def _bare(field: str) -> str:
    """A field without what its writer remarks in brackets: `failed (no such mailbox)`."""
    return re.sub(r"\s*\([^()]*\)", "", field).strip()


def _plain(diagnostic: str) -> str:
    """`smtp; 550 5.1.1 ...`, without the type."""
    kind, sign, rest = diagnostic.partition(";")
    return rest.strip() if sign and " " not in kind.strip() else diagnostic


def _in_prose(message: Message, address: str) -> str:
    """The lines that a server writes for people below an address."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and address:
            _before, found, after = _text(part).partition(f"\n  {address}\n")
            if found:
                lines = after.split("\n\n", 1)[0].splitlines()
                return " ".join(line.strip() for line in lines)
    return ""


def _text(part: Message) -> str:
    held = part.get_payload()
    if isinstance(held, list):  # a coded message that was taken for a message
        bare = Message()
        bare["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", ""))
        bare.set_payload("\n\n".join(one.as_string().lstrip("\n") for one in held if isinstance(one, Message)))
        part = bare
    payload = part.get_payload(decode=True)
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(part.get_payload())
    return text.replace("\r\n", "\n")


def _moment(message: Message) -> dt.datetime:
    """When the report was written, as far as its date can be read."""
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
    except (ValueError, TypeError, OverflowError):
        return timezone.now()
    return at if timezone.is_aware(at) else at.replace(tzinfo=dt.UTC)
