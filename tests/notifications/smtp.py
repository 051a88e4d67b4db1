"""A real mail server on this machine that can be told how to misbehave."""

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.ports import free_port


@dataclass
class Taken:
    """A message the server accepted."""

    to: list[str]
    message: EmailMessage


@dataclass
class Handler:
    """Takes everything, unless told what to answer at MAIL, at RCPT, at the word DATA or after the message."""

    at_sender: str = "250 OK"
    at_recipient: str = "250 OK"
    at_data: str = ""
    after_data: str = "250 OK"
    together: bool = False  # commands may come together (RFC 2920)
    forgetful: bool = False  # goes on to DATA although it has refused the reader
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.connections += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.together else responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_sender.startswith("2"):
            envelope.mail_from = address
        return self.at_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_recipient.startswith("2") or self.forgetful:
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.after_data.startswith("2"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.taken.append(Taken(list(envelope.rcpt_tos), message))  # type: ignore[arg-type]
        return self.after_data


class _Conversation(SMTP):
    async def smtp_DATA(self, arg: str | None) -> None:
        if self.event_handler.at_data:
            await self.push(self.event_handler.at_data)
        else:
            await super().smtp_DATA(arg)


class Server(Controller):
    """The handler behind a free port of this machine."""

    def __init__(self, handler: Handler) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=free_port())

    def factory(self) -> SMTP:
        return _Conversation(self.handler)


class Dropping(socketserver.ThreadingTCPServer):
    """Hangs up when it hears a certain word: a line that begins with it, or the final dot ("."). Counts whole messages."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, word: bytes) -> None:
        self.word, self.whole_messages = word, 0
        super().__init__(("127.0.0.1", 0), _DroppingHandler)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _DroppingHandler(socketserver.StreamRequestHandler):
    server: Dropping

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        in_message = False
        for line in self.rfile:
            if in_message and line != b".\r\n":
                continue
            if line == b".\r\n":
                self.server.whole_messages += 1
                in_message = False
            if line.upper().startswith(self.server.word):
                return
            in_message = line.upper().startswith(b"DATA")
            self.wfile.write(b"354 go on\r\n" if in_message else b"250 OK\r\n")
