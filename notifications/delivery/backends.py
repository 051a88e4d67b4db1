"""Where mails go: to a mail server, or into files as long as no mail server is named."""

import contextlib
import os
import re
import secrets
import smtplib
import time
from collections.abc import Callable, Sequence
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

FINAL_DOT: Final = b".\r\n"
PLAIN: Final = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
YES: Final = ({250}, {250, 251}, {354})  # to MAIL, RCPT, DATA
CLOSING: Final = 421  # the server's word before it hangs up


class _Watched(smtplib.SMTP):
    """Hands over one message to one reader, and remembers whether its final dot has gone out."""

    handed_over = False

    def hand_over(self, sender: str, reader: str, content: bytes, begin: Callable[[], None]) -> None:
        """Sender and reader as `_path` writes them.

        `begin` is called once the server knows of the message, and before it gets any of it: what is written down then costs
        little time, since the server is at work meanwhile. With PIPELINING (RFC 2920) it gets the whole envelope at once.
        """
        self.handed_over = False
        self.ehlo_or_helo_if_needed()
        size = f" SIZE={len(content)}" if self.has_extn("size") else ""
        words = [f"MAIL FROM:{sender}{size}", f"RCPT TO:{reader}", "DATA"]
        answers: list[tuple[int, bytes]] = []
        for group in [words] if self.has_extn("pipelining") else [[word] for word in words]:
            self._say(group)
            if not answers:
                self._begin(begin)
            answers += self._answers(len(group))
            self._stop_at_a_no(answers, sender, reader)
        self.send(_transparent(content))
        self.handed_over = True
        answer = self.getreply()
        if answer[0] != 250:
            self._go_on_after(answer[0])
            raise smtplib.SMTPDataError(*answer)

    def _say(self, words: list[str]) -> None:
        if any("\r" in word or "\n" in word for word in words):
            raise ValueError("An address is one line.")
        self.send("".join(f"{word}\r\n" for word in words))

    def _begin(self, begin: Callable[[], None]) -> None:
        try:
            begin()
        except BaseException:
            self.close()  # answers are still to come: nobody else can use this line
            raise

    def _answers(self, number: int) -> list[tuple[int, bytes]]:
        """A server that hangs up after a no has said what matters."""
        answers: list[tuple[int, bytes]] = []
        try:
            while len(answers) < number:
                answers.append(self.getreply())
        except smtplib.SMTPServerDisconnected:
            if all(200 <= code < 400 for code, _words in answers):
                raise
        return answers

    def _stop_at_a_no(self, answers: list[tuple[int, bytes]], sender: str, reader: str) -> None:
        refused = [place for place, (code, _words) in enumerate(answers) if code not in YES[place]]
        if not refused:
            return
        code, said = answers[refused[0]]
        # 354 to a DATA that came with a refused reader: the server waits for a message that nobody has.
        self._go_on_after(CLOSING if answers[-1][0] == 354 else code)
        if refused[0] == 0:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        if refused[0] == 1:
            raise smtplib.SMTPRecipientsRefused({reader: (code, said)})
        raise smtplib.SMTPDataError(code, said)

    def _go_on_after(self, code: int) -> None:
        """A server that has said no may still hold the sender: without a reset it would refuse the next message."""
        if code == CLOSING:
            self.close()
            return
        with contextlib.suppress(smtplib.SMTPServerDisconnected):
            self.rset()


class _WatchedSSL(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class Smtp(EmailBackend):
    """Django's, with connections that can tell how far a message got."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedSSL if self.use_ssl else _Watched

    def hand_over(self, message: EmailMessage, begin: Callable[[], None]) -> None:
        """One message to one reader; `begin` is called before the server gets it."""
        [reader] = message.to
        written: Any = message.message()
        line: Any = self.connection
        line.hand_over(_path(message.from_email), _path(reader), written.as_bytes(linesep="\r\n"), begin)

    @property
    def handed_over(self) -> bool:
        """Whether the message of the last failure was with the server whole."""
        return bool(getattr(self.connection, "handed_over", False))

    @property
    def hung_up(self) -> bool:
        """Whether there was a line and it is closed, by the server or by us."""
        return self.connection is not None and self.connection.sock is None


def _transparent(content: bytes) -> bytes:
    """A message as it is sent: a dot before each line that begins with one (RFC 5321, 4.5.2), and the final dot."""
    doubled = content.replace(b"\r\n.", b"\r\n..")
    start = b"." if content.startswith(b".") else b""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return start + doubled + end + FINAL_DOT


@lru_cache(maxsize=100)
def _path(address: str) -> str:
    """An address as the server is told it: <in brackets>, without a name, its domain in ASCII. ValueError for what is none."""
    if PLAIN.fullmatch(address):  # to read one by the grammar takes as long as to send a mail
        return f"<{address}>"
    return smtplib.quoteaddr(sanitize_address(address, settings.DEFAULT_CHARSET))


class EmlFiles(BaseEmailBackend):
    """One file for each mail, named after its Message-ID, which any mail program opens. Nothing leaves the machine."""

    handed_over = False  # a file is put in its place as the last step

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: EmailMessage) -> None:
        content = message.message()
        path = eml_path(content["Message-ID"] or f"<other-{time.time_ns()}>")
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        # A mail holds codes and addresses: for the one who started the portal only.
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.as_bytes())
        unfinished.replace(path)


def eml_path(message_id: str) -> Path:
    """The file of a mail."""
    local = parseaddr(message_id)[1].partition("@")[0] or message_id.strip("<>").partition("@")[0]
    return Path(settings.EMAIL_FILE_PATH) / f"{re.sub(r'[^A-Za-z0-9-]', '-', local)}.eml"
