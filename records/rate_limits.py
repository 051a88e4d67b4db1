"""How often something may be done: an allowance for each key and span of time, counted in the database.

Limits live in a table of their own and not in Redis: sign-in and forms go on while Redis is away, and nobody gets an
unlimited number of tries by taking it down. Without the database nothing is answered anyway.
"""

import datetime as dt
import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from .models import Limit

FOREVER: Final = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
_SPEND: Final = """
    INSERT INTO records_limit (name, value, expires) VALUES (%s, '1', %s)
    ON CONFLICT (name) DO UPDATE SET value = to_jsonb(records_limit.value::int + 1) RETURNING value::int
"""
# What has run out is as good as gone: it gives way.
_ADD: Final = """
    INSERT INTO records_limit (name, value, expires) VALUES (%s, %s, %s)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, expires = excluded.expires WHERE records_limit.expires < %s
"""


def spend(what: str, key: str, *, most: int, seconds: int) -> bool:
    """Takes one from the allowance of a key; False when it is used up. Keys are hashed: they may be addresses."""
    span = int(time.time() // seconds)
    hashed = hashlib.sha256(f"{what}/{key}".encode()).hexdigest()[:32]
    ends = dt.datetime.fromtimestamp((span + 1) * seconds, dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [f"spent:{hashed}:{span}", ends])
        return bool(cursor.fetchone()[0] <= most)


class Limits(BaseCache):
    """The same table in the shape of a cache, for allauth, which counts sign-ins and used codes in one."""

    def __init__(self, location: str, params: Mapping[str, Any]) -> None:
        super().__init__(dict(params))

    def add(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [self._name(key, version), json.dumps(value), self._ends(timeout), timezone.now()])
            return bool(cursor.rowcount)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = Limit.objects.filter(name=self._name(key, version), expires__gt=timezone.now()).first()
        return default if found is None else found.value

    def set(self, key: str, value: object, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        given = {"value": value, "expires": self._ends(timeout)}
        Limit.objects.update_or_create(name=self._name(key, version), defaults=given)

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(Limit.objects.filter(name=self._name(key, version)).delete()[0])

    def clear(self) -> None:
        Limit.objects.all().delete()

    def _name(self, key: str, version: int | None) -> str:
        """Keys hold addresses of people and hosts: hashed, like those of the allowances."""
        return "kept:" + hashlib.sha256(self.make_key(key, version).encode()).hexdigest()

    def _ends(self, timeout: Any) -> dt.datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if seconds is None else timezone.now() + dt.timedelta(seconds=seconds)
