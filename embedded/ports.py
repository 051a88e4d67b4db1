"""The port of the web server: proved free before anything is started, and kept from others while we start."""

import contextlib
import errno
import http.client
import socket
import time

from .errors import Refused


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _answers(host: str, port: int) -> bool:
    with socket.socket(_family(host)) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _prove_free(host: str, port: int) -> None:
    with socket.socket(_family(host)) as trial:
        # Connections that are just closing do not count.
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))


def reserve(host: str, port: int, *, patience: float = 1.0) -> socket.socket:
    """A socket bound to the port that never listens: the web server may share it (SO_REUSEPORT), strangers may not.

    The web server itself would start silently beside another one on the same port and share its visitors. `patience` is for
    a server killed a moment ago, which still holds the port while the kernel takes it apart.
    """
    until = time.monotonic() + patience
    try:
        while True:
            try:
                _prove_free(host, port)
                break
            except OSError as error:
                if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        kept = socket.socket(_family(host))
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        with contextlib.suppress(OSError):  # free, but some connections of another program are still closing
            kept.bind((host, port))
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
        kept.close()
        raise Refused(in_use(port))
    return kept


def in_use(port: int) -> str:
    other = port + 1 if port < 65535 else 8001
    return f"Port {port} is in use by another program. Choose another: PORT={other} make run"


def healthy(host: str, port: int, *, host_header: str) -> bool:
    """Whether the portal answers. Our port was free and kept, so nobody else can."""
    reached_at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(reached_at, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": host_header, "Connection": "close"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
