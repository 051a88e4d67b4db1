"""`python -m eabrn_portal.web_server`: answers on a port, or on a socket that the supervisor or systemd opened.

--port 8000 --host 127.0.0.1     opens the port itself
--fd 7                           a socket that listens already, inherited under this number
(LISTEN_FDS)                     the same from systemd: number 3
--processes 2 --threads 8        each thread holds one connection to the database at most
"""

import argparse
import os
import signal
import socket
import sys

os.environ["EABRN_PROCESS"] = "web"  # before any setting is read
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eabrn_portal.settings")

from django.conf import settings

os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.VAR_DIR / "metrics")  # before prometheus_client is loaded

from ..wsgi import application
from .processes import serve

SYSTEMD_FIRST = 3


def listening_socket(host: str, port: int, fd: int | None) -> socket.socket:
    """The inherited socket, or a new one on the address."""
    if fd is None and os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1":
        fd = SYSTEMD_FIRST
    if fd is not None:
        return socket.socket(fileno=fd)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=1024)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eabrn_portal.web_server", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=8)
    chosen = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with listening_socket(chosen.host, chosen.port, chosen.fd) as listening:
        return serve(listening, application, processes=chosen.processes, threads=chosen.threads)


if __name__ == "__main__":
    sys.exit(main())
