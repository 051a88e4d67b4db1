"""Ports for servers of tests."""

import contextlib
import random
import socket

# Below those that systems give to clients: one that is free now is not taken by a connection of another test before its
# server starts, or while it is down.
OF_TESTS = range(15_000, 32_000)


def free_port() -> int:
    while True:
        port = random.SystemRandom().choice(OF_TESTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
