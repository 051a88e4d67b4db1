"""Handing a message to the mail server, and saying what is known when that fails.

A message is the server's from the moment its final dot has been handed over. A failure before it means: not sent. Silence
after it means that nobody knows.
"""

import contextlib
import smtplib
from collections.abc import Callable, Iterator
from typing import Any

from django.core.mail import EmailMessage, get_connection


class NotSentError(Exception):
    """The message is not with the server. `permanent`: nor will it ever be. `server_down`: no other message will be either.

    `of_sender`: it was our own address that the server would not have, which says nothing about the reader's.
    """

    def __init__(
        self, reason: str, *, permanent: bool = False, server_down: bool = False, of_sender: bool = False
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.server_down = server_down
        self.of_sender = of_sender


class NobodyKnowsError(Exception):
    """The server fell silent with the whole message in its hands."""


class Transport:
    """One connection for the many messages of a pass; opened when the first is sent, and anew after a failure.

    `begin` is called for each message before the server gets it. What it raises ends the message there.
    """

    begin: Callable[[], None]

    def __init__(self) -> None:
        self._connection: Any = get_connection()

    def send(self, message: EmailMessage) -> None:
        """Returns when the server has taken the message. Raises NotSentError or NobodyKnowsError."""
        self._open()
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            raise NotSentError(_words_of(refused), permanent=all(code >= 500 for code in codes)) from refused
        except smtplib.SMTPResponseException as refused:
            of_sender = isinstance(refused, smtplib.SMTPSenderRefused)
            permanent = refused.smtp_code >= 500
            raise NotSentError(_words_of(refused), permanent=permanent, of_sender=of_sender) from refused
        except ValueError as wrong:  # an address or a header that no server is asked about
            raise NotSentError(_words_of(wrong), permanent=True) from wrong
        except (smtplib.SMTPException, OSError) as broken:
            handed_over = getattr(self._connection, "handed_over", True)  # a backend that cannot tell: perhaps
            self.close()
            if handed_over:
                raise NobodyKnowsError(_words_of(broken)) from broken
            raise NotSentError(_words_of(broken)) from broken

    def _hand_over(self, message: EmailMessage) -> None:
        if hasattr(self._connection, "hand_over"):
            self._connection.hand_over(message, self.begin)
        else:
            self.begin()
            self._connection.send_messages([message])

    def _open(self) -> None:
        """A refusal leaves the line as it was, unless the server has hung up with it."""
        if getattr(self._connection, "hung_up", False):
            self.close()
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotSentError(_words_of(error), server_down=True) from error

    def close(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._connection.close()


@contextlib.contextmanager
def transport() -> Iterator[Transport]:
    line = Transport()
    try:
        yield line
    finally:
        line.close()


def _words_of(error: Exception) -> str:
    """What staff read: the server's own words where there are any."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {words.decode(errors='replace')}" for code, words in error.recipients.values())
        return said or str(error)
    return f"{type(error).__name__}: {error}"
