"""What a work tells while it is done: how far it is, what is wrong, what came of it; and whether somebody wants it stopped.

The counts must be seen before the transaction of the work ends, or nobody sees them before all is over. They are written
once a second by a thread with a connection of its own, which also keeps the lease and reads whether to stop: a row costs
nothing, and neither a snapshot nor a long statement hides what happens outside.
"""

import datetime as dt
import logging
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, Any, Final, Self, TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import DatabaseError, connection, transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from history.actor import acting

from ..models import LongWork

logger = logging.getLogger(__name__)
EVERY: Final = 1.0  # seconds between two reports
PATIENCE: Final = "600000"  # milliseconds
MOST_REMARKS: Final = 200  # kept in the row; all are counted
FOLDER: Final = "long-work"
_NAMED: Final = re.compile(r'filename="?([^";]+)')
One = TypeVar("One")


class StoppedError(BaseException):
    """Somebody wants the work stopped. It ends the transaction that is open, and whatever catches errors lets it pass."""


class LostError(BaseException):
    """This worker was taken for dead, and another one has the work."""


def lease() -> dt.datetime:
    """Until when a worker that lives is believed to, unless it says so again."""
    return timezone.now() + dt.timedelta(seconds=settings.LONG_WORK_LEASE_SECONDS)


def _take_time() -> None:
    """Long work waits longer for a row than a page does, and between two statements it may be busy with thousands of rows.
    Until the end of the transaction alone."""
    with connection.cursor() as cursor:
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute("SELECT set_config(%s, %s, true)", [limit, PATIENCE])


@dataclass
class Doing:
    """One attempt at a work, as the function that does it sees it."""

    work: LongWork
    total: int = 0
    done: int = 0
    left_out: int = 0
    remarks: list[dict[str, object]] = field(default_factory=list)
    outcome: str = ""
    ways: list[tuple[str, str]] = field(default_factory=list)
    file: str = ""
    file_name: str = ""
    stop_asked: bool = False
    is_lost: bool = False
    _beat: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def facts(self) -> dict[str, Any]:
        """What is to be done, as it was asked for."""
        known: dict[str, Any] = self.work.facts
        return known

    @cached_property
    def officer(self) -> Any:
        """Whoever asked for it, while they may still work in the admin: else the work does not exist for them."""
        return get_user_model()._default_manager.get(pk=self.work.officer_id, is_active=True, is_staff=True)

    # How far it is ----------------------------------------------------------------------------------------------------
    def expects(self, total: int) -> None:
        self.total, self.done = total, 0

    def passed(self, number: int = 1) -> None:
        """Some more are done. StoppedError when somebody wants it stopped: called between rows, never within one."""
        self.done += number
        self.heed()

    def heed(self) -> None:
        """Stops where somebody wants it."""
        self._beat()
        if self.is_lost:
            raise LostError
        if self.stop_asked:
            raise StoppedError

    def says(self, words: str) -> None:
        """What is done just now, where no number tells it; what came of it, at the end."""
        self.outcome = str(words)

    def counted(self, rows: Iterable[One]) -> Iterator[One]:
        """The same rows; each is counted once the next one is asked for."""
        for row in rows:
            yield row
            self.passed()

    # What is wrong ----------------------------------------------------------------------------------------------------
    def remark(self, why: str, *, name: str = "", row: int = 0, column: str = "", value: str = "") -> None:
        """Something to look at: it is done all the same."""
        if len(self.remarks) < MOST_REMARKS:
            self.remarks.append({"row": row, "name": name, "column": column, "value": value, "why": str(why)})

    def leave_out(self, why: str, *, name: str = "", row: int = 0, column: str = "", value: str = "") -> None:
        """One that is not taken, and why."""
        self.left_out += 1
        self.remark(why, name=name, row=row, column=column, value=value)

    # What came of it --------------------------------------------------------------------------------------------------
    def leads_to(self, label: str, address: str) -> None:
        self.ways.append((str(label), address))

    def keep(self, name: str, content: bytes | IO[bytes]) -> None:
        """The file that was made: for whoever may see the work, until it is swept away."""
        made: File[bytes] = ContentFile(content) if isinstance(content, bytes) else File(content)
        self.file, self.file_name = storages["private"].save(f"{FOLDER}/{secrets.token_hex(16)}", made), name[:250]

    def keep_answer(self, answer: HttpResponseBase) -> None:
        """The same of a download as a page gives it."""
        if answer.status_code != HTTPStatus.OK:
            raise ValidationError(_("The file could not be made just now. Please try again in a moment."))
        name = _NAMED.search(answer.headers.get("Content-Disposition", ""))
        named = name[1] if name else "file"
        if (
            isinstance(answer, FileResponse) and answer.file_to_stream
        ):  # its file, not its close(): that ends a request, of which there is none
            with answer.file_to_stream as file:
                self.keep(named, file)
        elif isinstance(answer, HttpResponse):
            self.keep(named, answer.content)

    @contextmanager
    def writing(self, reason: str = "") -> Iterator[None]:
        """One transaction in the officer's name: all of it, or nothing where the work is stopped."""
        with acting(self.work.officer_id, reason=reason, request=f"long-work-{self.work.pk}"):
            _take_time()
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One moment of all records, for a file that is made of them."""
        is_first = not connection.in_atomic_block
        with transaction.atomic():
            if is_first:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            _take_time()
            yield

    # The row ----------------------------------------------------------------------------------------------------------
    def report(self) -> None:
        """Writes how far it is, keeps the lease, and hears whether to stop."""
        own = LongWork.objects.filter(pk=self.work.pk, state=LongWork.State.RUNS, attempt=self.work.attempt)
        told = own.update(
            total=self.total, done=self.done, left_out=self.left_out, remarks=self.remarks, outcome=self.outcome,
            lease_until=lease(),
        )  # fmt: skip
        self.is_lost = not told
        self.stop_asked = own.exclude(stop_asked_at=None).exists()

    def ended(self, state: str, outcome: str = "") -> bool:
        """False: another worker has it."""
        own = LongWork.objects.filter(pk=self.work.pk, state=LongWork.State.RUNS, attempt=self.work.attempt)
        return bool(
            own.update(
                state=state, total=self.total, done=self.done, left_out=self.left_out, remarks=self.remarks,
                outcome=outcome or self.outcome, ways=self.ways, file=self.file, file_name=self.file_name,
                ended_at=timezone.now(), lease_until=None,
            )
        )  # fmt: skip


class Reporter:
    """Reports once a second while a work is done.

    Within somebody else's transaction (Celery that runs eagerly, in tests) no other connection would see the row: there the
    work reports itself, row by row.
    """

    def __init__(self, doing: Doing) -> None:
        self.doing, self._over = doing, threading.Event()
        self._thread = threading.Thread(target=self._run, name="reports on long work", daemon=True)

    def __enter__(self) -> Self:
        if connection.in_atomic_block:
            self.doing._beat = self.doing.report
        else:
            self._thread.start()
        return self

    def __exit__(self, *failed: object) -> None:
        self._over.set()
        self.doing._beat = lambda: None
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(EVERY):
                try:
                    self.doing.report()
                except DatabaseError:
                    logger.warning("How far long work is could not be written", exc_info=True)
                    connection.close()
        finally:
            connection.close()
