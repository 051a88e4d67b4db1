"""No test reaches another host: names are not looked up, connections are refused, in this process and in the browser."""

import ipaddress
import socket
from typing import Any

import pytest

LOCAL_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", "testserver"}


class NetworkBlocked(OSError):
    """A test tried to reach another host."""


def is_local(host: Any) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in LOCAL_NAMES or name == socket.gethostname():
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def block_network(patch: pytest.MonkeyPatch) -> None:
    lookup = socket.getaddrinfo

    def guarded(name: str) -> None:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            address = arguments[-1]  # of sendto too, whatever its flags
            if (
                self.family in {socket.AF_INET, socket.AF_INET6}
                and isinstance(address, tuple)
                and not is_local(address[0])
            ):
                raise NetworkBlocked(f"a test tried to reach {address[0]}")
            return original(self, *arguments)

        patch.setattr(socket.socket, name, call)

    for name in ("connect", "connect_ex", "sendto"):
        guarded(name)

    def guarded_lookup(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_local(host):
            raise NetworkBlocked(f"a test tried to look up {host}")
        return lookup(host, *arguments, **options)

    patch.setattr(socket, "getaddrinfo", guarded_lookup)
