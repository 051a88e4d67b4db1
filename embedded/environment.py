"""The environment variables of `make run`: what a person may give, and what every program of the portal is given."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .errors import Refused
from .places import PROJECT, Places
from .processes import SUPERVISOR, identity

WEB_THREADS = 8  # of each process of the web server; each holds one connection to the database
# Decided here and never taken over from outside: they loosen what production must keep.
DECIDED_HERE = ("EABRN_EMBEDDED", "EABRN_LOCAL", "EABRN_TESTING")


def _number(environ: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= highest:
        raise Refused(f"{name}={text} is not a number from 1 to {highest}.")
    return int(text)


@dataclass(frozen=True)
class RunSettings:
    """What the person at the terminal asked for."""

    var: Path
    host: str
    port: int
    web_workers: int
    task_workers: int
    site_url: str
    database_url: str
    redis_url: str
    email_url: str
    environ: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "RunSettings":
        host = environ.get("HOST", "").strip() or "127.0.0.1"
        run_settings = cls(
            var=Path(environ.get("EABRN_VAR", "") or PROJECT / "var").resolve(),
            host="127.0.0.1" if host == "localhost" else host,
            port=_number(environ, "PORT", 8000, 65535),
            web_workers=_number(environ, "EABRN_WEB_WORKERS", 2, 64),
            task_workers=_number(environ, "EABRN_TASK_WORKERS", 2, 64),
            site_url=environ.get("SITE_URL", "").strip().rstrip("/"),
            database_url=environ.get("DATABASE_URL", "").strip(),
            redis_url=environ.get("REDIS_URL", "").strip(),
            email_url=environ.get("EMAIL_URL", "").strip(),
            environ=dict(environ),
        )
        if not run_settings.local and not environ.get("SECRET_KEY", "").strip():
            raise Refused(
                "SITE_URL is set, so this is a public portal, but SECRET_KEY is not. Give it a long random value that stays the same."
            )
        if run_settings.site_url.startswith("https://") and environ.get("TRUSTED_PROXY_COUNT", "").strip() in {"", "0"}:
            raise Refused(
                "SITE_URL begins with https, which a proxy in front has to speak: set TRUSTED_PROXY_COUNT=1 (the number of "
                "proxies). Without it every page would lead to itself."
            )
        return run_settings

    @property
    def connections(self) -> int:
        """How many connections to the database all processes together hold at most: the worker's own beside its children's,
        beat's, one of each kind for its signs of life, and the one in which long work says how far it is."""
        return self.web_workers * WEB_THREADS + self.task_workers + 5

    @property
    def local(self) -> bool:
        """Without a public address the portal serves this machine only, over plain http."""
        return not self.site_url

    @property
    def address(self) -> str:
        return self.site_url or f"http://localhost:{self.port}"

    @property
    def host_header(self) -> str:
        """The Host header for our own question whether the web server is up."""
        allowed = [name.strip() for name in self.environ.get("ALLOWED_HOSTS", "").split(",")]
        named = [name for name in allowed if name and not name.startswith(("*", "."))]
        return named[0] if named else urlsplit(self.address).netloc

    @staticmethod
    def tags(places: Places) -> dict[str, str]:
        """By these a later start knows the programs of this one."""
        return {"EABRN_VAR": str(places.var), SUPERVISOR: identity(os.getpid())}

    def for_children(
        self, places: Places, *, database_url: str, redis_url: str, cache_redis_url: str = ""
    ) -> dict[str, str]:
        """The whole environment of the web server, the worker, beat and the commands."""
        env = {name: value for name, value in self.environ.items() if name not in DECIDED_HERE}
        env |= self.tags(places)
        env |= {
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "CACHE_REDIS_URL": cache_redis_url or redis_url,
            "DJANGO_SETTINGS_MODULE": "eabrn_portal.settings",
            "PYTHONTZPATH": "",  # the time zones of our own lock file, not those of an old machine
            "PYTHONUTF8": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT), self.environ.get("PYTHONPATH", "")])),
        }
        if not self.database_url:
            env["EABRN_EMBEDDED"] = "1"
        if self.local:
            env["EABRN_LOCAL"] = "1"
            env.pop("SITE_URL", None)  # an empty one would count as given
            if not env.get("SECRET_KEY"):
                env["SECRET_KEY"] = places.secret_key()
        return env


def python(*arguments: str) -> list[str]:
    """This interpreter: the scripts of a virtual environment name a path that is wrong once the project has moved."""
    return [sys.executable, *arguments]
