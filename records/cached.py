"""What is dear to make, kept in the cache under a key that holds all it was made from.

Such a key needs no one to clear it: whatever writes to the database, form or raw SQL, what is read afterwards asks for
another key. What is no longer asked for goes by itself, after a week or sooner.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar, cast

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
AN_HOUR: Final = 3600  # for what is large, and made anew with every change of the data
WEEK: Final = 7 * 24 * 3600


def cached(
    name: str,
    made_from: Iterable[Any],
    make: Callable[[], Made],
    *,
    may_store: bool = True,
    seconds: int = WEEK,
    is_true: Callable[[Made], bool] = lambda made: True,
) -> Made:
    """The value kept under this name and these parts, else the one made now. `make` never gives None. `is_true` tells of a
    kept value whether the clock has overtaken it.

    A cache that is down breaks no page: the value is then made each time.
    """
    parts = hashlib.sha256(repr(tuple(made_from)).encode()).hexdigest()[:40]
    key = f"kept:{name}:{parts}"
    try:
        found = cache.get(key)
    except (RedisError, OSError) as error:
        logger.warning("Nothing kept of %s: %s", name, error)
        return make()
    if found is not None and is_true(found):
        return cast(Made, found)
    value = make()
    if may_store:
        _store(name, key, value, seconds)
    return value


def _store(name: str, key: str, value: Any, seconds: int) -> None:
    try:
        cache.set(key, value, timeout=seconds)
    except (RedisError, OSError) as error:
        logger.warning("Nothing kept of %s: %s", name, error)
