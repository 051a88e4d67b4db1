"""`make run`: starts everything in order, watches over it, and stops it in reverse order, whatever happens."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

from . import places, ports, processes
from .children import Child, rotate
from .environment import WEB_THREADS, RunSettings, python
from .errors import Refused, Stopped
from .places import PROJECT, Places
from .postgres import Postgres
from .prepared import Prepared
from .redis_server import Redis

STEADY_SECONDS = 60  # a program that ran this long starts again with a clean slate
MOST_FAILURES = 5
MB = 1024 * 1024
PATIENCE_SECONDS = (
    600  # what dies is noticed at once; on a machine that is busy with other things a start takes minutes
)
DEMO = PROJECT / "eabrn_portal" / "management" / "commands" / "demo.py"


class Supervisor:
    def __init__(self, run_settings: RunSettings) -> None:
        self.run_settings = run_settings
        self.places = Places(run_settings.var)
        self.children: list[Child] = []
        self.env: dict[str, str] = {}
        self.began = time.monotonic()
        self.stop_asked = False
        self.listening: socket.socket | None = None

    # Talking and listening --------------------------------------------------------------------------------------------
    def say(self, line: str) -> None:
        try:
            print(f"{time.monotonic() - self.began:6.1f} s  {line}", flush=True)
        except OSError:  # the terminal is gone; the portal still has to stop in order
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115

    def _ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stop_asked = True

    def _listen(self) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, self._ask_to_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means it
            signal.signal(signal.SIGHUP, self._ask_to_stop)

    def pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stop_asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))
        if self.stop_asked:
            raise Stopped

    # The whole life ---------------------------------------------------------------------------------------------------
    def run(self) -> None:
        """Returns once everything has stopped in order because somebody asked for it."""
        self._listen()
        self.places.make()
        if not self.run_settings.database_url and (free := self.places.free()) < places.NEEDED_FREE:
            raise Refused(
                f"The disk of {self.places.var} has {free // MB} MB free; the embedded database needs "
                f"{places.NEEDED_FREE // MB} MB. Make room, or choose another place: EABRN_VAR=/another/directory make run"
            )
        try:
            with self.places.locked(f"{self.run_settings.address}, process {os.getpid()}"):
                processes.end(processes.leftovers(self.places.var))
                with ports.listen(self.run_settings.host, self.run_settings.port) as self.listening:
                    try:
                        self._start()
                        self._watch()
                    finally:
                        self._stop()
        except Stopped:
            return
        except PermissionError as error:
            raise Refused(
                f"{error.filename} belongs to another user. Start the portal as that user, or choose a directory of your own: "
                "EABRN_VAR=/another/directory make run"
            ) from None

    def _start(self) -> None:
        postgres = (
            None if self.run_settings.database_url else Postgres(self.places, connections=self.run_settings.connections)
        )
        redis, cache = None, None
        if not self.run_settings.redis_url:
            redis, cache = (
                Redis(self.places, tags=self.run_settings.tags(self.places), name=name) for name in ("redis", "cache")
            )
        for server in (postgres, redis, cache):
            if server:
                self._launch(server.child)
        if postgres:
            self._await(postgres.child, postgres.ready, retry=lambda: self._still_in_use(postgres.child))
            self.say("database ready")
        if redis and cache:
            self._await(redis.child, redis.ready, retry=lambda: self._set_aside(redis))
            self._await(cache.child, cache.ready)
            self.say("cache and queue ready")
        self.env = self.run_settings.for_children(
            self.places,
            database_url=postgres.url() if postgres else self.run_settings.database_url,
            redis_url=redis.url if redis else self.run_settings.redis_url,
            cache_redis_url=cache.url if cache else self.run_settings.environ.get("CACHE_REDIS_URL", ""),
        )
        self._prepare()
        web, worker, beat = self._programs()
        for child in (worker, beat, web):
            self._launch(child)
        self._await(
            web,
            lambda: ports.healthy(
                self.run_settings.host, self.run_settings.port, host_header=self.run_settings.host_header
            ),
        )
        self._welcome()

    def _launch(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def _await(
        self,
        child: Child,
        ready: Callable[[], bool],
        *,
        retry: Callable[[], bool] = lambda: False,
        seconds: float = PATIENCE_SECONDS,
    ) -> None:
        until = time.monotonic() + seconds
        while not (child.running and ready()):
            if not child.running:
                if not retry():
                    raise Refused(f"{child.name} {child.how_it_ended}; {child.log} says:\n{child.last_words()}")
                child.start()
            elif time.monotonic() > until:
                raise Refused(
                    f"{child.name} does not answer after {seconds:.0f} s; {child.log} says:\n{child.last_words()}"
                )
            self.pause(0.05)
        self.pause(0)  # asked to stop while it answered: then it is not ready for anybody

    def _still_in_use(self, child: Child) -> bool:
        """After a kill -9 the last sessions of the old server need a moment to notice."""
        child.failures += 1
        if "still in use" in child.last_words() and child.failures < 20:
            self.pause(0.5)
            return True
        return False

    def _set_aside(self, redis: Redis) -> bool:
        redis.child.failures += 1
        if redis.child.failures > 1:
            return False
        self.say(
            f"the queue's files could not be read and were moved to {redis.set_aside()}; the database knows all that is due"
        )
        return True

    # Tables, data, static files ---------------------------------------------------------------------------------------
    def _prepare(self) -> None:
        """Skipped when nothing has changed since the last time; never skipped for the database of a real server."""
        prepared = Prepared(self.places, self.env["DATABASE_URL"])
        embedded = not self.run_settings.database_url
        demo_missing = embedded and DEMO.exists() and not (self.places.var / "demo-accounts.txt").exists()
        static = prepared.static()
        if embedded and static and not demo_missing and prepared.database():
            self.say("tables, data and static files are up to date")
            return
        argv = python(
            "manage.py",
            "upgrade",
            f"--since={self.began}",
            f"--connections={self.run_settings.connections}",
            *(["--no-static"] if static else []),
        )
        child = Child("preparation", argv, log=None, env=self.env, cwd=PROJECT, grace=5)
        self._launch(child)
        while child.running:
            self.pause(0.05)
        if child.process and child.process.returncode:
            raise Refused(f"The preparation {child.how_it_ended}; its message stands above.")
        self.children.remove(child)
        prepared.mark(database=embedded)

    # The portal itself ------------------------------------------------------------------------------------------------
    def _programs(self) -> tuple[Child, Child, Child]:
        """Web server, worker and beat.

        The worker ends a running task before it stops; an orphaned one drops it at once (SIGQUIT), and it is delivered again.
        """
        assert self.listening
        number = self.listening.fileno()
        web = ["--fd", str(number), "--processes", str(self.run_settings.web_workers), "--threads", str(WEB_THREADS)]
        celery = python("-m", "celery", "-A", "eabrn_portal")
        level = self.env.get("LOG_LEVEL", "").lower() or "warning"  # each poll would be a line

        def child(
            name: str,
            argv: list[str],
            *,
            grace: float = 20,
            orphan: signal.Signals = signal.SIGTERM,
            inherits: Sequence[int] = (),
            process: str = "worker",
        ) -> Child:
            log = self.places.logs / f"{name}.log"
            return Child(
                name,
                argv,
                log=log,
                env={**self.env, "EABRN_PROCESS": process},
                cwd=PROJECT,
                grace=grace,
                orphan_signal=orphan,
                inherits=inherits,
            )

        return (
            child("web", python("-m", "eabrn_portal.web_server", *web), inherits=[number], process="web"),
            child(
                "worker",
                [*celery, "worker", "-c", str(self.run_settings.task_workers), "-l", level],
                grace=30,
                orphan=signal.SIGQUIT,
            ),
            child("beat", [*celery, "beat", "-l", level, "-s", str(self.places.var / "beat")]),
        )

    def _welcome(self) -> None:
        self.say(f"READY  {self.run_settings.address}/")
        notes = [("Officers", f"{self.run_settings.address}/admin/")]
        if not self.run_settings.database_url and (accounts := self.places.var / "demo-accounts.txt").exists():
            notes.append(("Demo accounts", str(accounts)))
        if not self.run_settings.email_url:
            notes.append(
                ("Mails", f"{self.places.var / 'mail'}/*.eml (EMAIL_URL is not set, so nothing leaves this machine)")
            )
        notes += [("Logs", f"{self.places.logs}/"), ("Stop", "Ctrl-C")]
        for name, text in notes:
            self.say(f"  {name:14}{text}")

    def _watch(self) -> None:
        while True:
            self.pause(0.5)
            for child in self.children:
                if child.log:
                    rotate(child.log)
                if not child.running:
                    self._revive(child)

    def _revive(self, child: Child) -> None:
        """Start a program that died again, waiting longer each time; give up when it will not stay."""
        now = time.monotonic()
        if child.restart_at is None:
            child.sweep()
            child.failures = child.failures + 1 if now - child.started_at < STEADY_SECONDS else 1
            full = self.places.free() < places.LEAST_FREE
            if child.failures > MOST_FAILURES and not full:
                raise Refused(
                    f"{child.name} {child.how_it_ended} again and again; {child.log} says:\n{child.last_words()}"
                )
            wait = min(0.2 * 2**child.failures, 10)
            child.restart_at = now + wait
            why = f"the disk of {self.places.var} is full" if full else f"see {child.log}"
            self.say(f"{child.name} {child.how_it_ended}; it starts again in {wait:.1f} s ({why})")
        elif now >= child.restart_at:
            child.start()

    def _stop(self) -> None:
        self.say("stopping")
        for child in reversed(self.children):
            if child.process is None:
                continue
            try:
                child.stop()
                self.say(f"{child.name} stopped")
            except OSError as error:
                self.say(f"{child.name}: {error}")
        processes.end(processes.leftovers(self.places.var, of_ours=True), grace=2)
