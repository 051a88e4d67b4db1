"""One program under the supervisor's care."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from .processes import ends_with_parent

LOG_LIMIT = 10 * 1024 * 1024
LOGS_KEPT = 5


def open_log(path: Path) -> IO[bytes]:
    """Append to a log that only its owner reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600))


def rotate(path: Path) -> None:
    """At 10 MB what was written steps aside, five times. The program goes on writing to the same open file, which is emptied:
    it may be a traceback of a program that knows nothing of logs. What is written at that very moment can be lost."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size <= LOG_LIMIT:
            return
        for number in range(LOGS_KEPT - 1, 0, -1):
            with contextlib.suppress(FileNotFoundError):
                path.with_suffix(f".log.{number}").replace(path.with_suffix(f".log.{number + 1}"))
        first = path.with_suffix(".log.1")
        shutil.copyfile(path, first)
        first.chmod(0o600)
        os.truncate(path, 0)


class Child:
    """A program in a session of its own, so that Ctrl-C reaches the supervisor alone, which then stops all in order.

    Its output goes straight into a file (without `log`: to the terminal). A pipe through the supervisor would break with it, and programs hang at broken
    pipes, keeping their port.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        log: Path | None,
        env: Mapping[str, str],
        cwd: Path = Path("/"),
        uid: int | None = None,
        gid: int | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        orphan_signal: signal.Signals | None = None,
        grace: float = 15.0,
        inherits: Sequence[int] = (),
        before: Callable[[], None] | None = None,
    ) -> None:
        self.name = name
        self.argv = [str(part) for part in argv]
        self.log = log
        self.env = env
        self.cwd = cwd
        self.uid, self.gid = uid, gid
        self.stop_signal = stop_signal
        self.orphan_signal = orphan_signal or stop_signal
        self.grace = grace
        self.inherits = inherits
        self.before = before
        self.failures = 0
        self.started_at = 0.0
        self.restart_at: float | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self.before:
            self.before()
        with open_log(self.log) if self.log else contextlib.nullcontext() as log:
            self.process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                env={**self.env, "PYTHONUNBUFFERED": "1"},
                cwd=self.cwd,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                pass_fds=self.inherits,
                start_new_session=True,
                preexec_fn=ends_with_parent(self.orphan_signal),  # the supervisor has one thread only
            )
        self.started_at = time.monotonic()
        self.restart_at = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def how_it_ended(self) -> str:
        code = self.process.returncode if self.process else None
        if code is None:
            return "still running"
        return f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def signal(self, sign: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(sign)

    def sweep(self) -> None:
        """Kill what is left of the program's process group once the program itself has ended."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.process is None:
            return
        if self.running:
            self.signal(self.stop_signal)
            try:
                self.process.wait(self.grace)
            except subprocess.TimeoutExpired:
                self.signal(signal.SIGKILL)
                self.process.wait()
        self.sweep()

    def last_words(self, lines: int = 5) -> str:
        """The end of the log, for a person who has just been told that something failed."""
        if self.log is None:
            return ""
        with contextlib.suppress(OSError):
            with self.log.open("rb") as log:
                log.seek(max(0, self.log.stat().st_size - 4096))
                tail = log.read().decode(errors="replace").splitlines()[-lines:]
            return "\n".join(f"    {line}" for line in tail)
        return ""
