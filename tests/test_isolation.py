"""The tests themselves stand alone: they reach no other host."""

import socket
import urllib.request

import pytest

from .isolation import NetworkBlocked, is_local


def test_connection_to_another_host_is_refused() -> None:
    with pytest.raises(NetworkBlocked, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_datagram_to_another_host_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(NetworkBlocked):
        sender.sendto(b"x", ("192.0.2.1", 53))


def test_name_of_another_host_is_not_looked_up() -> None:
    with pytest.raises(NetworkBlocked, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_urllib_cannot_leave() -> None:
    with pytest.raises(OSError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/", timeout=1)


def test_this_machine_can_be_reached() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        (b"127.8.8.8", True),
        ("10.0.0.1", False),
        ("example.org", False),
    ],
)
def test_local_hosts_are_told_from_others(host: str | bytes, local: bool) -> None:
    assert is_local(host) is local
