"""The portal behind Debian's nginx with TLS, as deploy/nginx/portal.conf has it."""

import contextlib
import http.client
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.places import PROJECT
from tests.ports import free_port
from tests.waiting import HANGING, wait_for

from .portal import Portal

pytestmark = pytest.mark.stack

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")


class Front:
    """nginx in front of a portal, on ports of its own."""

    def __init__(self, folder: Path, portal: Portal) -> None:
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        self._certificate()
        text = (PROJECT / "deploy" / "nginx" / "portal.conf").read_text()
        for old, new in {
            "server unix:/run/eabrn/web.sock;": f"server 127.0.0.1:{portal.port};",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.https} ssl;",
            "/etc/ssl/portal.example/fullchain.pem": str(folder / "cert.pem"),
            "/etc/ssl/portal.example/privkey.pem": str(folder / "key.pem"),
            "portal.example": "localhost",
        }.items():
            assert old in text
            text = text.replace(old, new)
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
        places = "".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {places}\n{text}\n}}"
        )
        self.process = subprocess.Popen(
            [NGINX, "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off; user root;"], stderr=subprocess.PIPE
        )
        wait_for("nginx", self._listens)

    def _certificate(self) -> None:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-keyout", self.folder / "key.pem", "-out", self.folder / "cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip

    def _listens(self) -> bool:
        assert self.process.poll() is None, self.process.stderr.read()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.https), timeout=1):
            return True
        return False

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        trusting = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        connection = http.client.HTTPSConnection("localhost", self.https, context=trusting, timeout=HANGING)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, headers={"Host": "localhost", **named})
            answer = connection.getresponse()
            answer.read()
            return answer


@pytest.fixture(scope="module")
def front(first_start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if NGINX is None:
        pytest.skip("nginx is not on this machine")
    portal = first_start.portal
    if portal.is_running:
        portal.stop()
    public = {
        "SITE_URL": "https://localhost",
        "ALLOWED_HOSTS": "localhost",
        "SECRET_KEY": "for this test only " + "x" * 50,
        "TRUSTED_PROXY_COUNT": "1",
        "METRICS_FROM": "127.0.0.1",
    }
    portal.environ |= public
    portal.start().ready()
    proxy = Front(tmp_path_factory.mktemp("nginx"), portal)
    yield proxy
    proxy.process.terminate()
    proxy.process.wait(HANGING)
    proxy.process.stderr.close()
    portal.stop()
    for name in public:
        portal.environ.pop(name)


def test_pages_are_served_over_tls_and_do_not_lead_to_themselves(front: Front) -> None:
    answer = front.ask("/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert front.ask("/accounts/login/").headers["Set-Cookie"].lower().count("secure") >= 1


def test_plain_http_leads_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.http, timeout=HANGING)
    connection.request("GET", "/reserves/", headers={"Host": "localhost"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/reserves/")
    connection.close()


def test_what_a_client_says_about_itself_is_dropped(front: Front) -> None:
    answer = front.ask("/about/?forged=1", X_Forwarded_Proto="http", X_Forwarded_For="192.0.2.1", X_Request_ID="a" * 32)
    assert answer.status == 200  # http would be led to https
    assert answer.headers["X-Request-ID"] != "a" * 32


def test_figures_are_not_for_the_outside(front: Front) -> None:
    assert front.ask("/metrics").status == 404
    assert front.ask("/readyz").status in {200, 503}


def test_too_large_a_body_is_refused_at_the_door(front: Front) -> None:
    trusting = ssl.create_default_context(cafile=str(front.folder / "cert.pem"))
    with trusting.wrap_socket(
        socket.create_connection(("localhost", front.https)), server_hostname="localhost"
    ) as large:
        large.sendall(b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000000\r\n\r\n")
        assert b" 413 " in large.recv(1000)
