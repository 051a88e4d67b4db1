"""What the kernel knows about processes: who lives, what an earlier run left behind, how children end with their parent."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

PROC = Path("/proc")
# Set in the environment of everything the supervisor starts; children of children inherit it.
SUPERVISOR = "EABRN_SUPERVISOR"
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat from the state on; empty for a process that is gone."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    return []


def alive(pid: int) -> bool:
    """A zombie is dead: where nobody reaps it, it answers `kill -0` for ever."""
    if PROC.joinpath("self").exists():
        fields = _stat(pid)
        return bool(fields) and fields[0] not in "ZX"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def identity(pid: int) -> str:
    """Names one process for ever: a number that is used again later has another start time."""
    fields = _stat(pid)
    return f"{pid}.{fields[19]}" if fields else f"{pid}.0"


def parent(pid: int) -> int:
    """0 for a process that is gone."""
    return int((_stat(pid) or ["", "0"])[1])


def command_line(pid: int) -> list[bytes]:
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    return []


def environment(pid: int) -> Mapping[str, str]:
    with contextlib.suppress(OSError):
        entries = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
        return dict(os.fsdecode(entry).partition("=")[::2] for entry in entries if b"=" in entry)
    return {}


def leftovers(var: Path, *, of_ours: bool = False) -> list[int]:
    """Processes that a supervisor of this var/ started and that outlived it: workers of a web server killed with -9, say.

    Found by what they inherited, since they may have left every process group. Those of another living supervisor are left
    alone; `of_ours` asks for those of this very process, once it has stopped everything it knows.
    """
    ourselves = identity(os.getpid())
    found = []
    for entry in PROC.glob("[0-9]*"):
        pid = int(entry.name)
        started_by = environment(pid)
        tag = started_by.get(SUPERVISOR, "")
        if not tag or started_by.get("EABRN_VAR") != str(var) or not alive(pid):
            continue
        starter = tag.partition(".")[0]
        if tag == ourselves and of_ours and pid != os.getpid():
            found.append(pid)
            continue
        if starter.isdigit() and identity(int(starter)) == tag and alive(int(starter)):
            continue
        found.append(pid)
    return found


def end(pids: Iterable[int], *, grace: float = 5.0, first: signal.Signals = signal.SIGTERM) -> None:
    """Ask processes that are not our children to stop, and kill those that have not within `grace` seconds."""
    left = list(pids)
    for sign, seconds in ((first, grace), (signal.SIGKILL, 5.0)):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        until = time.monotonic() + seconds
        while (left := [pid for pid in left if alive(pid)]) and time.monotonic() < until:
            time.sleep(0.05)
        if not left:
            return


def ends_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel sends `sign` when the supervisor dies, however it dies."""
    if sys.platform != "linux":
        return None
    supervisor = os.getpid()

    def bind() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != supervisor:  # it died before we asked
            os._exit(1)

    return bind
