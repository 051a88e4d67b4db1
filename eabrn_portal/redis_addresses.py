"""One address of a Redis server, read once, in the forms that the cache and Celery want.

Celery would speak TLS without looking at the certificate unless it is told, so both are told always.
"""

from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES: Final = ("redis", "rediss", "unix", "sentinel")
TLS_KEYS: Final = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
SENTINEL_KEYS: Final = ("sentinel_password",)
CACHE_NUMBER: Final = 2


def _wrong(name: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{name}: {why}. It is redis://host:port/number, rediss://user:password@host:port?ssl_ca_certs=FILE, unix:///path, "
        "or sentinel://:password@host:port,host:port/master"
    )


@dataclass(frozen=True)
class RedisAddress:
    """A server, or those who know which server is the master at the moment."""

    scheme: str
    user: str
    password: str
    hosts: tuple[str, ...]  # host:port
    path: str  # of a socket; of a sentinel the name of the master
    number: int | None
    query: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, url: str, name: str = "REDIS_URL") -> "RedisAddress":
        """Raises ImproperlyConfigured for what would be dropped without a word."""
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in SCHEMES:
            raise _wrong(name, f"“{scheme}” is none of {', '.join(SCHEMES)}")
        parts = urlsplit(f"//{rest}")
        query = dict(parse_qsl(parts.query))
        allowed = {"rediss": TLS_KEYS, "sentinel": SENTINEL_KEYS}.get(scheme, ())
        if scheme == "unix":
            allowed = ("db",)
        if unknown := set(query) - set(allowed):
            raise _wrong(name, f"“{', '.join(sorted(unknown))}” is not known here")
        credentials, _at, hosts = parts.netloc.rpartition("@")
        user, _colon, password = credentials.partition(":")
        path = parts.path
        if scheme == "unix":
            return cls(scheme, user, password, (), path, int(query["db"]) if "db" in query else None, {})
        place = path.strip("/")
        if scheme == "sentinel":
            if not place or "/" in place:
                raise _wrong(name, "the name of the master is missing")
            return cls(scheme, user, password, tuple(hosts.split(",")), place, None, query)
        if place and not place.isdecimal():
            raise _wrong(name, f"“{place}” is not the number of a database")
        return cls(scheme, user, password, (hosts,), "", int(place) if place else None, query)

    def at(self, number: int) -> int:
        """The database to use: the one that the address names, else this."""
        return number if self.number is None else self.number

    def _credentials(self) -> str:
        return f"{self.user}:{self.password}@" if self.password or self.user else ""

    def client_url(self, number: int) -> str:
        """As redis-py reads it. Not for a sentinel."""
        number = self.at(number)
        if self.scheme == "unix":
            return f"unix://{self._credentials()}{self.path}?db={number}"
        query = urlencode({**self.query, "ssl_cert_reqs": "required"}) if self.scheme == "rediss" else ""
        return f"{self.scheme}://{self._credentials()}{self.hosts[0]}/{number}" + (f"?{query}" if query else "")

    def broker_url(self, number: int) -> str:
        """As Celery reads it."""
        number = self.at(number)
        if self.scheme == "unix":
            return f"redis+socket://{self._credentials()}{quote(self.path)}?virtual_host={number}"
        if self.scheme == "sentinel":
            return ";".join(f"sentinel://{self._credentials()}{host}/{number}" for host in self.hosts)
        query = urlencode({**self.query, "ssl_cert_reqs": "CERT_REQUIRED"}) if self.scheme == "rediss" else ""
        return f"{self.scheme}://{self._credentials()}{self.hosts[0]}/{number}" + (f"?{query}" if query else "")

    def broker_options(self) -> dict[str, Any]:
        """For `CELERY_BROKER_TRANSPORT_OPTIONS`."""
        if self.scheme != "sentinel":
            return {}
        return {"master_name": self.path, "sentinel_kwargs": {"password": self.query.get("sentinel_password")}}

    def cache(self, number: int, *, prefix: str) -> dict[str, Any]:
        """For `CACHES`. A server that hangs is taken for one that is down."""
        patience = {"socket_connect_timeout": 1, "socket_timeout": 1}
        if self.scheme != "sentinel":
            return {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": self.client_url(number),
                "KEY_PREFIX": prefix,
                "OPTIONS": patience,
            }
        return {
            "BACKEND": "eabrn_portal.sentinel.SentinelCache",
            "LOCATION": self.path,
            "KEY_PREFIX": prefix,
            "OPTIONS": {
                **patience,
                "sentinels": [(host, int(port or 26379)) for host, _c, port in (h.partition(":") for h in self.hosts)],
                "sentinel_password": self.query.get("sentinel_password"),
                "password": self.password or None,
                "db": self.at(number),
            },
        }
