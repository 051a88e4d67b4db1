"""Errors leave the request that met them: the log tells all, and a thread beside it counts them for `ADMINS`.

What goes further than the log is the class of the error, the name of the page or task and the line of our code: no words of
the error, which may hold what somebody typed, no address, no setting. The thread has a connection of its own while it
writes, so that a request that is undone takes no report with it, and a database that is away holds nobody up.
"""

import logging
import threading
import time
import traceback
from collections import Counter
from types import TracebackType
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import Error, connections
from django.utils.module_loading import import_string

from notifications.fault_seen import Seen

logger = logging.getLogger(__name__)
COUNTED_BY: Final = "notifications.faults.count"
MOST: Final = 200  # kinds of error that wait at once
GATHERED: Final = 1.0  # seconds: what comes in a burst is written together
AGAIN: Final = 60.0  # seconds until a database that did not answer is asked again
# What is no fault of ours: hosts and requests that others make up.
NO_FAULTS: Final = ("django.security.", "eabrn_portal.error_reports", "notifications.faults")


class AsWarning(logging.Filter):
    """For what Django calls an error and is none, such as a request for a host that is not ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True


def seen_in(record: logging.LogRecord) -> Seen:
    """What of an entry of the log may leave it."""
    kind, trace = (record.exc_info[0], record.exc_info[2]) if record.exc_info else (None, None)
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    where = getattr(match, "view_name", "") or _task(record)
    if kind is None:
        return Seen(f"log of {record.name}", where, _short(record.pathname, record.lineno))
    return Seen(f"{kind.__module__}.{kind.__qualname__}", where, _line(trace))


def _task(record: logging.LogRecord) -> str:
    """Celery tells the name of a task beside its message."""
    data = getattr(record, "data", None)
    return str(data.get("name", "")) if isinstance(data, dict) else ""


def _line(trace: TracebackType | None) -> str:
    """The innermost line of ours, else the innermost."""
    frames = traceback.extract_tb(trace, limit=-100)
    base = f"{settings.BASE_DIR}/"
    ours = [one for one in frames if one.filename.startswith(base) and "site-packages" not in one.filename]
    if not frames:
        return ""
    last = (ours or frames)[-1]
    return _short(last.filename, last.lineno or 0)


def _short(path: str, line: int) -> str:
    within = path.removeprefix(f"{settings.BASE_DIR}/").rpartition("site-packages/")[2]
    return f"{within}:{line}"


class Reports(logging.Handler):
    """Counts what is logged as an error, and hands it to a thread. It never waits and never fails.

    Logging begins before the apps are there, so what counts is found by its name, and later.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._waiting: Counter[Seen] = Counter()
        self._thread: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS or not apps.ready or record.name.startswith(NO_FAULTS):
            return
        try:
            seen = seen_in(record)
        except Exception:
            self.handleError(record)
            return
        if seen in self._waiting or len(self._waiting) < MOST:
            self._waiting[seen] += 1
        if self._thread is None or not self._thread.is_alive():  # after a fork too
            self._thread = threading.Thread(target=self._work, name="error reports", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        """Ends when nothing is left: a process without errors has neither the thread nor its connection."""
        time.sleep(GATHERED)
        while self._waiting:
            if not self.write():
                time.sleep(AGAIN)

    def write(self) -> bool:
        """Everything that waits, into the database. False when it did not answer: nothing is lost then."""
        self.acquire()
        try:
            taken, self._waiting = self._waiting, Counter()
        finally:
            self.release()
        count = import_string(COUNTED_BY)
        try:
            while taken:
                seen, times = next(iter(taken.items()))
                count(seen=seen, times=times)
                del taken[seen]
        except Error as error:
            logger.warning("Error reports wait: %s", type(error).__name__)
        finally:
            connections.close_all()
        self.acquire()
        try:
            self._waiting.update(taken)
        finally:
            self.release()
        return not taken
