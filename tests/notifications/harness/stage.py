"""The stage: Postgres, Redis, the mail server, Celery's workers and beat, each in processes of their own, as `make run` has them."""

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg2

from embedded import processes
from embedded.children import Child
from embedded.places import PROJECT
from embedded.redis_server import Redis
from tests.ports import free_port
from tests.server import TEMPLATE, TestRun
from tests.waiting import HANGING, wait_for

from .verdict import Heard, Row

EMAIL_TIMEOUT = 2
# Short, so that dead workers are noticed soon, and longer than a conversation with the mail server, hangs included.
PATIENCE = {
    "EMAIL_TIMEOUT": str(EMAIL_TIMEOUT),
    "OUTBOX_LEASE_SECONDS": "8",
    "OUTBOX_HOLD_SECONDS": "4",
    "OUTBOX_POLL_SECONDS": "1",
    "OUTBOX_RETRY_MINUTES": ",".join(["0.02"] * 40),
}
WRITTEN = """
    INSERT INTO notifications_mail
        (kind, subject_label, subject_id, recipient_key, occurrence, email, language, zone, due, created_at)
    SELECT 'harness.news', 'harness.matter', 1, 'person:' || n, '', 'reader' || n || '@' || %s, 'en', 'Asia/Ulaanbaatar',
        now(), now()
    FROM generate_series(%s, %s) AS n
"""


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Stage:
    """Entered: database, broker and mail server run. Workers are started by `start_workers`."""

    def __init__(self, *, seed: str, misbehaving: bool = True) -> None:
        self.run = TestRun(durable=True)  # what Postgres has confirmed must outlive it: that is the promise under test
        self.place: Path = self.run.place
        self.redis = Redis(self.run.server.places, tags={})
        self.port, self.record = free_port(), self.place / "accepted"
        hang = ["--hang", str(EMAIL_TIMEOUT + 1)] if misbehaving else []
        self.mail_servers = [self._mail_server(self.port, seed, *hang)]
        self.nodes: list[Child] = []
        self.beat: Child | None = None

    def __enter__(self) -> "Stage":
        try:
            self.record.touch()
            self.run.start()
            self.redis.start()
            self.mail_servers[0].start()
            wait_for("the mail server listens", lambda: _listens(self.port))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for child in [*self.nodes, self.beat]:
            if child:
                child.signal(signal.SIGKILL)  # an orderly end takes seconds, and nothing is left to be lost
                child.stop()
        for child in (*self.mail_servers, self.redis.child):
            child.stop()
        self.run.end()

    @property
    def environ(self) -> dict[str, str]:
        """What every program of the portal is given: production's settings beside embedded servers."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.notifications.harness.settings",
            "DATABASE_URL": self.run.server.url(TEMPLATE),
            "REDIS_URL": self.redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "EABRN_EMBEDDED": "1",
            "EABRN_LOCAL": "1",
            "EABRN_VAR": str(self.place),
            "SECRET_KEY": "harness-" + "x" * 50,
            "PYTHONTZPATH": "",
            **PATIENCE,
        }

    def another_mail_server(self, *how: str) -> int:
        """One more, well behaved; its port."""
        port = free_port()
        self.mail_servers.append(self._mail_server(port, "another", *how))
        self.mail_servers[-1].start()
        wait_for("the other mail server listens", lambda: _listens(port))
        return port

    def _mail_server(self, port: int, seed: str, *how: str) -> Child:
        module = "tests.notifications.harness.mail_server"
        return self._child(f"mail_server_{port}", module, str(port), str(self.record), seed, *how)

    def _child(self, name: str, module: str, *arguments: str, grace: float = 30) -> Child:
        argv = [sys.executable, "-m", module, *arguments]
        log = self.run.server.places.logs / f"{name}.log"
        return Child(name, argv, log=log, env=os.environ, cwd=PROJECT, grace=grace)

    # Workers ----------------------------------------------------------------------------------------------------------
    def start_workers(self, nodes: int, each: int) -> None:
        """So many Celery workers with so many processes each, and the beat that polls."""
        celery = ("celery", "-A", "eabrn_portal")
        for number in range(nodes):
            name = f"worker{number}"
            self.nodes.append(
                self._child(name, *celery, "worker", "-c", str(each), "-n", f"{name}@%h", "-l", "warning")
            )
        self.beat = self._child("beat", *celery, "beat", "-l", "warning", "-s", str(self.place / "beat"))
        for child in (*self.nodes, self.beat):
            child.env = self.environ
            child.start()

    def senders(self) -> list[int]:
        """The processes that send: the children of Celery's own."""
        mains = {node.process.pid for node in self.nodes if node.process}
        everybody = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
        return [pid for pid in everybody if processes.parent(pid) in mains and processes.alive(pid)]

    def kill_sender(self, chance: Random) -> None:
        """Kills one of the processes that send; Celery soon has another."""
        wait_for("a process that sends", lambda: bool(self.senders()))
        os.kill(chance.choice(self.senders()), signal.SIGKILL)

    def kill_node(self, node: Child) -> None:
        """Kills Celery's own process; its children end what they are at, as orphans, and another one takes its place."""
        if node.process:
            node.process.kill()
            node.process.wait()
        node.start()

    # Servers ----------------------------------------------------------------------------------------------------------
    def restart_database(self, how: signal.Signals) -> None:
        """SIGINT: sessions are cut, and what runs is rolled back. SIGQUIT: as after a crash, with recovery."""
        child = self.run.server.child
        child.signal(how)
        if child.process:
            child.process.wait(HANGING)
        self.run.server.start()

    def flush_broker(self) -> None:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.redis.socket))
            line.sendall(b"FLUSHALL\r\n")
            assert line.recv(16).startswith(b"+OK")

    @contextlib.contextmanager
    def _cursor(self) -> Iterator[Any]:
        connection = psycopg2.connect(self.run.server.url(TEMPLATE))
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    # Mails ------------------------------------------------------------------------------------------------------------
    def write_down(self, first: int, last: int, *, domain: str = "harness.example") -> None:
        """Mails to readers first to last, due now, past the application: no task announces them."""
        with self._cursor() as cursor:
            cursor.execute(WRITTEN, [domain, first, last])

    def rows(self) -> dict[str, Row]:
        with self._cursor() as cursor:
            cursor.execute("SELECT email, state, last_error FROM notifications_mail")
            return {email: Row(state, error) for email, state, error in cursor.fetchall()}

    def waiting(self) -> int:
        with self._cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notifications_mail WHERE state IN ('queued', 'sending')")
            return int(cursor.fetchone()[0])

    def heard(self) -> Heard:
        return Heard.of(self.record.read_text().splitlines())

    def last_words(self) -> str:
        logs = self.run.server.places.logs
        return "\n".join(f"{path.name}:\n{path.read_text(errors='replace')[-3000:]}" for path in logs.glob("w*.log"))
