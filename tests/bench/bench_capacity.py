"""What one visit costs, by kind, and whether a mix of them costs what the sum of its parts says: the ground of docs/capacity.md.

Costs are milliseconds of a processor, by program, from what the kernel counted for every process of a running portal while
one kind of visit was repeated. Then a mix runs at a steady rate that the single costs say takes a stated share of the
machine, and what it took is compared.

    python -m tests.bench.bench_capacity [seconds of the mix]
"""

import random
import statistics
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import stand
from tests.notifications.harness.stage import _listens
from tests.ports import free_port
from tests.stack import ordeal
from tests.stack.portal import Portal
from tests.stack.visitors import EVENT, GUARDED, HIDDEN, PUBLIC, Guest, Visitor, acknowledged, unpacked
from tests.waiting import wait_for

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 45
TIMES, MAILS, CORES = 150, 400, 2
SHARE = 0.5  # of all cores, that the mix is meant to take
MOST_OFF = 0.2
# Of a hundred visits: most find a page that is kept, some one that has to be made.
MIX = {"cached page": 60, "page made anew": 30, "page of somebody signed in": 5, "registration": 5}
SIGNED_IN = ("/me/", "/reserves/", "/events/", "/reserves/khuvsgul-lake/")


@dataclass
class Cost:
    """Of one: milliseconds of the processors by program, and milliseconds on the clock with nobody else there."""

    spent: dict[str, float]
    median: float
    p95: float

    @property
    def total(self) -> float:
        return sum(self.spent.values())


class Visits:
    """One function for each kind of visit."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.number = 0
        self._lock = threading.Lock()
        self.member = self._signed_in()

    def _next(self) -> int:
        with self._lock:
            self.number += 1
            return self.number

    def _signed_in(self) -> Visitor:
        accounts = (self.portal.var / "demo-accounts.txt").read_text().splitlines()
        [(_role, email, password)] = [line.split() for line in accounts if line.startswith("participant")]
        member = Visitor(self.portal.port, 1)
        form = dict(HIDDEN.findall(unpacked(member.asks("/accounts/login/").body)))
        token = {name.decode(): value.decode() for name, value in form.items()}
        answer = member.asks("/accounts/login/", {**token, "login": email, "password": password})
        assert answer.status == 302, answer
        assert member.asks("/me/").status == 200
        return member

    def cached(self) -> float:
        answer = Visitor(self.portal.port, 2).asks(PUBLIC[self._next() % len(PUBLIC)])
        assert answer.status == 200, answer
        return answer.seconds

    def made(self) -> float:
        number = self._next()
        page = PUBLIC[number % len(PUBLIC)]
        answer = Visitor(self.portal.port, 2).asks(f"{page}{'&' if '?' in page else '?'}never={number}")
        assert answer.status == 200, answer
        return answer.seconds

    def signed_in(self) -> float:
        member = Visitor(self.portal.port, 1, cookies=dict(self.member.cookies))
        answer = member.asks(SIGNED_IN[self._next() % len(SIGNED_IN)])
        assert answer.status == 200, answer
        return answer.seconds

    def registers(self) -> float:
        """The form, the answer, and the page that says so; without the time that somebody takes to fill the form."""
        number = self._next()
        guest = Guest(self.portal.port, 1000 + number)
        began = time.monotonic()
        assert guest.opens()
        time.sleep(GUARDED)
        answer = guest.registers(f"{number}@capacity.example")
        assert acknowledged(answer), answer
        assert guest.asks(answer.location).status == 200
        return time.monotonic() - began - GUARDED

    def kinds(self) -> dict[str, Callable[[], float]]:
        return {
            "cached page": self.cached,
            "page made anew": self.made,
            "page of somebody signed in": self.signed_in,
            "registration": self.registers,
        }


def repeated(act: Callable[[], float], times: int, at_once: int) -> list[float]:
    found: list[float] = []

    def some() -> None:
        for _one in range(times // at_once):
            found.append(act())

    threads = [threading.Thread(target=some) for _one in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def resting(programs: stand.Programs, seconds: float = 10) -> dict[str, float]:
    """What the programs take each second while nobody comes."""
    before = programs.seconds()
    time.sleep(seconds)
    after = programs.seconds()
    return {name: (after[name] - before[name]) / seconds for name in after}


WAITING = "SELECT count(*) FROM notifications_mail WHERE state IN ('queued', 'sending') AND due <= now()"


def all_sent(portal: Portal) -> None:
    wait_for("nothing is due", lambda: portal.sql(WAITING)[0][0] == 0)


def cost(programs: stand.Programs, idle: dict[str, float], act: Callable[[], float], at_once: int = 1) -> Cost:
    """A registration's includes its mail."""
    repeated(act, 30, at_once)
    all_sent(programs.portal)
    before, began = programs.seconds(), time.monotonic()
    found = repeated(act, TIMES, at_once)
    all_sent(programs.portal)
    took, after = time.monotonic() - began, programs.seconds()
    spent = {name: max(0.0, (after[name] - before[name] - idle[name] * took) * 1000 / len(found)) for name in after}
    return Cost(spent, statistics.median(found) * 1000, stand.percentile(found, 0.95) * 1000)


