"""Django's Redis cache where several servers stand and sentinels say which of them is the master."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.sentinel import Sentinel


class SentinelClient(RedisCacheClient):
    """Asks the sentinels anew whenever a connection is made, so that a change of the master is followed."""

    def __init__(
        self, servers: list[str], sentinels: list[tuple[str, int]], sentinel_password: str | None = None, **options: Any
    ) -> None:
        super().__init__(servers)
        patience = {name: options[name] for name in ("socket_connect_timeout", "socket_timeout") if name in options}
        make: Callable[..., Any] = Sentinel
        asked = make(sentinels, sentinel_kwargs={"password": sentinel_password, **patience}, **options)
        self.master: Redis = asked.master_for(servers[0])

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        return self.master


class SentinelCache(RedisCache):
    """`LOCATION` is the name of the master."""

    _servers: list[str]
    _options: dict[str, Any]

    @cached_property
    def _cache(self) -> SentinelClient:
        return SentinelClient(self._servers, **self._options)
