"""Starts, kills and looks at a whole portal, the way a person at a terminal does."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from embedded import processes
from embedded.places import PROJECT, Places
from embedded.postgres import Postgres
from tests.ports import free_port
from tests.waiting import HANGING, wait_for

RUN = (sys.executable, "-m", "embedded", "run")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


def heed_hangups() -> None:
    """Tests that run under nohup pass on that the end of the terminal is to be ignored, and the portal does."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Portal:
    """One var/ and one port, started as often as a test likes."""

    def __init__(self, var: Path, **environ: str) -> None:
        self.var = var
        self.port = free_port()
        shell = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.environ = {**shell, "EABRN_VAR": str(var), "PORT": str(self.port), **environ}
        self.process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []
        self._reader: threading.Thread | None = None
        self._server: tuple[str, Postgres] | None = None

    # As at a terminal -------------------------------------------------------------------------------------------------
    def start(self, argv: Sequence[str] = RUN, **how: object) -> "Portal":
        self.lines = []
        how.setdefault("start_new_session", True)
        how.setdefault("preexec_fn", heed_hangups)
        self.process = subprocess.Popen(
            argv,
            cwd=PROJECT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **how,
        )
        self._reader = threading.Thread(target=self._read, args=[self.process.stdout], daemon=True)
        self._reader.start()
        return self

    def _read(self, output) -> None:
        with output:
            self.lines.extend(line.rstrip() for line in output)

    @property
    def said(self) -> str:
        return "\n".join(self.lines)

    def says(self, text: str) -> "Portal":
        def said() -> bool:
            assert self.process.poll() is None or text in self.said, f"it ended and said:\n{self.said}"
            return text in self.said

        wait_for(f"{text!r} in the progress lines, which are", said, lambda: self.said)
        return self

    def ready(self) -> "Portal":
        return self.says("READY")

    def ended(self) -> int:
        code = self.process.wait(HANGING)
        self._reader.join(HANGING)
        return code

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.ended()

    def refused(self, **environ: str) -> subprocess.CompletedProcess[str]:
        """A second start beside the first, expected to end at once."""
        return subprocess.run(
            RUN,
            cwd=PROJECT,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=HANGING,
            check=False,
        )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stopped(self) -> list[str]:
        """The programs in the order in which it said that they had stopped."""
        return [line.split()[-2] for line in self.lines if line.endswith(" stopped")]

    # What is there ----------------------------------------------------------------------------------------------------
    def processes(self) -> list[int]:
        """Every living process of this portal, the supervisor included, however it is related."""
        data, var, found = os.fsencode(self.data), str(self.var), []
        for pid in (int(entry.name) for entry in Path("/proc").glob("[0-9]*")):
            of_this = processes.environment(pid).get("EABRN_VAR") == var or data in processes.command_line(pid)
            if of_this and processes.alive(pid):
                found.append(pid)
        return found

    def children(self) -> list[int]:
        return [pid for pid in self.processes() if processes.parent(pid) == self.process.pid]

    def child(self, mark: bytes) -> int:
        """The one program under the supervisor's care whose command line holds this."""
        [found] = [pid for pid in self.children() if mark in processes.command_line(pid)]
        return found

    def below(self, pid: int) -> list[int]:
        """The processes that a program has parted into; those of Postgres write over all else they could be known by."""
        everybody = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
        return [one for one in everybody if processes.parent(one) == pid and processes.alive(one)]

    def web_processes(self) -> list[int]:
        """Those that answer, not the one that watches them."""
        return self.below(self.child(b"eabrn_portal.web_server"))

    def gone(self) -> bool:
        """No process is left, and nobody listens at the port."""
        wait_for(
            f"no process left of {self.var}", lambda: not self.processes() and not self._listens(), self._what_is_left
        )
        return True

    def _what_is_left(self) -> str:
        """The command lines and states of the processes that should be gone."""
        left = [(pid, processes._stat(pid)[:2], processes.command_line(pid)) for pid in self.processes()]
        return "\n".join(f"{pid} {state} {b' '.join(words).decode(errors='replace')}" for pid, state, words in left)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self, pids: Sequence[int]) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(HANGING)

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=HANGING) as answer:
            return answer.status

    def answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/healthz") == 200
        return False

    def readiness(self, patience: float = HANGING) -> tuple[int, dict]:
        """What `/readyz` says, by the host's number; OSError while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=patience) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def complaints(self, program: str = "web") -> str:
        """What its log says of errors, for a person who reads of a failed test."""
        lines = (self.var / "log" / f"{program}.log").read_text(errors="replace").splitlines()
        return "\n".join(line for line in lines if "Error" in line or "ERROR" in line)[-3000:]

    # The embedded database --------------------------------------------------------------------------------------------
    @property
    def server(self) -> Postgres:
        """Its Postgres, looked at from outside; another one once var/ has been made anew."""
        instance = (self.var / "instance-id").read_text()
        if self._server is None or self._server[0] != instance:
            self._server = instance, Postgres(Places(self.var))
        return self._server[1]

    @property
    def data(self) -> Path:
        return self.server.data if (self.var / "instance-id").exists() else self.var / "pg"

    def sql(self, statement: str) -> list[tuple]:
        connection = psycopg2.connect(self.server.url())
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def connections(self, state: str = "%") -> int:
        """Those that its programs hold to its database."""
        return self.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            f"AND coalesce(state, '') LIKE '{state}'"
        )[0][0]

    def manage(self, *arguments: str) -> str:
        """A command of the portal, while it runs."""
        argv = [sys.executable, "-m", "embedded", "manage", *arguments]
        done = subprocess.run(
            argv, cwd=PROJECT, env=self.environ, capture_output=True, text=True, timeout=HANGING, check=True
        )
        return done.stdout

    def wipe(self) -> None:
        argv = [sys.executable, "-m", "embedded", "wipe", "--yes"]
        subprocess.run(argv, cwd=PROJECT, env=self.environ, check=True, timeout=HANGING)


@dataclass(frozen=True)
class FirstStart:
    """What was seen of a portal's first start: pages, files for its owner alone, its end."""

    portal: Portal
    answers: dict[str, int]
    modes: dict[str, int]
    code: int
    stopped: list[str]
    gone: bool

    @classmethod
    def watched(cls, portal: Portal) -> "FirstStart":
        answers = {page: portal.get(page) for page in ("/healthz", "/", "/reserves/")}
        modes = {name: (portal.var / name).stat().st_mode & 0o077 for name in ("demo-accounts.txt", "secret-key")}
        code = portal.stop()
        return cls(portal, answers, modes, code, portal.stopped(), portal.gone())


class Writer(threading.Thread):
    """Writes rows, one commit each, until its server is gone; `confirmed` counts those the server said it has."""

    def __init__(self, portal: Portal) -> None:
        super().__init__(daemon=True)
        portal.sql("CREATE TABLE IF NOT EXISTS kept (n integer PRIMARY KEY)")
        self.confirmed = self.first = portal.sql("SELECT coalesce(max(n), 0) FROM kept")[0][0]
        self.connection = psycopg2.connect(portal.server.url())
        self.connection.autocommit = True

    def run(self) -> None:
        with contextlib.suppress(psycopg2.Error):
            while True:
                self.connection.cursor().execute("INSERT INTO kept VALUES (%s)", [self.confirmed + 1])
                self.confirmed += 1

    def has_written(self, rows: int) -> None:
        wait_for(f"{rows} rows written", lambda: self.confirmed >= self.first + rows)

    def finish(self) -> int:
        self.join(HANGING)
        self.connection.close()
        return self.confirmed
