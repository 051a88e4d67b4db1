"""The port of the web server: taken before anything is started, so that nobody else can."""

import errno
import http.client
import socket
import time

from .errors import Refused

BACKLOG = 1024  # visitors who wait for the web server


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _answers(host: str, port: int) -> bool:
    with socket.socket(_family(host)) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def listen(host: str, port: int, *, patience: float = 1.0) -> socket.socket:
    """A socket that listens on the port; the web server inherits it.

    Whoever comes while everything still starts, or while the web server is started again, waits for his answer.
    `patience` is for a server killed a moment ago, which still holds the port while the kernel takes it apart.
    """
    until = time.monotonic() + patience
    try:
        while True:
            try:
                listening = socket.create_server((host, port), family=_family(host), backlog=BACKLOG)
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                    raise
                time.sleep(0.1)
    except (OSError, UnicodeError) as error:
        number = error.errno if isinstance(error, OSError) else None
        if number == errno.EADDRINUSE:
            raise Refused(in_use(port)) from None
        if number == errno.EACCES:
            raise Refused(
                f"Port {port} is for the system's administrator only. Choose another: PORT=8001 make run"
            ) from None
        raise Refused(f"HOST={host} is not an address of this machine.") from None
    if host == "127.0.0.1" and _answers("::1", port):  # browsers try this one first for "localhost"
        listening.close()
        raise Refused(in_use(port))
    return listening


def in_use(port: int) -> str:
    other = port + 1 if port < 65535 else 8001
    return f"Port {port} is in use by another program. Choose another: PORT={other} make run"


def healthy(host: str, port: int, *, host_header: str) -> bool:
    """Whether the portal answers; nobody else can, since the port is ours."""
    reached_at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(reached_at, port, timeout=5)
    try:
        connection.request("GET", "/livez", headers={"Host": host_header, "Connection": "close"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
