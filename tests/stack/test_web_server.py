"""The web server of a running portal under slow, greedy and many clients, and when its processes or its neighbours die."""

import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import psycopg2
import pytest

from tests.waiting import HANGING, wait_for

from .portal import Portal

pytestmark = pytest.mark.stack

THREADS = 2 * 8
BODY = (
    b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nlogin=a"
)


@pytest.fixture
def slow_ones(running: Portal) -> Iterator[list[socket.socket]]:
    """Connections whose bodies stop after seven bytes, more than there are threads."""
    held = [socket.create_connection(("localhost", running.port), timeout=HANGING) for _one in range(3 * THREADS)]
    for connection in held:
        connection.sendall(BODY)
    yield held
    for connection in held:
        connection.close()


def test_slow_bodies_hold_neither_a_thread_nor_a_transaction(running: Portal, slow_ones: list[socket.socket]) -> None:
    assert running.get("/about/?while=slow") == 200
    assert running.connections("idle in transaction%") == 0
    for connection in slow_ones:  # their time comes to an end
        assert connection.recv(100) == b""


def test_readers_who_take_nothing_hold_no_thread(running: Portal) -> None:
    held = []
    for _one in range(3 * THREADS):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", running.port))
        connection.sendall(b"GET /map/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)
        held.append(connection)
    assert running.get("/about/?while=unread") == 200
    for connection in held:
        connection.close()


def test_connections_to_the_database_are_bounded_through_bursts_and_rests(running: Portal) -> None:
    seen, failed = [], []

    def reader(until: float) -> None:
        while time.monotonic() < until:
            try:
                if running.get("/about/") != 200:
                    failed.append(0)
            except urllib.error.HTTPError as error:
                failed.append(error.code)

    for _burst in range(4):
        until = time.monotonic() + 1
        readers = [threading.Thread(target=reader, args=[until]) for _one in range(32)]
        for thread in readers:
            thread.start()
        for thread in readers:
            thread.join(HANGING)
        seen.append(running.connections())
        time.sleep(1)
    assert not failed
    assert max(seen) <= THREADS + 2 + 4  # the worker's, beat's, and one of each for the signs of life


def test_killed_web_process_is_replaced_and_nobody_is_turned_away(portal: Portal) -> None:
    portal.start().ready()
    before = portal.web_processes()
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    statuses = {portal.get("/about/") for _one in range(20)}
    assert statuses == {200}
    wait_for("another process", lambda: len(portal.web_processes()) == 2)
    assert before[0] not in portal.web_processes()
    assert portal.stop() == 0
    assert portal.gone()


def test_answer_that_is_being_made_is_made_before_the_end(portal: Portal) -> None:
    portal.start().ready()
    lock = psycopg2.connect(portal.server.url())
    lock.cursor().execute(
        "LOCK TABLE events_survey IN ACCESS EXCLUSIVE MODE"
    )  # held up for a moment, and then answered
    statuses: list[int] = []
    busy = threading.Thread(target=lambda: statuses.append(portal.get("/events/")))
    busy.start()
    time.sleep(0.3)
    portal.process.send_signal(signal.SIGTERM)
    lock.close()
    busy.join(HANGING)
    assert statuses == [200]
    assert portal.ended() == 0


def test_stopped_database_is_said_within_two_seconds_and_pages_end(portal: Portal) -> None:
    portal.start().ready()
    assert portal.get("/about/") == 200
    postgres = portal.child(b"listen_addresses=")
    victims = [postgres, *portal.below(postgres)]
    for pid in victims:
        os.kill(pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        status, told = portal.readiness()
        assert (status, told["database"]["ok"]) == (503, False)
        assert time.monotonic() - began < 10  # two seconds, on a machine that has nothing else to do
        with pytest.raises(urllib.error.HTTPError) as page:
            portal.get("/reserves/?fresh=1")
        assert page.value.code == 503
        page.value.close()
        assert portal.get("/livez") == 200
    finally:
        for pid in victims:
            os.kill(pid, signal.SIGCONT)
    wait_for("it is well again", lambda: portal.readiness()[0] == 200)
    assert portal.stop() == 0


@pytest.mark.parametrize("name", ["redis", "cache"])
def test_pages_go_on_without_redis(portal: Portal, name: str) -> None:
    portal.start().ready()
    server = portal.child(f"{portal.var}/{name}.sock".encode())
    os.kill(server, signal.SIGSTOP)
    try:
        assert portal.get("/reserves/") == 200
        assert portal.get("/accounts/login/") == 200
        status, told = portal.readiness()
        part = {"redis": "broker", "cache": "cache"}[name]
        assert (status, told[part]["ok"]) == (503, False)
    finally:
        os.kill(server, signal.SIGCONT)
    wait_for("it is well again", lambda: portal.readiness()[0] == 200)
    assert portal.stop() == 0


def test_dead_worker_and_beat_are_said(portal: Portal) -> None:
    """What readiness tells of programs that show no life any more, each by its name."""
    portal.start().ready()
    silent = ("worker", "beat")
    for name in silent:
        os.kill(portal.child(name.encode()), signal.SIGSTOP)
        portal.sql(f"UPDATE eabrn_portal_signoflife SET at = now() - interval '5 minutes' WHERE process = '{name}'")
    # Within the first minute and a half after the start of the web server a silent program counts as starting.
    wait_for("it is said of both", lambda: [portal.readiness()[1][name]["ok"] for name in silent] == [False, False])
    # Each web process gives its own answer again for two seconds.
    wait_for("both processes say it", lambda: [portal.readiness()[0] for _one in range(8)] == [503] * 8)
    for name in silent:
        os.kill(portal.child(name.encode()), signal.SIGCONT)
    assert portal.stop() == 0
