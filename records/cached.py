"""The one cache within public pages: what is dear to make of the records, under the number of their latest change.

A key holds all that a value was made from (the number, the release that runs, the language and that of the addresses, and what the caller names), so
that nothing has to be cleared: whatever writes to the database, form or raw SQL, what is read afterwards asks for another
key. What is cached is made without the request and is the same for everybody who asks with the same key. While another
transaction writes nothing is stored. A cache that is down costs time and breaks no page.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from redis.exceptions import RedisError

from .language_of_address import waiting_language
from .release_key import release_key

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
Key = TypeVar("Key")
AN_HOUR: Final = 3600
WEEK: Final = 7 * 24 * 3600  # for what is small and dear


_afresh: ContextVar[bool] = ContextVar("made_afresh", default=False)


@contextmanager
def made_afresh() -> Iterator[None]:
    """Within it nothing is taken from the cache or put there: for a look at what is not saved yet."""
    before = _afresh.set(True)
    try:
        yield
    finally:
        _afresh.reset(before)


class Version(Protocol):
    """The state of the records, asked for before any of them is read (`history.versions`)."""

    @property
    def number(self) -> int: ...

    @property
    def settled(self) -> bool: ...


@dataclass(frozen=True)
class _Stored:
    """`until`: when the clock alone makes it untrue."""

    value: Any
    until: dt.datetime | None


def cached(
    name: str,
    version: Version,
    make: Callable[[], Made],
    *made_from: object,
    until: Callable[[Made], dt.datetime | None] = lambda made: None,
    seconds: int = AN_HOUR,
) -> Made:
    """The value stored under this name, version and parts, else the one made now. `until` says of a value made now when
    the clock alone will make it untrue."""

    def make_it(keys: Collection[None]) -> dict[None, Made]:
        return {None: make()}

    return cached_many(name, version, [None], make_it, *made_from, until=until, seconds=seconds)[None]


def cached_many(
    name: str,
    version: Version,
    keys: Collection[Key],
    make: Callable[[Collection[Key]], Mapping[Key, Made]],
    *made_from: object,
    until: Callable[[Made], dt.datetime | None] = lambda made: None,
    seconds: int = AN_HOUR,
) -> dict[Key, Made]:
    """The values of some keys, fetched at once; `make` is asked for those that are missing, and may leave some out."""
    if settings.DEBUG or _afresh.get():  # a developer gets what was written just now
        return dict(make(keys))
    addresses = {_address(name, version, key, *made_from): key for key in keys}
    stored = _fetch(name, addresses)
    found = {key: stored[address].value for address, key in addresses.items() if address in stored}
    missing = [key for key in keys if key not in found]
    made = dict(make(missing)) if missing else {}
    if made and version.settled:
        values = {address: _Stored(made[key], until(made[key])) for address, key in addresses.items() if key in made}
        _store(name, values, seconds)
    found |= made
    return {key: found[key] for key in keys if key in found}


@dataclass(frozen=True)
class Fragment:
    """A part of a page. `until`: when the clock alone makes it untrue."""

    html: SafeString
    until: dt.datetime | None = None


def drawn(template: str, context: Mapping[str, object]) -> SafeString:
    """A template drawn without the request: no name, no token, nothing of who reads can be in it."""
    return mark_safe(get_template(template).render(dict(context)))


def _address(name: str, version: Version, *made_from: object) -> str:
    parts = (release_key(), settings.SITE_URL, get_language(), waiting_language(), version.number, *made_from)
    return f"made:{name}:{hashlib.sha256(repr(parts).encode()).hexdigest()[:40]}"


def _fetch(name: str, addresses: Collection[str]) -> dict[str, _Stored]:
    try:
        found: dict[str, _Stored] = cache.get_many(addresses)
    except (RedisError, OSError) as error:
        logger.warning("Nothing cached of %s: %s", name, error)
        return {}
    now = timezone.now()
    return {address: one for address, one in found.items() if one.until is None or now < one.until}


def _store(name: str, values: dict[str, _Stored], seconds: int) -> None:
    try:
        cache.set_many(values, timeout=seconds)
    except (RedisError, OSError) as error:
        logger.warning("Nothing cached of %s: %s", name, error)
