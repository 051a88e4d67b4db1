"""Long work as its page shows it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from history.who import name_of, names_of
from records.template_context import Label

from ..models import LongWork
from .kinds import kind_of
from .starting import KEPT

State = LongWork.State
MOST_SHOWN: Final = 20  # remarks on the page of all; the work's own page has them all
PATIENCE: Final = dt.timedelta(seconds=10)  # how long something may wait before the page says that no worker takes it
BADGES: Final = {State.WAITS: "", State.RUNS: "reserve", State.DONE: "ok", State.UNDONE: "", State.STOPPED: "note", State.FAILED: "error"}  # fmt: skip


@dataclass(frozen=True)
class ShownWork:
    """One work beside what only the page knows: who asked, how long it still takes, what is the matter with the worker."""

    work: LongWork
    officer: str
    is_own: bool
    now: dt.datetime
    trouble: str = ""
    full: bool = False

    @property
    def is_open(self) -> bool:
        return self.work.state in LongWork.OPEN

    @property
    def tone(self) -> str:
        has_remarks = self.work.state == State.DONE and (self.work.remarks or self.work.left_out)
        return "note" if has_remarks else BADGES[State(self.work.state)]

    @property
    def words(self) -> Label:
        if self.work.state == State.RUNS and self.work.stop_asked_at:
            return _("Stops after this one")
        if self.work.state == State.DONE and self.work.left_out:
            return ngettext("Done, %(n)d left out", "Done, %(n)d left out", self.work.left_out) % {
                "n": self.work.left_out
            }
        return State(self.work.state).label

    @property
    def counted(self) -> Label:
        """Of what there is a number: made, rows read."""
        kind = kind_of(self.work.kind)
        return kind.counted if kind else _("done")

    @property
    def tenth(self) -> int:
        """What is read out: not each row, only each tenth."""
        return 10 * self.work.done // self.work.total if self.work.total else 0

    @property
    def seconds_left(self) -> int:
        """By what has been done so far; nought where nothing can be told yet."""
        work = self.work
        if work.state != State.RUNS or not work.begun_at or not 0 < work.done < work.total:
            return 0
        spent = (self.now - work.begun_at).total_seconds()
        return max(1, round(spent / work.done * (work.total - work.done)))

    @property
    def seconds_spent(self) -> int:
        work = self.work
        return max(1, round((work.ended_at - work.begun_at).total_seconds())) if work.ended_at and work.begun_at else 0

    @property
    def remarks(self) -> list[dict[str, object]]:
        return list(self.work.remarks if self.full else self.work.remarks[:MOST_SHOWN])

    @property
    def more_remarks(self) -> int:
        return max(len(self.work.remarks), self.work.left_out) - len(self.remarks)

    @property
    def has_rows(self) -> bool:
        """Whether remarks are about rows of a sheet."""
        return any(one.get("row") for one in self.work.remarks)

    @property
    def kept_until(self) -> dt.datetime | None:
        return self.work.ended_at + KEPT if self.work.ended_at else None

    @property
    def may_go_on(self) -> bool:
        return self.is_own and self.work.state in (State.STOPPED, State.FAILED) and kind_of(self.work.kind) is not None


def shown(works: Iterable[LongWork], reader_id: int, *, full: bool = False) -> Iterator[ShownWork]:
    """As a page shows them, to this reader."""
    found, now = list(works), timezone.now()
    names = names_of({one.officer_id for one in found})
    ahead = LongWork.objects.open().order_by("pk").first() if any(one.state in LongWork.OPEN for one in found) else None
    for one in found:
        yield ShownWork(
            one, name_of(one.officer_id, names), one.officer_id == reader_id, now, _trouble(one, ahead, now), full
        )


def _trouble(work: LongWork, ahead: LongWork | None, now: dt.datetime) -> str:
    """Why nothing moves, where nothing does."""
    seconds = {"n": settings.OUTBOX_POLL_SECONDS}
    if work.state == State.RUNS and work.lease_until and work.lease_until < now:
        return _("The worker is not heard of any more. Another one takes it up again within %(n)d seconds, once there is one.") % seconds  # fmt: skip
    if work.state != State.WAITS:
        return ""
    if ahead and ahead.pk != work.pk:
        return _("It begins once what was asked for before has ended.")
    if now - work.created_at > PATIENCE:
        return _("No worker has taken it up yet: the queue or the worker is not reachable. Nothing is lost; it begins within %(n)d seconds once they are back.") % seconds  # fmt: skip
    return ""
