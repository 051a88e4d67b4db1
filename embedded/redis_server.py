"""The embedded Redis: cache and broker of one portal, on a private socket. It holds nothing that the database does not know."""

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


class Redis:
    def __init__(self, places: Places, *, tags: Mapping[str, str]) -> None:
        self.places = places
        self.data = places.var / "redis"
        self.socket = places.var / "redis.sock"
        if not socket_fits(self.socket):
            self.socket = places.shelter() / "redis.sock"
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "loglevel": "warning",
            "set-proc-title": "no",  # it would write over the environment by which leftovers are known
        }
        self.child = Child(
            "redis",
            [binaries.redis_program(), *(part for name, value in options.items() for part in (f"--{name}", value))],
            log=places.logs / "redis.log",
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
        aside = self.data.with_name(f"redis.unreadable-{datetime.now(UTC):%Y%m%dT%H%M%S}")
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
