"""Asks the database on a connection of its own, with an end, whatever state the server is in."""

import select
import time
from typing import Any, Final

import psycopg2
from django.db import connection

SECONDS: Final = 1.5


class NoAnswerError(Exception):
    """The database did not answer in time, or with an error."""


def ask(*questions: str, seconds: float = SECONDS) -> list[list[tuple[Any, ...]]]:
    """The rows of each question. Never waits longer than `seconds`, also for a server that was stopped."""
    until = time.monotonic() + seconds
    given = connection.get_connection_params()
    wanted = {name: value for name, value in given.items() if name not in {"cursor_factory", "context", "async_"}}
    asked = None
    try:
        asked = psycopg2.connect(**wanted, async_=1)
        _await(asked, until)
        cursor = asked.cursor()
        answers = []
        for question in questions:
            cursor.execute(question)
            _await(asked, until)
            answers.append(cursor.fetchall())
    except psycopg2.Error as error:
        raise NoAnswerError(str(error).strip().splitlines()[0] if str(error).strip() else "no answer") from None
    else:
        return answers
    finally:
        if asked is not None:
            asked.close()


def _await(asked: Any, until: float) -> None:
    while (state := asked.poll()) != psycopg2.extensions.POLL_OK:
        left = until - time.monotonic()
        reads = [asked.fileno()] if state == psycopg2.extensions.POLL_READ else []
        writes = [asked.fileno()] if state == psycopg2.extensions.POLL_WRITE else []
        if left <= 0 or not any(select.select(reads, writes, [], left)):
            raise NoAnswerError("no answer in time")
