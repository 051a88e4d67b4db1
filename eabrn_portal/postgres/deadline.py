"""An end to waiting for a database server that has stopped without a word.

The kernel of a stopped server goes on acknowledging what we send, so neither the limits that the server keeps nor those of
TCP end the wait. Only our own clock does: libpq is asked not to block, and we wait for it with a deadline.
"""

import select
import time
from typing import Any

import psycopg2
import psycopg2.extensions


def install(seconds: float) -> None:
    """For this process: no query lasts longer. COPY cannot be used any more, and a query costs some 60 microseconds more."""

    def wait(connection: Any) -> None:
        until = time.monotonic() + seconds
        while True:
            state = connection.poll()
            if state == psycopg2.extensions.POLL_OK:
                return
            left = until - time.monotonic()
            reads = [connection.fileno()] if state == psycopg2.extensions.POLL_READ else []
            writes = [connection.fileno()] if state == psycopg2.extensions.POLL_WRITE else []
            if left <= 0 or not any(select.select(reads, writes, [], left)):
                connection.close()
                raise psycopg2.OperationalError(f"The database has not answered within {seconds:.0f} s")

    psycopg2.extensions.set_wait_callback(wait)
