"""The ordeal: everything that can die or fall silent does, while people read, register and get mails.

`Stand` is a running portal with a real mail server, readers and people who register; `run` lets faults befall it, one after
the other, and tells of each what was seen. The test (`test_faults_under_load.py`) is short, the benchmark
(`tests/bench/bench_faults.py`) long.
"""

import contextlib
import itertools
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embedded import processes
from embedded.children import Child
from embedded.places import PROJECT
from tests.notifications.harness.verdict import Heard
from tests.ports import free_port
from tests.waiting import HANGING, wait_for

from .portal import Portal
from .visitors import EVENT, GUARDED, PUBLIC, Guest, Visitor, acknowledged

READER_PAUSE = 0.25  # between two pages of one reader
AFTER_ERROR = 0.5  # until somebody tries again
QUIET = 3.0  # seconds without any error: longer than an answer about readiness is given again
EMAIL_TIMEOUT = 5
DOMAIN = "ordeal.example"
RECORD = "accepted"  # in var/: what the mail server has taken
# Mails whose worker died are looked after soon. The lease must be longer than an outage and a conversation together, else
# somebody looks after a mail that its worker still has in hand.
PATIENCE = {
    "EMAIL_TIMEOUT": str(EMAIL_TIMEOUT),
    "OUTBOX_HOLD_SECONDS": "10",
    "OUTBOX_POLL_SECONDS": "2",
    "OUTBOX_RETRY_MINUTES": ",".join(["0.03"] * 100),
    "TRUSTED_PROXY_COUNT": "1",  # each visitor comes from an address of their own
}
# Mails about one place that is held, each to another mailbox.
QUEUED = """
    INSERT INTO notifications_mail
        (kind, subject_label, subject_id, recipient_key, occurrence, email, language, zone, due, created_at)
    SELECT 'events.place_to_confirm', 'events.registration', {place}, 'ordeal:' || n, '{fault}',
        'queued-{fault}-' || n || '@{domain}', 'en', 'Asia/Ulaanbaatar', now(), now()
    FROM generate_series(1, {mails}) AS n
"""


def mail_server(port: int, var: Path) -> Child:
    """A real one, well behaved, which writes down what it accepts before it says so."""
    argv = [sys.executable, "-m", "tests.notifications.harness.mail_server", str(port), str(var / RECORD), "-"]
    return Child("mail_server", argv, log=var / "log" / "mail_server.log", env=os.environ, cwd=PROJECT)


@dataclass
class Seen:
    """What people and the mail server saw from one fault to the next."""

    fault: str
    pages: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    longest: float = 0
    acknowledged: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    well_again: float = 0
    # Known at the end of everything:
    acts_lost: int = 0
    acts_doubled: int = 0
    mails: int = 0
    mails_doubled: int = 0
    mails_lost: int = 0
    mails_unknown: int = 0

    @property
    def zeros(self) -> tuple[int, int, int, int]:
        """What must be: acknowledged acts lost and doubled, mails doubled and lost."""
        return self.acts_lost, self.acts_doubled, self.mails_doubled, self.mails_lost


@dataclass(frozen=True)
class Fault:
    """Something dies, or is silent for some seconds (`lift` ends that)."""

    name: str
    strike: "Callable[[Stand], None]"
    lift: "Callable[[Stand], None] | None" = None
    seconds: float = 0
    readers_may_notice: bool = True