def cost_of_mail(portal: Portal, programs: stand.Programs, idle: dict[str, float]) -> Cost:
    """Of the worker and the database, from the row to the mail server's word that it has it."""
    [[place]] = portal.sql("SELECT max(id) FROM events_registration WHERE state = 'held'")
    all_sent(portal)
    before, began = programs.seconds(), time.monotonic()
    portal.sql(ordeal.QUEUED.format(place=place, fault="cost", domain="capacity.example", mails=MAILS))
    all_sent(portal)
    took, after = time.monotonic() - began, programs.seconds()
    spent = {name: max(0.0, (after[name] - before[name] - idle[name] * took) * 1000 / MAILS) for name in after}
    return Cost(spent, took * 1000 / MAILS, 0)


def mix(portal: Portal, visits: Visits, rate: float) -> tuple[dict[str, int], dict[str, list[float]], int]:
    """Visits at a steady rate for some seconds, whatever time each takes: how many of each, how long, how many failed."""
    chance, done, times = random.Random("mix"), dict.fromkeys(MIX, 0), {name: [] for name in MIX}
    kinds, failed, threads = visits.kinds(), [], []

    def visit(kind: str) -> None:
        try:
            times[kind].append(kinds[kind]())
        except AssertionError as error:
            failed.append(str(error))

    began = time.monotonic()
    number = 0
    while (due := began + number / rate) < began + SECONDS:
        stand.pause(due)
        [kind] = chance.choices(list(MIX), list(MIX.values()))
        done[kind] += 1
        thread = threading.Thread(target=visit, args=[kind])
        thread.start()
        threads.append(thread)
        number += 1
    for thread in threads:
        thread.join()
    return done, times, len(failed)


def main() -> int:
    mail_port = free_port()
    with stand.portal(EMAIL_URL=f"smtp://127.0.0.1:{mail_port}", OUTBOX_POLL_SECONDS="2") as portal:
        server = ordeal.mail_server(mail_port, portal.var)
        server.start()
        try:
            wait_for("the mail server listens", lambda: _listens(mail_port))
            return measured(portal)
        finally:
            server.stop()


def measured(portal: Portal) -> int:
    print(f"What a visit costs: {stand.machine()}")
    portal.sql(f"UPDATE activities_activity SET capacity_online = NULL WHERE slug = '{EVENT}'")
    programs, visits = stand.Programs(portal), Visits(portal)
    for act in visits.kinds().values():
        repeated(act, 16, 4)
    all_sent(portal)
    idle = resting(programs)
    costs: dict[str, Cost] = {}
    for name, act in visits.kinds().items():
        costs[name] = cost(programs, idle, act, at_once=15 if name == "registration" else 1)
    costs["mail"] = cost_of_mail(portal, programs, idle)
    names = [name for name in idle if name != "beat"]
    print(
        f"  ms of a processor{'':12}{''.join(f'{name:>10}' for name in names)}{'total':>10}{'median ms':>11}{'p95 ms':>9}"
    )
    for name, one in costs.items():
        print(
            f"  {name:29}{''.join(f'{one.spent[n]:10.2f}' for n in names)}{one.total:10.2f}{one.median:11.1f}{one.p95:9.1f}"
        )
    print("  at rest, of a core: " + ", ".join(f"{name} {share * 100:.1f} %" for name, share in idle.items()))
    print("  memory, MB: " + ", ".join(f"{name} {mb:.0f}" for name, mb in programs.megabytes().items()))

    of_a_visit = sum(costs[name].total * share for name, share in MIX.items()) / sum(MIX.values()) / 1000
    rate = SHARE * CORES / of_a_visit
    print(
        f"Mix {MIX}: {of_a_visit * 1000:.1f} ms a visit, so {rate:.0f} visits a second take {SHARE:.0%} of {CORES} cores"
    )
    before, began = programs.seconds(), time.monotonic()
    done, times, failed = mix(portal, visits, rate)
    all_sent(portal)
    took, after = time.monotonic() - began, programs.seconds()
    said = sum(costs[name].total * number for name, number in done.items()) / 1000 + sum(idle.values()) * took
    found = sum(after.values()) - sum(before.values())
    off = found / said - 1
    print(
        f"  {sum(done.values())} visits: {found:.1f} s of the processors, the model says {said:.1f} s ({off:+.0%}, at most "
        f"{MOST_OFF:.0%} off); {failed} failed"
    )
    for name, seconds in times.items():
        print(f"  {name:29}{len(seconds):6}  median {statistics.median(seconds) * 1000:.0f} ms, "
              f"p95 {stand.percentile(seconds, 0.95) * 1000:.0f} ms")  # fmt: skip
    print(f"  connections {portal.connections()}; memory, MB: "
          + ", ".join(f"{name} {mb:.0f}" for name, mb in programs.megabytes().items()))  # fmt: skip
    hour = SHARE * CORES * 3600 * 1000
    print(f"An hour at {SHARE:.0%} of {CORES} cores, of one kind alone: "
          + ", ".join(f"{hour / one.total:,.0f} x {name}" for name, one in costs.items()))  # fmt: skip
    return 0 if abs(off) <= MOST_OFF and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
