"""Waiting for what happens in other threads and processes."""

import time
from collections.abc import Callable

# Only what hangs takes so long, on however busy a machine: no test waits for less. Longer than the portal itself waits for
# its programs, so that it says first what it waits for.
HANGING = 600


def wait_for(what: str, happened: Callable[[], bool], so_far: Callable[[], str] = str) -> None:
    """`so_far` tells of what there was instead."""
    until = time.monotonic() + HANGING
    while not happened():
        assert time.monotonic() < until, f"{what}: not within {HANGING} s\n{so_far()}"
        time.sleep(0.05)