class Stand:
    """Entered: the portal runs with a mail server that writes down what it accepts. `load` lets people come."""

    def __init__(self, portal: Portal, *, readers: int, guests: int, lease: int = 40) -> None:
        self.portal, self.readers, self.guests = portal, readers, guests
        self.mail_port = free_port()
        self.record = portal.var / RECORD
        self.given = {**PATIENCE, "OUTBOX_LEASE_SECONDS": str(lease), "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}"}
        self.mail_server = mail_server(self.mail_port, portal.var)
        self.seen: list[Seen] = [Seen("before any")]
        self.last_error = 0.0
        self.last_page = [0.0] * readers
        self.ready_since = 0.0  # when the answer was asked for with which readiness began
        self.shape: Counter[str] = Counter()
        self.place = 0
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._numbers = itertools.count(1)

    def __enter__(self) -> "Stand":
        self.portal.environ |= self.given
        self.portal.start().ready()
        self.record.touch()
        self.mail_server.start()
        self.portal.sql(f"UPDATE activities_activity SET capacity_online = NULL WHERE slug = '{EVENT}'")
        self._first_registration()
        self.shape = self._shape()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        for name in self.given:
            self.portal.environ.pop(name, None)
        self.mail_server.signal(signal.SIGKILL)
        self.mail_server.stop()

    def _first_registration(self) -> None:
        guest = Guest(self.portal.port, next(self._numbers))
        assert guest.opens()
        time.sleep(GUARDED)
        email = f"first@{DOMAIN}"
        assert acknowledged(guest.registers(email))
        self.seen[0].acknowledged.append(email)
        [[self.place]] = self.portal.sql("SELECT max(id) FROM events_registration")
        wait_for("the first mail", lambda: email in self.heard().accepted)

    # People -----------------------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def load(self) -> Iterator[None]:
        acts: list[Callable[[], None]] = [lambda number=number: self._reads(number) for number in range(self.readers)]
        acts += [self._registers] * self.guests
        acts.append(self._monitors)
        people = [threading.Thread(target=act, daemon=True) for act in acts]
        for one in people:
            one.start()
        try:
            yield
        finally:
            self._ending.set()
            for one in people:
                one.join(HANGING)

    def _reads(self, number: int) -> None:
        """Pages of all kinds; every fifth is one that nobody has asked for before, so that it has to be made."""
        chance = random.Random(number)
        while not self._ending.is_set():
            visitor = Visitor(self.portal.port, next(self._numbers), patience=30)
            page = chance.choice(PUBLIC)
            if chance.random() < 0.2:
                page += f"{'&' if '?' in page else '?'}never={next(self._numbers)}"
            answer = visitor.asks(page)
            with self._lock:
                self.seen[-1].pages += 1
                self.seen[-1].longest = max(self.seen[-1].longest, answer.seconds)
                if answer.status == 200:
                    self.last_page[number] = time.monotonic()
                else:
                    self.seen[-1].errors[answer.why or str(answer.status)] += 1
                    self.last_error = time.monotonic()
            self._ending.wait(READER_PAUSE if answer.status == 200 else AFTER_ERROR)

    def _registers(self) -> None:
        while not self._ending.is_set():
            number = next(self._numbers)
            guest, email = Guest(self.portal.port, number, patience=30), f"guest{number}@{DOMAIN}"
            if not guest.opens():
                self._ending.wait(AFTER_ERROR)
                continue
            self._ending.wait(GUARDED)
            answer = guest.registers(email)
            with self._lock:
                if acknowledged(answer):
                    self.seen[-1].acknowledged.append(email)
                else:
                    self.seen[-1].refused[answer.why or str(answer.status)] += 1
                    self.last_error = time.monotonic()

    def _monitors(self) -> None:
        """Whether all is well by the portal's own word."""
        while not self._ending.is_set():
            asked = time.monotonic()
            try:
                status, _parts = self.portal.readiness(patience=5)
            except OSError:
                status = 0
            self.ready_since = (self.ready_since or asked) if status == 200 else 0.0
            self._ending.wait(0.2)

    # Faults -----------------------------------------------------------------------------------------------------------
    def suffers(self, fault: Fault, mails: int) -> Seen:
        """One fault, from mails that are on their way to the moment when everything is as before."""
        number = len(self.seen)
        self.portal.sql(QUEUED.format(place=self.place, fault=number, domain=DOMAIN, mails=mails))
        before = self.record.stat().st_size
        wait_for("mails are going out", lambda: self.record.stat().st_size > before)
        with self._lock:
            self.seen.append(Seen(fault.name))
        fault.strike(self)
        if fault.lift:
            time.sleep(fault.seconds)
            fault.lift(self)
        self.seen[-1].well_again = self._well_after(time.monotonic())
        return self.seen[-1]

    def _well_after(self, since: float) -> float:
        """Seconds until the last sign that something was wrong: an error, a program that is missing, a part not ready."""
        until, missing = time.monotonic() + HANGING, since
        while True:
            now = time.monotonic()
            assert now < until, f"not well within {HANGING} s: {self._shape()} {self.portal.said}"
            if self._shape() != self.shape:
                missing = now
            wrong = max(since, missing, self.last_error, self.ready_since or now)
            if now - wrong > QUIET and all(last > wrong for last in self.last_page):
                return wrong - since
            time.sleep(0.25)

    def _shape(self) -> Counter[str]:
        """How many processes there are of each program."""
        marks = {
            b"eabrn_portal.web_server": "web", b"worker": "worker", b"beat": "beat", b"listen_addresses=": "postgres",
            f"{self.portal.var}/redis.sock".encode(): "redis", f"{self.portal.var}/cache.sock".encode(): "cache",
        }  # fmt: skip
        parents = {
            pid: processes.parent(pid) for pid in self.portal.processes()
        }  # children of Postgres are not known so
        programs: dict[int, str] = {}
        for pid, parent in parents.items():
            if self.portal.process and parent == self.portal.process.pid:
                programs.update((pid, marks[part]) for part in processes.command_line(pid) if part in marks)
        found = Counter(programs.values())
        found.update(programs[parent] for parent in parents.values() if programs.get(parent) in {"web", "worker"})
        return found

    # What became of everything ----------------------------------------------------------------------------------------
    def heard(self) -> Heard:
        return Heard.of(self.record.read_text().splitlines())

    def settle(self) -> list[Seen]:
        """Waits until no mail is on its way, and counts."""
        waiting = (
            "SELECT count(*) FROM notifications_mail WHERE state IN ('queued', 'sending') AND due <= now() + '1 hour'"
        )
        wait_for("the mails are out", lambda: self.portal.sql(waiting)[0][0] == 0)
        registered = Counter(
            email
            for (email,) in self.portal.sql(
                "SELECT p.email FROM events_registration r JOIN accounts_person p ON p.id = r.person_id"
            )
        )
        rows: dict[str, list[str]] = {}
        for email, state in self.portal.sql(
            f"SELECT email, state FROM notifications_mail WHERE email LIKE '%@{DOMAIN}'"
        ):
            rows.setdefault(email, []).append(state)
        accepted = self.heard().accepted
        for number, seen in enumerate(self.seen):
            seen.acts_lost = sum(registered[email] == 0 for email in seen.acknowledged)
            seen.acts_doubled = sum(registered[email] > 1 for email in seen.acknowledged)
            queued = [email for email in rows if email.startswith(f"queued-{number}-")]
            for email in (*seen.acknowledged, *queued):
                states = rows.get(email, [])
                seen.mails += 1
                seen.mails_unknown += "unknown" in states
                seen.mails_doubled += len(accepted.get(email, [])) > 1
                seen.mails_lost += email not in accepted and states != ["unknown"]
        return self.seen


