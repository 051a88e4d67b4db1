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
# So long after an act the same from another page is asked about: a page that the browser may not keep is fetched anew by its
# "back", with the fields still filled in.
LATELY: Final = dt.timedelta(minutes=5)
ASKED: Final = "asked:"
# What was pressed before on the same page is over with the next act: who publishes, takes back and publishes again from a
# page that the browser has kept means all three.
_CLAIM: Final = """
    WITH former AS (DELETE FROM eabrn_portal_press WHERE page = %(page)s AND key <> %(key)s AND sealed <> '')
    INSERT INTO eabrn_portal_press AS first (key, page, act, holder, browsers, sealed, led_on, until)
    VALUES (%(key)s, %(page)s, %(act)s, %(holder)s, %(browsers)s, '', false, %(until)s)
    ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, browsers = excluded.browsers, sealed = '', until = excluded.until
    WHERE first.until < %(now)s OR first.holder = %(dead)s OR (%(meant)s AND first.sealed LIKE %(asked)s)
    RETURNING key, (
        SELECT other.key FROM eabrn_portal_press AS other
        WHERE other.act = %(act)s AND other.key <> %(key)s AND other.led_on AND other.until > %(lately)s
        AND other.browsers && %(browsers)s::varchar[] AND NOT %(meant)s LIMIT 1
    )
"""


@dataclass(frozen=True)
class Standing:
    """How an act stands that somebody has begun."""

    holder: str
    browsers: tuple[str, ...]
    sealed: str

    @property
    def asked_about(self) -> str:
        """The key of what was done before, where somebody is asked whether they mean it again."""
        return self.sealed.removeprefix(ASKED) if self.sealed.startswith(ASKED) else ""


@dataclass(frozen=True)
class Claim:
    """`holder` is the name under which the caller does it; empty when somebody else does or did. `lately` is the key of the
    same act, done a moment ago from another page of this browser."""

    holder: str = ""
    lately: str = ""


def claim(pressed: Pressed, *, instead_of: str = "") -> Claim:
    """`instead_of`: of a process that died."""
    now, holder = timezone.now(), f"{_process()}:{secrets.token_hex(8)}"
    given: dict[str, str | bool | list[str] | dt.datetime] = {
        "key": pressed.key, "page": pressed.page, "act": pressed.act, "holder": holder, "browsers": [pressed.browser],
        "until": now + LEASE, "now": now, "dead": instead_of, "meant": pressed.meant, "asked": f"{ASKED}%", "lately": now + KEPT - LATELY,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, given)
        claimed = cursor.fetchone()
    return Claim(holder, claimed[1] or "") if claimed else Claim()


def standing(key: str) -> Standing | None:
    """None when it was never begun, failed, or is long over."""
    found = Press.objects.filter(key=key, until__gte=timezone.now()).values_list("holder", "browsers", "sealed").first()
    return Standing(found[0], tuple(found[1]), found[2]) if found else None


def done(pressed: Pressed, holder: str, sealed: str, browsers: set[str], *, led_on: bool) -> None:
    known = sorted({pressed.browser, *browsers})
    own = Press.objects.filter(key=pressed.key, holder=holder)
    own.update(sealed=sealed, browsers=known, led_on=led_on, until=timezone.now() + KEPT)


def ask(pressed: Pressed, claimed: Claim) -> None:
    """Whoever pressed is asked whether they mean it. Only a press that says so does it; any other is asked again."""
    own = Press.objects.filter(key=pressed.key, holder=claimed.holder)
    own.update(sealed=ASKED + claimed.lately, until=timezone.now() + KEPT)


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
