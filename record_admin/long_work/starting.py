"""Asking for long work, and asking it to stop."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from records.worker import tell_worker

from ..models import LongWork
from .kinds import Kind
from .task import do_long_work

KEPT: Final = dt.timedelta(days=7)
State = LongWork.State


@transaction.atomic
def start(
    *,
    kind: Kind,
    title: str,
    by_id: int,
    once: str,
    facts: Mapping[str, object],
    permissions: Collection[str] = (),
) -> LongWork:
    """Asks the worker for it. The same, by `once`, that waits or runs already is handed back: a second press starts nothing.

    `permissions` are those that somebody else needs to see it, all of them; without any it is the officer's alone.
    """
    known = {"kind": kind.name, "once": once[:250]}
    for _attempt in range(3):  # the one that is there may end between two looks
        wanted = LongWork(
            **known, title=title[:250], officer_id=by_id, language=get_language() or "en", facts=dict(facts),
            permissions=list(permissions),
        )  # fmt: skip
        LongWork.objects.bulk_create([wanted], ignore_conflicts=True)
        if found := LongWork.objects.open().filter(**known).order_by("-pk").first():
            transaction.on_commit(wake, robust=True)
            return found
    raise RuntimeError(f"Long work {once} neither waits nor can be asked for.")


def wake() -> None:
    tell_worker(do_long_work)


def ask_to_stop(work: LongWork) -> bool:
    """What waits is stopped at once, what runs between two rows. False: it had ended."""
    now = timezone.now()
    waiting = LongWork.objects.filter(pk=work.pk, state=State.WAITS)
    if waiting.update(state=State.STOPPED, stop_asked_at=now, ended_at=now):
        return True
    return bool(LongWork.objects.filter(pk=work.pk, state=State.RUNS).update(stop_asked_at=now))


@transaction.atomic
def go_on(work: LongWork) -> LongWork:
    """Once more what was stopped or failed: what is done by then it finds done. The same one where it was pressed twice."""
    own = LongWork.objects.select_for_update().get(pk=work.pk)
    same = LongWork.objects.open().filter(once=own.once).first()
    if own.state not in (State.STOPPED, State.FAILED) or same:
        return same or own
    own.state, own.attempt, own.ended_at, own.stop_asked_at, own.begun_at = State.WAITS, 0, None, None, None
    own.outcome, own.remarks, own.ways, own.total, own.done, own.left_out = "", [], [], 0, 0, 0
    own.save()
    transaction.on_commit(wake, robust=True)
    return own


def mark_undone(*, once: str) -> None:
    """What the last work of this name did was taken back."""
    done = LongWork.objects.filter(once=once, state=State.DONE).order_by("-pk").values("pk")[:1]
    LongWork.objects.filter(pk__in=done).update(state=State.UNDONE)
