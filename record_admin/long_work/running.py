"""The worker's part: the work that has waited longest, one at a time, so that mails never wait behind two of them.

The rows decide what is due. A task that is lost or doubled changes nothing, and what a killed worker had in its hands is
taken up again once its lease is over: twice, then it is left stopped, and says so.
"""

import logging
import time
from typing import Final

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import LongWork
from .kinds import Kind, kind_of
from .progress import Doing, LostError, Reporter, StoppedError, lease

logger = logging.getLogger(__name__)
MOST_ATTEMPTS: Final = 3
MOST_SECONDS: Final = 600
LOCK: Final = 4_112_041  # any number that no other advisory lock of the portal uses
State = LongWork.State


def do_what_waits() -> int:
    """All that waits, one after the other; how many. Where another worker is at one, it goes on with the others itself.

    Nothing is begun late in the time that a task has: the next poll takes it up, with all of that time before it.
    """
    number, began = 0, time.monotonic()
    while time.monotonic() - began < MOST_SECONDS and (work := _taken()) is not None:
        _do(work)
        number += 1
    return number


@transaction.atomic
def _taken() -> LongWork | None:
    """The next one, with a lease; None where nothing waits, or another worker is at one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    now = timezone.now()
    running = LongWork.objects.filter(state=State.RUNS)
    if running.filter(lease_until__gt=now).exists():
        return None
    for lost in running.order_by("pk"):
        if lost.attempt >= MOST_ATTEMPTS or lost.stop_asked_at:
            _leave(lost)
        else:
            return _take(lost)
    work = LongWork.objects.filter(state=State.WAITS).order_by("pk").first()
    return _take(work) if work else None


def _take(work: LongWork) -> LongWork:
    now = timezone.now()
    work.state, work.attempt, work.lease_until = State.RUNS, work.attempt + 1, lease()
    work.begun_at = work.begun_at or now
    work.save(update_fields=["state", "attempt", "lease_until", "begun_at"])
    return work


def _leave(work: LongWork) -> None:
    """What nobody does any more: its worker was ended in the midst of it."""
    kind = kind_of(work.kind)
    with override(work.language):
        work.outcome = " ".join(filter(None, [_("The worker was ended in the midst of it."), _stays(kind)]))
    work.state, work.ended_at, work.lease_until = State.STOPPED, timezone.now(), None
    work.save(update_fields=["outcome", "state", "ended_at", "lease_until"])


def _do(work: LongWork) -> None:
    doing, kind = Doing(work), kind_of(work.kind)
    with override(work.language):
        try:
            with Reporter(doing):
                state, outcome = _outcome(doing, kind)
        except LostError:
            logger.warning("Long work %s is another worker's by now", work.pk)
            return
        doing.ended(state, outcome)


def _outcome(doing: Doing, kind: Kind | None) -> tuple[str, str]:
    """The state in which it ends, and what there is to say."""
    if kind is None:
        return State.FAILED, _("The portal does no work of this kind any more.")
    try:
        doing.heed()
        kind.do(doing)
    except StoppedError:
        return State.STOPPED, _stays(kind)
    except ValidationError as refused:
        return State.FAILED, " ".join(refused.messages)
    except (PermissionDenied, ObjectDoesNotExist):
        logger.info("Long work %s is not allowed, or about something that is gone", doing.work.pk, exc_info=True)
        return State.FAILED, _("What it is about is gone, or whoever asked for it may no longer do it.")
    except SoftTimeLimitExceeded:
        return State.FAILED, " ".join([_("It took longer than the portal lets anything take."), _stays(kind)])
    except LostError:
        raise
    except Exception:  # whatever the work of another app raises: the row must say that it ended
        logger.exception("Long work %s (%s) failed", doing.work.pk, doing.work.kind)
        return State.FAILED, " ".join([_("An error of the portal; its administrators are told."), _stays(kind)])
    return State.DONE, ""


def _stays(kind: Kind | None) -> str:
    return str(kind.stays) if kind else ""
