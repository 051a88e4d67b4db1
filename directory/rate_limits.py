"""How often something may be done: an allowance for each key and span of time, counted in the cache."""

import hashlib
import time

from django.core.cache import cache


def spend(what: str, key: str, *, most: int, seconds: int) -> bool:
    """Takes one from the allowance of a key; False when it is used up. Keys are hashed: they may be addresses."""
    span = int(time.time() // seconds)
    hashed = hashlib.sha256(key.encode()).hexdigest()[:32]
    name = f"rate:{what}:{hashed}:{span}"
    cache.add(name, 0, timeout=2 * seconds)
    return cache.incr(name) <= most
