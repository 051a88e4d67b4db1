"""How the worker and beat show that they live: each writes the moment into a row of its own."""

import logging
import os
import signal
import threading
import time
from typing import Any, Final

from celery.signals import beat_init, before_task_publish, celeryd_init, worker_ready, worker_shutting_down
from django.db import DatabaseError, connection
from django.utils import timezone

logger = logging.getLogger(__name__)
EVERY_SECONDS: Final = 15
PARENT_SECONDS: Final = 3
SQL: Final = (
    "INSERT INTO eabrn_portal_signoflife (process, at) VALUES (%s, %s) "
    "ON CONFLICT (process) DO UPDATE SET at = EXCLUDED.at"
)


def show(process: str) -> None:
    """Writes that a process lives. A database that is away is no fault of this process."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(SQL, [process, timezone.now()])
    except DatabaseError as error:
        logger.warning("No sign of life of %s: %s", process, error)
    finally:
        connection.close()


class Worker(threading.Thread):
    """Beside the worker's own loop, so that long tasks do not look like death."""

    def __init__(self) -> None:
        super().__init__(name="signs of life", daemon=True)
        self.ending = threading.Event()

    def run(self) -> None:
        while not self.ending.is_set():
            show("worker")
            self.ending.wait(EVERY_SECONDS)


class Orphaned(threading.Thread):
    """Ends a worker whose supervisor has died. The kernel tells it so, once; a worker that was still starting can miss it, and
    would then wait for servers that are gone for half an hour. The supervisor may be dead already when this starts: so its
    number comes from the environment that it gave."""

    def __init__(self, supervisor: int) -> None:
        super().__init__(name="ends with the supervisor", daemon=True)
        self.supervisor = supervisor

    def run(self) -> None:
        while os.getppid() == self.supervisor:
            time.sleep(PARENT_SECONDS)
        for sign in (signal.SIGQUIT, signal.SIGQUIT, signal.SIGKILL):  # what it drops is delivered again
            os.kill(os.getpid(), sign)
            time.sleep(PARENT_SECONDS)


def watch() -> None:
    """Called once when Celery's application is made; only a real worker or beat ever hears these signals."""
    worker = Worker()
    last = 0.0

    def beat_starts(**_signal: Any) -> None:
        before_task_publish.connect(beat_publishes, weak=False)
        beat_publishes()

    def beat_publishes(**_signal: Any) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY_SECONDS:
            last = time.monotonic()
            show("beat")

    def worker_starts(**_signal: Any) -> None:
        worker.start()

    def worker_ends(**_signal: Any) -> None:
        worker.ending.set()

    def worker_is_made(**_signal: Any) -> None:
        if supervisor := os.environ.get("EABRN_SUPERVISOR"):
            Orphaned(int(supervisor.partition(".")[0])).start()

    celeryd_init.connect(worker_is_made, weak=False)
    beat_init.connect(beat_starts, weak=False)
    worker_ready.connect(worker_starts, weak=False)
    worker_shutting_down.connect(worker_ends, weak=False)
