"""The processes of the web server: one that watches, and beneath it those that answer."""

import ctypes
import logging
import os
import shutil
import signal
import socket
import sys
import time
from types import FrameType
from typing import Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from ..postgres import deadline
from ..postgres.limits import GRACE_SECONDS, LIMITS
from .limits import TcpServer, UnixServer, server_on

logger = logging.getLogger(__name__)
MIB: Final = 1024 * 1024
LARGEST_BODY: Final = 55 * MIB  # the largest file that may be sent up, with its form
ENDING_SECONDS: Final = 15  # within which answers that are being made are made
STEADY_SECONDS: Final = 10
MOST_QUICK_FAILURES: Final = 5  # then something is wrong that a new process does not mend
CHECK_SECONDS: Final = 2
ENDING: Final = (signal.SIGTERM, signal.SIGINT)


class _StopError(Exception):
    """The watching process was asked to stop."""


def serve(listening: socket.socket, application: WSGIHandler, *, processes: int, threads: int) -> int:
    """Answers until SIGTERM or SIGINT, then lets answers that are being made be made. Returns the exit code.

    The portal was loaded once, before the processes part. One that dies is replaced; the socket outlives it, so that nobody
    who waits for his turn is turned away.
    """
    connections.close_all()
    figures = os.environ["PROMETHEUS_MULTIPROC_DIR"]
    shutil.rmtree(figures, ignore_errors=True)
    os.makedirs(figures, mode=0o700)
    os.set_inheritable(listening.fileno(), True)
    alive: dict[int, float] = {}
    watching = os.getpid()
    quick = 0

    def start() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # until the new process has handlers of its own
        pid = os.fork()
        if pid == 0:
            _answer(listening, application, threads=threads, watching=watching)
        alive[pid] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _StopError

    for sign in ENDING:
        signal.signal(sign, stop)
    try:
        for _one in range(processes):
            start()
        while True:
            pid, status = os.wait()
            began = alive.pop(pid, 0.0)
            logger.error("A web process ended (%s); another takes its place", os.waitstatus_to_exitcode(status))
            quick = quick + 1 if time.monotonic() - began < STEADY_SECONDS else 0
            if quick > MOST_QUICK_FAILURES:
                _end(alive)
                return 1
            start()
    except _StopError:
        _end(alive)
    return 0


def _end(alive: dict[int, float]) -> None:
    for sign in ENDING:
        signal.signal(sign, signal.SIG_IGN)
    for pid in alive:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + ENDING_SECONDS + 1
    while alive and time.monotonic() < until:
        pid, _status = os.waitpid(-1, os.WNOHANG)
        if pid:
            alive.pop(pid, None)
        else:
            time.sleep(0.02)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _answer(listening: socket.socket, application: WSGIHandler, *, threads: int, watching: int) -> None:
    """One process: never returns."""
    code = 1
    try:
        _ends_with(watching)
        deadline.install(LIMITS["web"].statement + GRACE_SECONDS)
        server = make_server(listening, application, threads=threads)
        ending = False

        def stop(_signal: int, _frame: FrameType | None) -> None:
            nonlocal ending
            ending = True
            server.pull_trigger()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the watching process says when
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        while not ending:
            server.asyncore.loop(timeout=CHECK_SECONDS, map=server.watched, use_poll=True, count=1)
        _finish(server)
        code = 0
    except BaseException:
        logger.exception("A web process fails")
    finally:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)


def make_server(listening: socket.socket, application: WSGIHandler, *, threads: int) -> TcpServer | UnixServer:
    """A server of waitress with the portal's limits, on a socket that listens."""
    trusted = settings.TRUSTED_PROXY_COUNT
    proxies = (
        {
            "trusted_proxy": "*",  # the port is reachable for the proxy only: docs/operating.md
            "trusted_proxy_count": trusted,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
        if trusted
        else {}
    )
    adjustments = Adjustments(
        sockets=[listening],
        threads=threads,
        connection_limit=1000,
        channel_timeout=30,
        cleanup_interval=CHECK_SECONDS,
        max_request_body_size=LARGEST_BODY,
        max_request_header_size=32768,
        inbuf_overflow=64 * 1024,
        outbuf_overflow=MIB,
        outbuf_high_watermark=16 * MIB,
        asyncore_use_poll=True,
        ident=None,
        clear_untrusted_proxy_headers=True,
        **proxies,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    return server_on(listening, application, dispatcher, adjustments, behind_proxy=bool(trusted))


def _finish(server: TcpServer | UnixServer) -> None:
    """Takes nobody new, and goes on until all answers are made and sent, or the time for it is over."""
    server.accepting = False
    server.del_channel()  # not asked any more; the socket itself belongs to all processes
    until = time.monotonic() + ENDING_SECONDS
    while time.monotonic() < until:
        busy = [channel for channel in server.channels if channel.requests or channel.total_outbufs_len]
        if not busy:
            return
        server.asyncore.loop(timeout=0.05, map=server.watched, use_poll=True, count=1)


def _ends_with(watching: int) -> None:
    """On Linux the kernel tells this process when the one that watches dies, however it dies."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(1, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != watching:  # it died before we asked
        os._exit(1)
