"""A portal of its own for benchmarks of the whole, and what its programs take of the machine."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.stack.portal import Portal

TICK = os.sysconf("SC_CLK_TCK")
MIB = 1024


@contextlib.contextmanager
def portal(**environ: str) -> Iterator[Portal]:
    """It runs, and is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="eabrn-bench-"))
    folder.chmod(0o755)
    found = Portal(folder / "var", TRUSTED_PROXY_COUNT="1", **environ)
    try:
        yield found.start().ready()
        found.stop()
    finally:
        if found.is_running:
            found.kill(found.processes())
        found.wipe()
        shutil.rmtree(folder, ignore_errors=True)


def machine() -> str:
    """Where figures come from: they hold for no other place."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%d %B %Y %H:%M} UTC"


def percentile(found: list[float], share: float) -> float:
    ordered = sorted(found)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Programs:
    """The processes of a running portal by program, and what each has taken of the processors."""

    MARKS = {"web": b"eabrn_portal.web_server", "worker": b"worker", "beat": b"beat", "postgres": b"listen_addresses="}

    def __init__(self, running: Portal) -> None:
        self.portal = running

    def _main(self) -> dict[str, int]:
        sockets = {name: f"{self.portal.var}/{name}.sock".encode() for name in ("redis", "cache")}
        return {name: self.portal.child(mark) for name, mark in {**self.MARKS, **sockets}.items()}

    def pids(self) -> dict[str, list[int]]:
        return {name: [pid, *self.portal.below(pid)] for name, pid in self._main().items()}

    def seconds(self) -> dict[str, float]:
        """Of the processors, so far; those of processes that have ended count for the program they belonged to."""
        return {name: sum(_spent(pid) for pid in pids) + _ended(pids[0]) for name, pids in self.pids().items()}

    def megabytes(self) -> dict[str, float]:
        """Memory, with what several processes share counted once."""
        return {name: sum(_share(pid) for pid in pids) / MIB for name, pids in self.pids().items()}


def _spent(pid: int) -> float:
    """The kernel counts it to the nanosecond for each thread."""
    with contextlib.suppress(OSError):
        return (
            sum(int((task / "schedstat").read_text().split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()) / 1e9
        )
    return 0.0


def _ended(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[13:15])) / TICK
    return 0.0


def _share(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


def pause(until: float) -> None:
    time.sleep(max(0.0, until - time.monotonic()))
