"""Whether every part of the portal is ready: asked by monitors and load balancers at `/readyz`, answered within two seconds."""

import datetime as dt
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import Any, Final

import redis
from celery import current_app as app
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from kombu.exceptions import OperationalError

from .database import NoAnswerError, ask

KEPT_SECONDS: Final = 2  # an answer is given again within these, so that many monitors cost no more than one
PART_SECONDS: Final = 1.5
SILENCE_SECONDS: Final = 60  # after which a worker or beat is taken for dead
STARTING_SECONDS: Final = 90  # in which they need not have shown themselves yet
LATE_SECONDS: Final = 900  # a mail that is due so long means that nothing is sent
LEAST_FREE: Final = 200 * 1024 * 1024  # bytes of disk

Part = dict[str, Any]
began = time.monotonic()


class NotReadyError(Exception):
    """Said of one part, with what is wrong."""


SIGNS: Final = "SELECT process, extract(epoch FROM now() - at)::float FROM eabrn_portal_signoflife"
HELD: Final = "SELECT why FROM notifications_outboxhold"
OUTBOX: Final = (
    "SELECT count(*) FILTER (WHERE due <= now()), coalesce(extract(epoch FROM now() - min(due)), 0)::float "
    "FROM notifications_mail WHERE state = 'queued'"
)
APPLIED: Final = "SELECT app, name FROM django_migrations"


def _database() -> Part:
    started = time.monotonic()
    ask("SELECT 1")
    return {"milliseconds": round((time.monotonic() - started) * 1000)}


def _tables() -> Part:
    """The code and the tables are of one release."""
    [applied] = ask(APPLIED)
    missing = _known_migrations() - set(applied)
    if missing:
        raise NotReadyError(f"code and tables differ: {len(missing)} migrations are missing; run `manage.py upgrade`")
    return {"migrations": len(applied)}


def _sign(process: str) -> Part:
    [signs] = ask(SIGNS)
    age = dict(signs).get(process)
    if age is None or age > SILENCE_SECONDS:
        if time.monotonic() - began < STARTING_SECONDS:
            return {"starting": True}
        raise NotReadyError("has never been seen" if age is None else f"was last seen {age:.0f} s ago")
    return {"seconds_ago": round(age)}


def _outbox() -> Part:
    [[(due, oldest)], held] = ask(OUTBOX, HELD)
    if held:
        return {"due": due, "held": held[0][0]}
    if oldest > LATE_SECONDS:
        raise NotReadyError(f"{due} mails are due, the oldest for {oldest:.0f} s")
    return {"due": due, "oldest_due_seconds": max(0, round(oldest))}


def _cache() -> Part:
    """Through Django's cache, which knows sentinels and certificates."""
    caches["default"].get("readiness")
    return {}


def _broker() -> Part:
    """Through Celery's connection, with the number of tasks that wait."""
    with app.connection_for_read() as asked:
        asked.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        waiting = asked.default_channel.client.llen(f"{settings.REDIS_PREFIX}:{app.conf.task_default_queue}")
    return {"waiting": waiting}


def _disk() -> Part:
    free = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR).free
    if free < LEAST_FREE:
        raise NotReadyError(f"only {free // 1024 // 1024} MB are free")
    return {"free_bytes": free}


PARTS: Final[dict[str, Callable[[], Part]]] = {
    "database": _database,
    "tables": _tables,
    "cache": _cache,
    "broker": _broker,
    "worker": lambda: _sign("worker"),
    "beat": lambda: _sign("beat"),
    "outbox": _outbox,
    "disk": _disk,
}

_lock = threading.Lock()
_kept: tuple[float, dict[str, Part]] | None = None
_migrations: set[tuple[str, str]] | None = None


def _known_migrations() -> set[tuple[str, str]]:
    global _migrations
    if _migrations is None:
        _migrations = set(MigrationLoader(None).disk_migrations)
    return _migrations


def parts() -> dict[str, Part]:
    """Each part with `ok`, what was measured, and what is wrong. At most two seconds old."""
    global _kept
    with _lock:
        if _kept and time.monotonic() - _kept[0] < KEPT_SECONDS:
            return _kept[1]
        pool = ThreadPoolExecutor(max_workers=len(PARTS), thread_name_prefix="readiness")
        asked = {name: pool.submit(_told, part) for name, part in PARTS.items()}
        wait_for(asked.values(), timeout=PART_SECONDS + 0.2)
        pool.shutdown(wait=False, cancel_futures=True)
        found = {name: _result(future) for name, future in asked.items()}
        _kept = (time.monotonic(), found)
        return found


def _told(part: Callable[[], Part]) -> Part:
    try:
        return {"ok": True, **part()}
    except (NotReadyError, NoAnswerError) as error:
        return {"ok": False, "problem": str(error)}
    except (redis.RedisError, OperationalError, OSError) as error:
        return {"ok": False, "problem": type(error).__name__}
    finally:
        connection.close()


def _result(future: Future[Part]) -> Part:
    return future.result() if future.done() else {"ok": False, "problem": "no answer in time"}


def now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
