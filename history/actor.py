"""Who acts, told to the database for the length of one transaction, so that nothing leaks to the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

# Names one request in the logs, the history, the answer's header and the tasks it asked for; empty outside of requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")
NAMES = ("eabrn.actor", "eabrn.reason", "eabrn.request")


def _set(values: tuple[str, str, str]) -> None:
    with connection.cursor() as cursor:
        parts = ", ".join("set_config(%s, %s, true)" for _name in NAMES)
        cursor.execute(f"SELECT {parts}", [part for pair in zip(NAMES, values, strict=True) for part in pair])


def _current() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join("coalesce(current_setting(%s, true), '')" for _name in NAMES), NAMES)
        actor, reason, request = cursor.fetchone()
    return actor, reason, request


@contextmanager
def acting(actor_id: int | None, *, reason: str = "", request: str = "") -> Iterator[None]:
    """One transaction in which every change of a tracked table is this user's, for this reason. May be nested."""
    with transaction.atomic():
        outer = _current()
        _set((str(actor_id or ""), reason, request))
        yield
        if not connection.needs_rollback:  # a rollback undoes the setting with the rest
            _set(outer)


def set_reason(reason: str) -> None:
    """Says why, within the transaction of `acting`: a form asks for it after the request has begun."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('eabrn.reason', %s, true)", [reason])
