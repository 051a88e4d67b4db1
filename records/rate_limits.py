"""How often something may be done: an allowance for each key and span of time, counted in the cache."""

import hashlib
import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def spend(what: str, key: str, *, most: int, seconds: int) -> bool:
    """Takes one from the allowance of a key; False when it is used up. Keys are hashed: they may be addresses.

    A cache that is down refuses nobody: people who ask the secretariat matter more than programs kept out.
    """
    span = int(time.time() // seconds)
    hashed = hashlib.sha256(f"{what}/{key}".encode()).hexdigest()[:32]
    name = f"rate:{hashed}:{span}"
    try:
        cache.add(name, 0, timeout=2 * seconds)
        return cache.incr(name) <= most
    except (RedisError, ValueError) as error:  # ValueError: the count went between the two calls
        logger.warning("Not counted how often %s was asked for: %s", what, error)
        return True
