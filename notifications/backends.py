"""Where mails go: to a mail server, or into files as long as no mail server is named."""

import contextlib
import os
import re
import secrets
import smtplib
import time
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

FINAL_DOT = b"\r\n.\r\n"


class _Watched(smtplib.SMTP):
    """Remembers whether the last message's final dot has been handed over."""

    handed_over = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> Any:
        self.handed_over = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> Any:
        """A server that says no to the word DATA still holds the sender: without a reset it would refuse the next message."""
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            with contextlib.suppress(smtplib.SMTPServerDisconnected):
                self.rset()
            raise

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes) and s.endswith(FINAL_DOT):
            self.handed_over = True


class _WatchedSSL(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class Smtp(EmailBackend):
    """Django's, with connections that can tell how far a message got."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedSSL if self.use_ssl else _Watched

    @property
    def handed_over(self) -> bool:
        """Whether the message of the last failure was with the server whole."""
        return bool(getattr(self.connection, "handed_over", False))


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
