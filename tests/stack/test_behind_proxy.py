"""The portal behind the proxies of deploy/, which speak TLS for it: Debian's nginx, and Caddy."""

import http.client
import socket
from collections.abc import Iterator

import pytest

from tests.waiting import HANGING

from .portal import Portal
from .proxies import PROXIES, Proxy, program

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def public(first_start) -> Iterator[Portal]:
    """The portal as it runs in public, behind one proxy."""
    portal = first_start.portal
    if portal.is_running:
        portal.stop()
    given = {
        "SITE_URL": "https://localhost",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": "for this test only " + "x" * 50,
        "TRUSTED_PROXY_COUNT": "1",
        "METRICS_FROM": "127.0.0.1",
    }
    portal.environ |= given
    portal.start().ready()
    yield portal
    portal.stop()
    for name in given:
        portal.environ.pop(name)


@pytest.fixture(scope="module", params=PROXIES)
def front(request: pytest.FixtureRequest, public: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if program(request.param) is None:
        pytest.skip(f"{request.param} is not on this machine")
    proxy = PROXIES[request.param](tmp_path_factory.mktemp(request.param), public)
    yield proxy
    proxy.end()


def test_pages_are_served_over_tls_and_do_not_lead_to_themselves(front: Proxy) -> None:
    answer = front.ask("/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert front.ask("/accounts/login/").headers["Set-Cookie"].lower().count("secure") >= 1


def test_plain_http_leads_to_https(front: Proxy) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.http, timeout=HANGING)
    connection.request("GET", "/reserves/", headers={"Host": "localhost"})
    answer = connection.getresponse()
    there = answer.headers["Location"].replace(f":{front.https}", "")
    assert (answer.status in {301, 308}, there) == (True, "https://localhost/reserves/")
    connection.close()


def test_what_a_client_says_about_itself_is_dropped(front: Proxy) -> None:
    answer = front.ask("/about/?forged=1", X_Forwarded_Proto="http", X_Forwarded_For="192.0.2.1", X_Request_ID="a" * 32)
    assert answer.status == 200  # http would be led to https
    assert answer.headers["X-Request-ID"] != "a" * 32


def test_figures_are_not_for_the_outside(front: Proxy) -> None:
    assert front.ask("/metrics").status == 404
    assert front.ask("/readyz").status in {200, 503}


def test_too_large_a_body_is_refused_at_the_door(front: Proxy) -> None:
    """By its length, before any of it has come."""
    with front.trusting.wrap_socket(
        socket.create_connection(("localhost", front.https), timeout=HANGING), server_hostname="localhost"
    ) as large:
        large.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000000\r\n\r\n")
        assert b" 413 " in large.recv(1000)
