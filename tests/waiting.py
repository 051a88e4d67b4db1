"""Waiting for what happens in other processes."""

import time
from collections.abc import Callable


def wait_for(what: str, happened: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, f"{what}: not within {seconds} s"
        time.sleep(0.05)
