"""What one client may take of the web server: how long a request may take to arrive, how many connections, how many bytes.

waitress gives a request to a thread only when all of it is here, so slow clients cost no thread. Its own time limit starts
anew with every byte, though: a client that sends one byte in ten seconds would keep its connection, and what it has sent,
for ever.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, TcpWSGIServer, UnixWSGIServer

IPV6_HOST: Final = 64  # bits: what one house is given


@dataclass(frozen=True)
class Limits:
    """Of one web process. Bytes and seconds."""

    head_seconds: float = 15
    body_seconds: float = 15  # and what the bytes that have come would take at the slowest pace
    slowest: float = 4096  # bytes a second
    reading_seconds: float = 60  # without a byte taken of an answer that is ready
    connections_of_host: int = 100
    arriving: int = 250 * 1024 * 1024  # bytes of all bodies that are not complete
    arriving_of_host: int = 120 * 1024 * 1024


LIMITS: Final = Limits()


def host(address: str) -> str:
    """Whose connection it is: an IPv4 address, or the network of 64 bits that an IPv6 address belongs to."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, IPV6_HOST), strict=False))
    return address


class Channel(HTTPChannel):
    """One connection, which knows since when the request that is arriving has been arriving."""

    began: float | None = None
    head_ended: float | None = None

    def __init__(
        self, server: "TcpServer | UnixServer", sock: socket.socket, addr: Any, *rest: Any, **more: Any
    ) -> None:
        self.host = host(str(addr[0]))
        super().__init__(server, sock, addr, *rest, **more)

    def received(self, data: bytes) -> bool:
        if self.began is None:
            self.began = time.monotonic()
        known = super().received(data)
        request = self.request
        if request is None:  # all that was begun is complete
            self.began = self.head_ended = None
        elif request.headers_finished and self.head_ended is None:
            self.head_ended = time.monotonic()
        return bool(known)

    @property
    def arriving(self) -> int:
        """Bytes of the body that have come; 0 when no body is on its way."""
        request = self.request
        return int(request.body_bytes_received) if request is not None else 0

    def too_slow(self, now: float, limits: Limits) -> bool:
        if self.began is None:
            return False
        if self.head_ended is None:
            return now - self.began > limits.head_seconds
        return now - self.head_ended > limits.body_seconds + self.arriving / limits.slowest


class Bounded(BaseWSGIServer):
    """Both kinds of server of waitress."""

    channel_class = Channel
    limits: Limits = LIMITS
    watched: dict[int, Any]  # all that the loop of waitress watches: connections, the socket that listens
    by_host = True  # behind a proxy all clients have its address, and the limits for each host are the proxy's

    @property
    def channels(self) -> list[Channel]:
        """The connections, oldest first."""
        known: dict[int, Channel] = self.active_channels  # type: ignore[assignment]  # the stubs are wrong here
        return list(known.values())

    def handle_accept(self) -> None:
        """A host with too many connections loses its oldest one on which nothing is asked: others behind the same address, an
        office or a mobile network, still come in, and whoever holds connections holds their own alone."""
        super().handle_accept()
        if not self.by_host or not (channels := self.channels):
            return
        newest = channels[-1]
        ours = [channel for channel in channels if channel.host == newest.host and not channel.will_close]
        if len(ours) > self.limits.connections_of_host:
            silent = (one for one in ours if not one.requests and not one.total_outbufs_len)
            next(silent, newest).will_close = True

    def maintenance(self, _now: float) -> None:
        """Ends connections that take too long or too much; called every few seconds."""
        now, wall = time.monotonic(), time.time()
        arriving: dict[str, int] = {}
        total = 0
        for channel in self.channels:
            if channel.requests:  # a thread is at work for it, or its turn comes
                if channel.total_outbufs_len and wall - channel.last_activity > self.limits.reading_seconds:
                    channel.will_close = True  # the thread that still writes learns it by an exception
                continue
            arriving[channel.host] = arriving.get(channel.host, 0) + channel.arriving
            total += channel.arriving
            greedy = self.by_host and arriving[channel.host] > self.limits.arriving_of_host
            idle = channel.began is None and wall - channel.last_activity > self.limits.head_seconds * 2
            slow_reader = channel.total_outbufs_len and wall - channel.last_activity > self.limits.reading_seconds
            if (
                slow_reader
                or (idle and not channel.total_outbufs_len)
                or channel.too_slow(now, self.limits)
                or (channel.arriving and (greedy or total > self.limits.arriving))
            ):
                channel.will_close = True


class TcpServer(Bounded, TcpWSGIServer):
    """On an address and a port."""


class UnixServer(Bounded, UnixWSGIServer):
    """On a socket in the file system, where the only client is the proxy in front."""


def server_on(
    listening: socket.socket, application: Any, dispatcher: Any, adjustments: Any, *, behind_proxy: bool
) -> TcpServer | UnixServer:
    """A server of waitress on a socket that listens already and may be shared with other processes."""
    kind = UnixServer if listening.family == socket.AF_UNIX else TcpServer
    watched: dict[int, Any] = {}
    server = kind(
        application,
        watched,
        True,
        listening,
        dispatcher=dispatcher,
        adj=adjustments,
        bind_socket=False,
        sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
    )
    server.watched = watched
    server.by_host = not (behind_proxy or listening.family == socket.AF_UNIX)
    return server
