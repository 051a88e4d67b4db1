"""A mail server in a process of its own that misbehaves at random, and writes down what it has accepted before it says so.

    python -m tests.notifications.harness.mail_server PORT RECORD SEED [--hang SECONDS] [--spool FILE]

Without `--hang` it is well behaved. With `--spool` it keeps each message on the disk before it says 250, as a mail server must
(RFC 5321, 6.1); the benchmark asks for that. What befalls a message is decided by seed, recipient and number of the attempt, so
that the order in which workers come does not matter.
"""

import argparse
import asyncio
import os
import signal
from collections import Counter
from email.parser import BytesHeaderParser
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.smtp import SMTP

# Shares of all attempts. `accepted-...`: the server has taken the message, and its client never hears of it.
FATES = {
    "450-recipient": 0.02,
    "550-recipient": 0.01,
    "421-recipient": 0.005,
    "drop-recipient": 0.005,
    "450-data": 0.005,
    "drop-data": 0.005,
    "drop-body": 0.0005,
    "450-dot": 0.005,
    "550-dot": 0.005,
    "hang-dot": 0.0005,
    "accepted-hang-dot": 0.0005,
    "drop-dot": 0.0005,
    "accepted-drop-dot": 0.0005,
}
SILENCES = ("drop-body", "hang-dot", "accepted-hang-dot", "drop-dot", "accepted-drop-dot")
AT_GREETING, AT_SENDER = 0.02, 0.003  # 421 instead of a greeting; the line dropped at MAIL


class Record:
    """One line for each event, in a file that outlives the server: what, recipient, Message-ID."""

    def __init__(self, path: Path, seed: str, spool: Path | None = None) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._spool = os.open(spool, os.O_WRONLY | os.O_CREAT, 0o600) if spool else None
        self.seed = seed
        self._attempts: Counter[str] = Counter()

    def write(self, event: str, recipient: str = "-", message_id: str = "-") -> None:
        os.write(self._file, f"{event} {recipient} {message_id}\n".encode())

    def keep(self, content: bytes) -> None:
        """The message on the disk; always at the same place, as nobody reads it."""
        if self._spool is not None:
            os.pwrite(self._spool, content, 0)
            os.fdatasync(self._spool)

    def chance(self, what: str) -> float:
        self._attempts[what] += 1
        return Random(f"{self.seed}/{what}/{self._attempts[what]}").random()

    def fate(self, recipient: str) -> str:
        number = self.chance(recipient)
        for fate, share in FATES.items():
            number -= share
            if number < 0:
                return fate
        return ""


class MailServer(SMTP):
    """One conversation."""

    def __init__(self, record: Record, hang: float) -> None:
        super().__init__(self, hostname="mail.example", timeout=3600)
        self._record, self._hang, self._fate = record, hang, ""

    def _drop(self) -> None:
        self.transport.close()

    async def _handle_client(self) -> None:
        if self._hang and self._record.chance("greeting") < AT_GREETING:
            self._record.write("421-greeting")
            await self.push("421 too busy")
            self._drop()
        else:
            await super()._handle_client()

    async def smtp_MAIL(self, arg: str | None) -> None:
        if self._hang and self._record.chance("sender") < AT_SENDER:
            self._record.write("drop-sender")
            self._drop()
        else:
            await super().smtp_MAIL(arg)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, answers: list[str]) -> list[str]:
        """Commands may come together (RFC 2920), as real servers have it; aiosmtpd reads a line at a time anyway."""
        session.host_name = name
        return [*answers[:-1], "250-PIPELINING", answers[-1]]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self._fate = self._record.fate(address) if self._hang else ""
        if self._fate:
            self._record.write(self._fate, address)
        if self._fate == "drop-recipient":
            self._drop()
        elif self._fate == "421-recipient":
            asyncio.get_running_loop().call_later(0.05, self._drop)
        code, _at, place = self._fate.partition("-")
        if place == "recipient":
            return f"{code} said at RCPT"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def smtp_DATA(self, arg: str | None) -> None:
        if self._fate == "drop-data":
            self._drop()
        elif self._fate == "450-data":
            await self.push("450 said at DATA")
        elif self._fate == "drop-body":
            await self.push("354 go on")
            self._drop()
        else:
            await super().smtp_DATA(arg)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        fate, self._fate = self._fate, ""
        if fate in {"450-dot", "550-dot"}:
            return f"{fate[:3]} said after the dot"
        if not fate or fate.startswith("accepted-"):
            header = BytesHeaderParser().parsebytes(envelope.content.partition(b"\r\n\r\n")[0])
            self._record.keep(envelope.content)
            self._record.write("accepted", envelope.rcpt_tos[0], header["Message-ID"])
        if "hang" in fate:
            await asyncio.sleep(self._hang)
        if fate:
            self._drop()
        return "250 OK"


async def serve(port: int, record: Record, hang: float) -> None:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    server = await loop.create_server(lambda: MailServer(record, hang), "127.0.0.1", port)
    await ended.wait()
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("record", type=Path)
    parser.add_argument("seed")
    parser.add_argument("--hang", type=float, default=0)
    parser.add_argument("--spool", type=Path)
    asked = parser.parse_args()
    asyncio.run(serve(asked.port, Record(asked.record, asked.seed, asked.spool), asked.hang))
