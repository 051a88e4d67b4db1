"""The table of presses: who came first does it. Each of these is one statement that waits for nobody."""

import datetime as dt
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from ..models import Press
from .pressing import Pressed

# How long an answer is kept; and how long an act may take until whoever presses again does it anew, if nobody can tell
# whether the process that began it is still there.
KEPT: Final = dt.timedelta(minutes=15)
LEASE: Final = dt.timedelta(minutes=5)
# What was pressed before on the same page is over with the next act: who publishes, takes back and publishes again from a
# page that the browser has kept means all three.
_CLAIM: Final = """
    WITH former AS (DELETE FROM eabrn_portal_press WHERE page = %(page)s AND key <> %(key)s AND sealed <> '')
    INSERT INTO eabrn_portal_press AS first (key, page, holder, browsers, sealed, until)
    VALUES (%(key)s, %(page)s, %(holder)s, %(browsers)s, '', %(until)s)
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, browsers = excluded.browsers, sealed = '', until = excluded.until
    WHERE first.until < %(now)s OR first.holder = %(dead)s
    RETURNING key
"""


@dataclass(frozen=True)
class Standing:
    """How an act stands that somebody has begun."""

    holder: str
    browsers: tuple[str, ...]
    sealed: str


def claim(pressed: Pressed, *, instead_of: str = "") -> str:
    """The name under which the caller does it; empty when somebody else does or did. `instead_of`: of a process that died."""
    now, holder = timezone.now(), f"{_process()}:{secrets.token_hex(8)}"
    given: dict[str, str | list[str] | dt.datetime] = {
        "key": pressed.key, "page": pressed.page, "holder": holder, "browsers": [pressed.browser], "until": now + LEASE,
        "now": now, "dead": instead_of,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, given)
        return holder if cursor.fetchone() else ""


def standing(key: str) -> Standing | None:
    """None when it was never begun, failed, or is long over."""
    found = Press.objects.filter(key=key, until__gte=timezone.now()).values_list("holder", "browsers", "sealed").first()
    return Standing(found[0], tuple(found[1]), found[2]) if found else None


def done(pressed: Pressed, holder: str, sealed: str, browsers: set[str]) -> None:
    known = sorted({pressed.browser, *browsers})
    own = Press.objects.filter(key=pressed.key, holder=holder)
    own.update(sealed=sealed, browsers=known, until=timezone.now() + KEPT)


def give_up(pressed: Pressed, holder: str) -> None:
    """It failed, or left no trace: who presses again does it."""
    Press.objects.filter(key=pressed.key, holder=holder).delete()


def has_died(holder: str) -> bool:
    """Whether the process is known to be gone: one of this machine. Of other machines only the time tells."""
    host, process, since = holder.split(":")[:3]
    return host == socket.gethostname() and _began(int(process)) not in {since, ""}


def sweep() -> int:
    return Press.objects.filter(until__lt=timezone.now()).delete()[0]


def _process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{_began(os.getpid())}"


def _began(process: int) -> str:
    """When a process of this machine began, as its kernel counts; `gone` for none, empty where the kernel does not tell."""
    if not Path("/proc/self/stat").exists():
        return ""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return "gone"
    return told.rpartition(")")[2].split()[19]
