import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from embedded import ports
from embedded.errors import Refused
from tests.ports import free_port
from tests.waiting import HANGING


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_port_in_use_is_refused_even_when_it_could_be_shared(host: str, shared: bool) -> None:
    with socket.socket() as other:
        if shared:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused) as refused:
            ports.listen(host, port, patience=0)
    assert str(refused.value) == f"Port {port} is in use by another program. Choose another: PORT={port + 1} make run"


def test_port_of_another_program_on_the_other_localhost_is_refused() -> None:
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            other.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        other.listen()
        with pytest.raises(Refused, match="in use"):
            ports.listen("127.0.0.1", other.getsockname()[1])


def test_two_portals_cannot_listen_on_one_port() -> None:
    port = free_port()
    with ports.listen("127.0.0.1", port), pytest.raises(Refused, match=f"Port {port} is in use"):
        ports.listen("127.0.0.1", port, patience=0)


def test_visitor_who_comes_early_is_served_by_whoever_inherits_the_socket() -> None:
    with (
        ports.listen("127.0.0.1", free_port()) as listening,
        socket.create_connection(listening.getsockname(), timeout=HANGING) as visitor,
        socket.socket(fileno=os.dup(listening.fileno())) as inherited,
    ):
        answered, from_where = inherited.accept()
        assert from_where == visitor.getsockname()
        answered.close()


def test_port_that_was_just_closed_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", port))
        server.accept()[0].close()  # our side closes first and keeps the connection waiting
    client.close()
    ports.listen("127.0.0.1", port, patience=0).close()
    with socket.create_server(("127.0.0.1", port)) as again:
        assert again.getsockname()[1] == port


def test_address_of_another_machine_is_said() -> None:
    with pytest.raises(Refused, match=r"HOST=192\.0\.2\.1 is not an address of this machine\."):
        ports.listen("192.0.2.1", free_port())


class Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if (self.path, self.headers["Host"]) == ("/livez", "portal.example") else 500)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def answering() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_health_is_asked_under_the_public_name(answering: int) -> None:
    assert ports.healthy("0.0.0.0", answering, host_header="portal.example") is True
    assert ports.healthy("127.0.0.1", answering, host_header="another.example") is False


def test_nobody_there_is_not_healthy() -> None:
    assert ports.healthy("127.0.0.1", free_port(), host_header="localhost") is False
