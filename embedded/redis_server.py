"""The embedded Redis servers, on private sockets: one for the queue, one for the cache, which has a bound and forgets what
was not asked for longest. Neither holds what the database does not know."""

import os
import shutil
import socket
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from . import binaries
from .children import Child
from .errors import Refused
from .places import Places, socket_fits

CACHE_BYTES = 64 * 1024 * 1024
BOUNDED = {"appendonly": "no", "maxmemory": str(CACHE_BYTES), "maxmemory-policy": "allkeys-lru"}


class Redis:
    """`name` is `redis` for the queue, `cache` for the cache."""

    def __init__(self, places: Places, *, tags: Mapping[str, str], name: str = "redis") -> None:
        self.places = places
        self.data = places.var / name
        self.socket = places.var / f"{name}.sock"
        if not socket_fits(self.socket):
            self.socket = places.shelter() / f"{name}.sock"
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "loglevel": "warning",
            "set-proc-title": "no",  # it would write over the environment by which leftovers are known
            **(BOUNDED if name == "cache" else {}),
        }
        self.child = Child(
            name,
            [binaries.redis_program(), *(part for name, value in options.items() for part in (f"--{name}", value))],
            log=places.logs / f"{name}.log",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **tags},
            cwd=places.var,
            grace=10,
            before=self.prepare,
        )

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)

    def set_aside(self) -> Path:
        """Data that this Redis cannot read (an older program, a torn disk) must not keep the portal from starting."""
        aside = self.data.with_name(f"{self.data.name}.unreadable-{datetime.now(UTC):%Y%m%dT%H%M%S}")
        shutil.move(self.data, aside)
        return aside

    def ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self, seconds: float = 20) -> "Redis":
        """Start and wait, for callers that have nothing else to do meanwhile (tests, tools)."""
        self.child.start()
        until = time.monotonic() + seconds
        while not self.ready():
            if not self.child.running or time.monotonic() > until:
                raise Refused(f"The embedded Redis did not start:\n{self.child.last_words()}")
            time.sleep(0.02)
        return self
