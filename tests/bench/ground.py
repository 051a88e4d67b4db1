"""Ground of every benchmark: a database of its own, and times as ratios within one run, since a machine's speed falls out."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tests import conftest  # first: it decides the environment before Django reads its settings

from django.db import connection  # isort: skip

RUNS = 5
Times = dict[str, list[tuple[float, float]]]


@contextmanager
def database() -> Iterator[None]:
    """An empty migrated database, gone afterwards."""
    assert conftest.RUN is not None
    if template := conftest.embedded_template():
        conftest.RUN.start()
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    name = connection.settings_dict["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        conftest.RUN.end()


def analyse() -> None:
    """Lets the database count what it holds, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rounds(acts: Mapping[str, Callable[[], object]], times: int) -> Times:
    """Milliseconds of each act, of this process's processor and on the clock, in each of the runs; all acts in turn."""
    for act in acts.values():
        act()
    found: Times = {name: [] for name in acts}
    for _run in range(RUNS):
        for name, act in acts.items():
            cpu, clock = time.process_time(), time.perf_counter()
            for _time in range(times):
                act()
            spent = time.process_time() - cpu, time.perf_counter() - clock
            found[name].append((spent[0] * 1000 / times, spent[1] * 1000 / times))
    return found


def tell(title: str, found: Times, reference: Times) -> None:
    """Each act's ratio to its reference, the median of the runs."""
    print(title)
    for name, spent in found.items():
        pairs = list(zip(spent, reference[name], strict=True))
        cpu, clock = (statistics.median(mine[n] / other[n] for mine, other in pairs) for n in (0, 1))
        here = statistics.median(mine[1] for mine in spent)
        print(f"  {name:34} {cpu:6.2f} of the processor, {clock:6.2f} on the clock  ({here:.2f} ms on the clock here)")
