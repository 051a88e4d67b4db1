"""What the texts stand on: a database of their own, a clock that stands still, and chance that always falls alike.

Imported before anything of Django: it decides the environment.
"""

import contextlib
import hashlib
import os
import random
import shutil
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import time_machine

# The embedded servers have moved since release 0.1.
_HOUSE = "embedded" if find_spec("embedded") else ".".join(["eabrn_portal", "embedded"])
PROJECT: Path = import_module(f"{_HOUSE}.places").PROJECT
Places: Any = import_module(f"{_HOUSE}.places").Places
Postgres: Any = import_module(f"{_HOUSE}.postgres").Postgres

BEGUN = "2026-11-09T09:30:00+00:00"  # a Monday: the first data is loaded, the samples are made
LOOKED_AT = "2026-11-30T09:30:00+00:00"  # a Monday three weeks later, when everything is read
OURS = ("EABRN_", "OUTBOX_", "ACCOUNT_")
NAMED = (
    "SITE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "MEDIA_ROOT", "PRIVATE_ROOT", "PORT", "HOST", "DATABASE_URL", "REDIS_URL",
    "TRUSTED_PROXY_COUNT", "DEFAULT_FROM_EMAIL", "RETENTION_DAYS", "SOCIAL_PROVIDERS", "PAGE_CACHE_SECONDS",
)  # fmt: skip


def same_hashes() -> None:
    """Sets of words come in the same order in each run: Python is started again where it was not said so."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        module = sys.modules["__main__"].__spec__
        assert module is not None
        os.environ["PYTHONHASHSEED"] = "0"
        name = module.name.removesuffix(".__main__")
        os.execv(sys.executable, [sys.executable, "-m", name, *sys.argv[1:]])


class Chance:
    """Random bytes that are the same in each run. They begin anew with each act, so that none depends on what others drew."""

    def __init__(self) -> None:
        self.act, self.drawn = "page texts", 0

    def begin(self, act: str) -> None:
        self.act, self.drawn = act, 0

    def __call__(self, size: int) -> bytes:
        made = b""
        while len(made) < size:
            self.drawn += 1
            made += hashlib.sha256(f"{self.act} {self.drawn}".encode()).digest()
        return made[:size]


class Clock:
    """The moment at which the portal believes to be. It moves only when told."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._travel = time_machine.travel(BEGUN, tick=False)

    def __enter__(self) -> "Clock":
        self._at = self._travel.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._travel.stop()

    def to(self, moment: str) -> None:
        self._at.move_to(moment)

    def on(self, seconds: float) -> None:
        self._at.shift(seconds)


@contextlib.contextmanager
def database() -> Iterator[Postgres]:
    """An embedded server in a folder that goes afterwards; the environment points the portal there."""
    for name in [name for name in os.environ if name in NAMED or name.startswith(OURS)]:
        del os.environ[name]
    place = Path(tempfile.mkdtemp(prefix="page-texts-"))
    (place / "static").mkdir()
    places = Places(place)
    places.make()
    server = Postgres(places, durable=False).start()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings",
        "EABRN_TESTING": "1",
        "EABRN_VAR": str(place),
        "DATABASE_URL": server.url(),
        "PYTHONTZPATH": "",
    }
    zoneinfo.reset_tzpath(())
    os.chdir(PROJECT)
    try:
        yield server
    finally:
        server.destroy()
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def standing_still() -> Iterator[Clock]:
    """Neither time nor chance moves by itself."""
    chance, urandom = Chance(), os.urandom
    os.urandom = random._urandom = chance
    random.seed(12)
    try:
        with Clock(chance) as clock:
            yield clock
    finally:
        os.urandom = random._urandom = urandom
