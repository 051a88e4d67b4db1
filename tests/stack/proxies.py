"""The proxies of deploy/, in front of a portal on ports of this machine: their files as they are, but for names and places."""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from pathlib import Path

from embedded.places import PROJECT
from tests.ports import free_port
from tests.waiting import HANGING, wait_for

from .portal import Portal


def program(name: str) -> str | None:
    """Of the system, or beside this Python: packages bring programs too."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin")


class Proxy:
    """Speaks TLS with a certificate of its own. Subclasses write the configuration and say how they are started."""

    name: str
    file: str
    named: str  # the site in the file of deploy/

    def __init__(self, folder: Path, portal: Portal) -> None:
        self.folder, self.portal = folder, portal
        self.http, self.https = free_port(), free_port()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(self.started(), stderr=said, stdout=said, env={"HOME": str(folder)})
        wait_for(self.name, self._listens, lambda: (folder / "said").read_text())

    def started(self) -> list[str]:
        raise NotImplementedError

    def configuration(self, changes: dict[str, str]) -> str:
        text = (PROJECT / "deploy" / self.file).read_text()
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        return text

    def _listens(self) -> bool:
        assert self.process.poll() is None, (self.folder / "said").read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.https), timeout=1):
            return True
        return False

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(HANGING)

    @property
    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "cert.pem"))

    def ask(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPSConnection("localhost", self.https, context=self.trusting, timeout=HANGING)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, headers={"Host": "localhost", **named})
            answer = connection.getresponse()
            answer.read()
            return answer


class Nginx(Proxy):
    name, file = "nginx", "nginx/portal.conf"

    def started(self) -> list[str]:
        folder = self.folder
        text = self.configuration(
            {
                "server unix:/run/eabrn/web.sock;": f"server 127.0.0.1:{self.portal.port};",
                "listen 80;": f"listen 127.0.0.1:{self.http};",
                "listen 443 ssl;": f"listen 127.0.0.1:{self.https} ssl;",
                "/etc/ssl/portal.example/fullchain.pem": str(folder / "cert.pem"),
                "/etc/ssl/portal.example/privkey.pem": str(folder / "key.pem"),
                "portal.example": "localhost",
            }
        )
        text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
        places = "".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ {places}\n{text}\n}}"
        )
        return [
            str(program("nginx")),
            "-p",
            str(folder),
            "-c",
            str(folder / "nginx.conf"),
            "-g",
            "daemon off; user root;",
        ]


class Caddy(Proxy):
    """Its certificate is given here: there is nobody to ask for one."""

    name, file = "caddy", "caddy/Caddyfile"

    def started(self) -> list[str]:
        folder = self.folder
        text = self.configuration(
            {
                "portal.example {": f"localhost {{\n\ttls {folder}/cert.pem {folder}/key.pem",
                "unix//run/eabrn/web.sock": f"127.0.0.1:{self.portal.port}",
            }
        )
        ours = f"{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {self.http}\n\thttps_port {self.https}\n}}\n"
        (folder / "Caddyfile").write_text(ours + text)
        return [str(program("caddy")), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


PROXIES: dict[str, type[Proxy]] = {"nginx": Nginx, "caddy": Caddy}