def _kill(*pids: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _postgres(stand: Stand) -> list[int]:
    """The server and all its processes."""
    main = stand.portal.child(b"listen_addresses=")
    return [main, *stand.portal.below(main)]


def _signal(pids: Sequence[int], sign: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)


def _program(mark: bytes) -> Callable[[Stand], None]:
    return lambda stand: _kill(stand.portal.child(mark))


def _socket(stand: Stand, name: str) -> int:
    return stand.portal.child(f"{stand.portal.var}/{name}.sock".encode())


def _kill_backend(stand: Stand) -> None:
    asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'eabrn-web' ORDER BY state_change DESC LIMIT 1"
    _kill(stand.portal.sql(asked)[0][0])


def _kill_supervisor(stand: Stand) -> None:
    assert stand.portal.process
    _kill(stand.portal.process.pid)
    stand.portal.process.wait(HANGING)
    stand.portal.start()


def faults(seconds: float) -> dict[str, Fault]:
    """All kinds; outages last so long."""
    known = [
        Fault("kill -9: a web process", lambda stand: _kill(stand.portal.web_processes()[0])),
        Fault("kill -9: the watching web process", _program(b"eabrn_portal.web_server")),
        Fault("kill -9: the worker", _program(b"worker"), readers_may_notice=False),
        Fault(
            "kill -9: a child of the worker",
            lambda stand: _kill(stand.portal.below(stand.portal.child(b"worker"))[0]),
            readers_may_notice=False,
        ),
        Fault("kill -9: beat", _program(b"beat"), readers_may_notice=False),
        Fault("kill -9: Redis of the queue", lambda stand: _kill(_socket(stand, "redis")), readers_may_notice=False),
        Fault("kill -9: Redis of the cache", lambda stand: _kill(_socket(stand, "cache")), readers_may_notice=False),
        Fault(
            "cache silent",
            lambda stand: _signal([_socket(stand, "cache")], signal.SIGSTOP),
            lambda stand: _signal([_socket(stand, "cache")], signal.SIGCONT),
            seconds,
            readers_may_notice=False,
        ),
        Fault(
            "Postgres silent",
            lambda stand: _signal(_postgres(stand), signal.SIGSTOP),
            lambda stand: _signal(_postgres(stand), signal.SIGCONT),
            seconds,
        ),
        Fault("kill -9: one backend of Postgres", _kill_backend),
        Fault("Postgres ends at once", lambda stand: _signal(_postgres(stand)[:1], signal.SIGQUIT)),
        Fault("kill -9: all of Postgres", lambda stand: _kill(*_postgres(stand))),
        Fault(
            "mail server away",
            lambda stand: stand.mail_server.stop(),
            lambda stand: stand.mail_server.start(),
            seconds,
            readers_may_notice=False,
        ),
        Fault("kill -9: the supervisor, and a start", _kill_supervisor),
    ]
    return {fault.name: fault for fault in known}


def run(stand: Stand, some: Sequence[Fault], mails: int) -> list[Seen]:
    """Lets the faults befall a stand that has been entered, each with so many mails on their way; what was seen of each."""
    with stand.load():
        for fault in some:
            stand.suffers(fault, mails)
    return stand.settle()


def table(seen: Sequence[Seen]) -> str:
    """For people."""
    lines = [
        f"{'fault':38}{'pages':>7}{'errors':>8}{'longest':>9}{'well':>7}  {'acts':>6}{'refused':>9}{'lost':>6}{'twice':>6}"
        f"  {'mails':>6}{'twice':>6}{'lost':>6}{'unsure':>7}"
    ]
    for one in seen:
        lines.append(
            f"{one.fault:38}{one.pages:7}{one.errors.total():8}{one.longest:7.1f} s{one.well_again:5.1f} s  "
            f"{len(one.acknowledged):6}{one.refused.total():9}{one.acts_lost:6}{one.acts_doubled:6}"
            f"  {one.mails:6}{one.mails_doubled:6}{one.mails_lost:6}{one.mails_unknown:7}"
            f"  {dict(one.errors) or ''}"
        )
    return "\n".join(line.rstrip() for line in lines)
