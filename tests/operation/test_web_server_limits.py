import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from eabrn_portal.web_server.limits import LIMITS, Channel, Limits, host, server_on
from tests.waiting import HANGING, wait_for

HEAD = b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("localhost", "localhost"),
    ],
)
def test_one_house_is_one_host(address: str, whose: str) -> None:
    assert host(address) == whose


class Served:
    """A server of its own in a thread, with limits that a test can wait for."""

    def __init__(self, limits: Limits) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(1)
        adjustments = Adjustments(
            sockets=[self.listening], threads=1, cleanup_interval=0.05, max_request_body_size=200_000
        )
        self.server = server_on(self.listening, self.answer, dispatcher, adjustments, behind_proxy=False)
        self.server.limits = limits
        self.ending = False
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    @staticmethod
    def answer(environ, start_response):
        body = environ["wsgi.input"].read()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(str(len(body)))))])
        return [str(len(body)).encode()]

    def _run(self) -> None:
        while not self.ending:
            self.server.asyncore.loop(timeout=0.02, map=self.server.watched, use_poll=True, count=1)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=HANGING)

    def end(self) -> None:
        self.ending = True
        self.thread.join(HANGING)
        self.server.task_dispatcher.shutdown(timeout=1)
        self.server.asyncore.close_all(self.server.watched)


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    server = Served(replace(LIMITS, **getattr(request, "param", {})))
    yield server
    server.end()


def closed(connection: socket.socket) -> bool:
    """Whether the server ends the connection; waits for it."""
    try:
        return connection.recv(100) == b""
    except ConnectionError:
        return True


def ends_at(connection: socket.socket, drip: bytes) -> bool:
    try:
        connection.sendall(drip)
    except OSError:
        return True
    return False


@pytest.mark.parametrize("served", [{"head_seconds": 0.3}], indirect=True)
def test_head_that_drips_is_ended(served: Served) -> None:
    with closing(served.connect()) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        wait_for("an end", lambda: ends_at(slow, b"X: y\r\n"))


@pytest.mark.parametrize("served", [{"body_seconds": 0.3, "slowest": 1e6}], indirect=True)
def test_body_that_stops_is_ended_and_holds_no_thread(served: Served) -> None:
    with closing(served.connect()) as slow, closing(served.connect()) as other:
        slow.sendall(HEAD + b"1234567")
        other.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")  # there is one thread
        assert b"200 OK" in other.recv(1000)
        assert closed(slow)


@pytest.mark.parametrize("served", [{"body_seconds": 0.3, "slowest": 1000}], indirect=True)
def test_body_that_keeps_the_pace_is_taken(served: Served) -> None:
    with closing(served.connect()) as steady:
        steady.sendall(HEAD)
        for _part in range(20):
            steady.sendall(b"x" * 5000)
            time.sleep(0.03)
        assert steady.recv(1000).endswith(b"100000")


@pytest.mark.parametrize("served", [{"connections_of_host": 3}], indirect=True)
def test_host_with_too_many_connections_loses_its_oldest_silent_one(served: Served) -> None:
    """Nobody who shares an address with whoever holds them is turned away."""
    held = [served.connect() for _one in range(3)]
    for slow in held:
        slow.sendall(HEAD + b"1234567")
    wait_for("three connections", lambda: len(served.server.channels) == 3)
    for _reader in range(2):
        with closing(served.connect()) as one_more:
            one_more.sendall(b"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            assert b"200 OK" in one_more.recv(1000)
        wait_for("no more than three", lambda: len(served.server.channels) <= 3)
    assert closed(held[0])
    for connection in held:
        connection.close()


@pytest.mark.parametrize("served", [{"connections_of_host": 2}], indirect=True)
def test_host_whose_every_connection_is_asked_something_gets_no_more(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Channel, "total_outbufs_len", 1, raising=False)
    with closing(served.connect()), closing(served.connect()), closing(served.connect()) as third:
        assert closed(third)


@pytest.mark.parametrize("served", [{"arriving_of_host": 50_000}], indirect=True)
def test_host_that_sends_too_much_at_once_is_ended(served: Served) -> None:
    with closing(served.connect()) as one, closing(served.connect()) as two:
        for greedy in (one, two):
            greedy.sendall(HEAD + b"x" * 40_000)
        assert closed(two)


def test_body_above_the_largest_is_refused_before_it_comes(served: Served) -> None:
    with closing(served.connect()) as large:
        large.sendall(HEAD.replace(b"100000", b"300000000"))
        assert b" 413 " in large.recv(1000)


def test_two_lengths_are_refused(served: Served) -> None:
    with closing(served.connect()) as smuggler:
        smuggler.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")
        answer = io.BytesIO()
        while block := smuggler.recv(1000):
            answer.write(block)
        assert b" 400 " in answer.getvalue()
