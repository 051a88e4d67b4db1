"""What became of the mails, by the mail server's record and by the outbox, and what is wrong with that."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from .mail_server import SILENCES

REFUSED = ("550-recipient", "550-dot")
OVER = {"sent", "failed", "unknown"}


@dataclass
class Heard:
    """The mail server's record: Message-IDs of accepted messages by recipient, and counts of all it did."""

    accepted: dict[str, list[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    events: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        heard = cls()
        for line in lines:
            event, recipient, message_id = line.split()
            heard.events[event] += 1
            if event == "accepted":
                heard.accepted.setdefault(recipient, []).append(message_id)
            elif event in REFUSED:
                heard.refused.add(recipient)
        return heard

    @property
    def silences(self) -> int:
        """Hangs and drops once the client might have handed over the whole message."""
        return sum(self.events[event] for event in SILENCES)


@dataclass(frozen=True)
class Row:
    """A mail in the outbox."""

    state: str
    error: str = ""


@dataclass(frozen=True)
class Blows:
    """What was done to workers and database."""

    workers: int
    kills: int = 0
    database_restarts: int = 0


def allowed_unknown(heard: Heard, blows: Blows) -> int:
    return blows.kills + blows.workers * blows.database_restarts + heard.silences


def verdict(rows: Mapping[str, Row], heard: Heard, blows: Blows) -> list[str]:
    """Everything that is wrong, one line each; empty when every promise of the outbox was kept. `rows`: by recipient."""
    wrong = [
        f"{recipient} {fault}"
        for recipient, row in sorted(rows.items())
        if (fault := _fault(row, heard.accepted.get(recipient, []), recipient in heard.refused))
    ]
    wrong += [f"{recipient} was never asked for" for recipient in sorted(heard.accepted.keys() - rows.keys())]
    unknown, most = sum(row.state == "unknown" for row in rows.values()), allowed_unknown(heard, blows)
    if unknown > most:
        wrong.append(f"{unknown} are unknown, at most {most} may be")
    return wrong


def _fault(row: Row, accepted: list[str], refused: bool) -> str:
    """What is wrong with one mail, if anything."""
    if row.state not in OVER:
        return f"is still {row.state}"
    if len(set(accepted)) > 1:
        return "got several Message-IDs"
    if len(accepted) > 1:
        return f"was accepted {len(accepted)} times"
    if row.state == "sent" and not accepted:
        return "is missing: sent, though never accepted"
    if row.state == "failed" and accepted:
        return f"is failed, though accepted: {row.error}"
    if row.state == "failed" and not refused:
        return f"is missing: failed, though never refused for good: {row.error}"
    return ""
