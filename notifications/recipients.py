"""Who gets a mail, as a value: the apps that know persons make it, the outbox only copies it into its row."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets a mail. `key` says who, for ever; `email` says where to, now, and is empty when nobody knows.

    Two recipients may share one address (a focal point's mailbox serves many people): they have different keys.
    """

    key: str
    email: str
    language: str = "en"
    zone: str = "UTC"


def key_of_address(email: str) -> str:
    """The key of a mailbox of whose owner nothing is known. It does not tell the address."""
    return f"address:{hashlib.sha256(email.lower().encode()).hexdigest()[:32]}"


def of_address(email: str, *, language: str = "en", zone: str = "UTC") -> Recipient:
    """A mailbox of whose owner nothing is known."""
    return Recipient(key_of_address(email), email, language, zone)
