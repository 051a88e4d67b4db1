"""Bursts and rests for ten minutes: connections to the database stay within the stated bound and nobody is refused. Then 200
slow connections and ten slow uploads: how long other people wait for a page, beside the same without them.

    python -m tests.bench.bench_bursts [minutes]
"""

import random
import socket
import statistics
import sys
import threading
import time
from collections import Counter

from embedded.environment import RunSettings
from tests.bench import stand
from tests.stack.portal import Portal
from tests.stack.visitors import PUBLIC, Visitor
from tests.waiting import HANGING

MINUTES = float(sys.argv[1]) if len(sys.argv) > 1 else 10
READERS, BURST, RESTS = 32, 5, (5, 20, 35)  # seconds; some rests are longer than idle threads live elsewhere
SLOW, UPLOADS, PAGES, PACE = 200, 10, 150, 25_000
MOST = 2.0
HEAD = (
    "POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.200.{}.{}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n"
)


def bursts(portal: Portal, until: float) -> tuple[list[int], Counter[str]]:
    """Connections after each burst and in each rest, and the answers."""
    connections: list[int] = []
    answers: Counter[str] = Counter()

    def reads(number: int, end: float) -> None:
        chance = random.Random(number)
        while time.monotonic() < end:
            page = f"{chance.choice(PUBLIC)}".partition("?")[0]
            answer = Visitor(portal.port, number, 60).asks(f"{page}?never={chance.random()}")
            answers[answer.why or str(answer.status)] += 1

    turn = 0
    while time.monotonic() < until:
        end = time.monotonic() + BURST
        readers = [threading.Thread(target=reads, args=[turn * READERS + number, end]) for number in range(READERS)]
        for reader in readers:
            reader.start()
        while time.monotonic() < end:
            connections.append(portal.connections())
            time.sleep(0.5)
        for reader in readers:
            reader.join(HANGING)
        time.sleep(RESTS[turn % len(RESTS)])
        connections.append(portal.connections())
        turn += 1
    return connections, answers


def pages(portal: Portal, name: str) -> list[float]:
    """Seconds for pages that have to be made, one after the other."""
    found = []
    for number in range(PAGES):
        answer = Visitor(portal.port, 7).asks(f"/about/?{name}={number}")
        assert answer.status == 200, answer
        found.append(answer.seconds)
    return found


def slow_connections(portal: Portal) -> list[socket.socket]:
    """Half of them stop in the head, half in the body."""
    held = []
    for number in range(SLOW):
        line = socket.create_connection(("127.0.0.1", portal.port), timeout=HANGING)
        head = HEAD.format(number >> 8, number & 255, 100_000).encode()
        line.sendall(head[:40] if number % 2 else head + b"login=a")
        held.append(line)
    return held


def upload(portal: Portal, number: int, ending: threading.Event) -> None:
    line = socket.create_connection(("127.0.0.1", portal.port), timeout=HANGING)
    line.sendall(HEAD.format(100, number, 5_000_000).encode())
    with line:
        while not ending.wait(0.2):
            line.sendall(b"a" * (PACE // 5))


def beside_slow_ones(portal: Portal) -> dict[str, float]:
    """The median and the 95 % of pages as multiples of what they take alone; measured before and after."""
    pages(portal, "warm")
    before = pages(portal, "before")
    held, ending = slow_connections(portal), threading.Event()
    uploads = [threading.Thread(target=upload, args=[portal, number, ending]) for number in range(UPLOADS)]
    for one in uploads:
        one.start()
    beside = pages(portal, "beside")
    ending.set()
    for one in uploads:
        one.join(HANGING)
    for line in held:
        line.close()
    alone = before + pages(portal, "after")
    return {
        "median": statistics.median(beside) / statistics.median(alone),
        "p95": stand.percentile(beside, 0.95) / stand.percentile(alone, 0.95),
    }


def main() -> int:
    with stand.portal() as portal:
        print(
            f"Bursts of {READERS} readers for {BURST} s, rests of {RESTS} s, {MINUTES:.0f} minutes: {stand.machine()}"
        )
        bound = RunSettings.read(portal.environ).connections
        connections, answers = bursts(portal, time.monotonic() + MINUTES * 60)
        print(f"  connections to the database: {max(connections)} at most (bound {bound}), answers {dict(answers)}")
        ratios = beside_slow_ones(portal)
        print(
            f"  beside {SLOW} slow connections and {UPLOADS} slow uploads a page takes {ratios['median']:.2f} times as long "
            f"(median; p95 {ratios['p95']:.2f}; at most {MOST:.0f})"
        )
    refused = sum(number for answer, number in answers.items() if answer != "200")
    return 0 if max(connections) <= bound and not refused and ratios["median"] <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
