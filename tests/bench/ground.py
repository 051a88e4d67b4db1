"""Ground of every benchmark: a database of its own, and times as ratios within one run, since a machine's speed falls out."""

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import conftest  # first: it decides the environment before Django reads its settings

from django.db import connection  # isort: skip

from tests import databases  # isort: skip
from tests.server import TEMPLATE  # isort: skip

RUNS = 5
FEWEST = 500  # requests of a run; fewer are for a first look
Times = dict[str, list[tuple[float, float]]]
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Wanted:
    """What a ratio should be, and what it must not pass."""

    goal: float
    floor: float


@contextmanager
def database() -> Iterator[None]:
    """An empty migrated database, gone afterwards."""
    assert conftest.RUN is not None
    if databases.on_own_server():
        conftest.RUN.start()
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
    name = connection.settings_dict["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        conftest.RUN.end()


def analyse() -> None:
    """Lets the database count and tidy what it holds, as it does by itself after a while: not while it is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@cache
def _backend() -> tuple[int, int]:
    """The process of the database that serves this connection, and the one it came from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    return process, int(_stat(process)[1])


def _stat(process: int) -> list[str]:
    """What Linux knows of a process, from its state on; its name, which stands before, may hold anything."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _processor() -> float:
    """Seconds of the processor spent so far by the application and by the database for it, with its parallel workers."""
    backend, parent = _backend()
    served = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
    helped = sum(map(int, _stat(parent)[13:15])) / TICK  # by processes that have ended
    return time.process_time() + served + helped


def rounds(acts: Mapping[str, Callable[[], object]], times: int) -> Times:
    """Milliseconds of each act, of the processor (application and database) and on the clock, in each of the runs; all
    acts in turn."""
    for act in acts.values():
        act()
    found: Times = {name: [] for name in acts}
    for _run in range(RUNS):
        for name, act in acts.items():
            processor, clock = _processor(), time.perf_counter()
            for _time in range(times):
                act()
            spent = _processor() - processor, time.perf_counter() - clock
            found[name].append((spent[0] * 1000 / times, spent[1] * 1000 / times))
    return found


def ratio(found: list[tuple[float, float]], reference: list[tuple[float, float]], which: int = 0) -> float:
    """The median of the runs: of the processor, or on the clock (1)."""
    return statistics.median(mine[which] / other[which] for mine, other in zip(found, reference, strict=True))


def by(found: Times, reference: list[tuple[float, float]]) -> Times:
    """As multiples of something that was measured in the same runs."""
    return {
        name: [(mine[0] / other[0], mine[1] / other[1]) for mine, other in zip(times, reference, strict=True)]
        for name, times in found.items()
    }


def told(
    title: str, found: Times, reference: Times, wanted: Mapping[str, Wanted] | None = None, *, which: int = 0
) -> bool:
    """Prints each ratio with its goal and its floor; whether every floor is held. `which` ratio counts: of the processor,
    or on the clock (1)."""
    print(f"{title}\n  {'':34} processor     clock      goal     floor")
    held = True
    for name, spent in found.items():
        ratios = [ratio(spent, reference[name], n) for n in (0, 1)]
        line = f"  {name:34}{ratios[0]:10.2f}{ratios[1]:10.2f}"
        if wish := (wanted or {}).get(name):
            missed = ratios[which] > wish.floor
            word = "FLOOR MISSED" if missed else "goal missed" if ratios[which] > wish.goal else ""
            line += f"{wish.goal:10.2f}{wish.floor:10.2f}  {word}"
            held &= not missed
        print(line.rstrip(), flush=True)
    return held


def few(requests: int) -> int:
    """Says so when there are too few to count."""
    if requests < FEWEST:
        print(f"{requests} requests in a run are for a first look; the figures that count are of {FEWEST}.")
    return requests
