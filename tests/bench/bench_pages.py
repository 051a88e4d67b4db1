"""How long the first pages take, as ratios to /healthz within one run: median of five runs of 500 requests each.

A machine's speed falls out of a ratio; what remains is what our own code costs.
"""

import statistics
import sys
import time

from tests import conftest  # first: it decides the environment before Django reads its settings

from django.core.management import call_command  # isort: skip
from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import setup_test_environment, teardown_test_environment  # isort: skip

REFERENCE = "/healthz"
PAGES = sys.argv[1:] or [
    "/",
    "/reserves/",
]  # others: python -m tests.bench.bench_pages /geoparks/ "/reserves/?state=JP"
RUNS = 5
REQUESTS = 500


def seconds_for(client: Client, path: str, requests: int) -> float:
    began = time.perf_counter()
    for _request in range(requests):
        client.get(path)
    return time.perf_counter() - began


def measure() -> int:
    client = Client(headers={"host": "localhost"})
    for path in (REFERENCE, *PAGES):
        if (status := client.get(path).status_code) != 200:
            print(f"{path} answers {status}; nothing was measured.", file=sys.stderr)
            return 1
    ratios: dict[str, list[float]] = {path: [] for path in PAGES}
    milliseconds: dict[str, list[float]] = {path: [] for path in PAGES}
    for _run in range(RUNS):
        reference = seconds_for(client, REFERENCE, REQUESTS)
        for path in PAGES:
            took = seconds_for(client, path, REQUESTS)
            ratios[path].append(took / reference)
            milliseconds[path].append(1000 * took / REQUESTS)
    print(
        f"ratio to {REFERENCE}, median of {RUNS} runs of {REQUESTS} requests (lowest - highest; milliseconds on this machine)"
    )
    for path in PAGES:
        found = ratios[path]
        spread = f"({min(found):.1f} - {max(found):.1f}; {statistics.median(milliseconds[path]):.1f} ms)"
        print(f"  {path:24} {statistics.median(found):6.1f}  {spread}")
    return 0


def main() -> int:
    assert conftest.RUN is not None
    if template := conftest.embedded_template():
        conftest.RUN.start()
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        call_command("load_network_data", verbosity=0)
        return measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()
        conftest.RUN.end()


if __name__ == "__main__":
    sys.exit(main())
