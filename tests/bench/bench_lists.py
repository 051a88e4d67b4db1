"""What a list of sites with filters and counts costs, as ratios within one run.

At 200 sites to a bare page (R); at 10,000 sites to the same list at 200, each by a page of its time that no site changes:
between the two the machine may have become busier. The list is made for each request, the page cache is off.

    python -m tests.bench.bench_lists [requests]
"""

import sys
from collections.abc import Callable

from tests.bench import ground

from django.test import Client, override_settings  # isort: skip

from directory import search_index
from tests.bench.reference import R, urls_with_reference
from tests.bench.sites import make_sites, make_states

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
SMALL, LARGE = 200, 10_000
PLAIN = "/about/"
LISTS = ("/reserves/", "/geoparks/", "/sites/")
# Many filters at once that leave more than a page of 200 sites: a page of the same length is compared.
FILTER = (
    "state=CN&state=JP&state=KR&state=KZ&state=MN&state=RU&status=designated&year_min=1980&area_min=100&sort=newest"
)


def addresses(sites: int) -> dict[str, str]:
    """First page, a filter, words of a name, last page, of each list."""
    found = {}
    for each in LISTS:
        last = -(-(sites if each == "/sites/" else sites // 2) // 25)
        found |= {
            f"{each} first": each,
            f"{each} filtered": f"{each}?{FILTER}",
            f"{each} with words": f"{each}?{FILTER}&q=site",
            f"{each} last": f"{each}?page={last}",
        }
    return found


def pages(addresses: dict[str, str]) -> dict[str, Callable[[], object]]:
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> None:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")

    return {name: (lambda address=address: get(address)) for name, address in addresses.items()}


def by(found: ground.Times, reference: list[tuple[float, float]]) -> ground.Times:
    """As multiples of the plain page of the same run."""
    return {
        name: [(mine[0] / other[0], mine[1] / other[1]) for mine, other in zip(times, reference, strict=True)]
        for name, times in found.items()
    }


def measure() -> None:
    make_states()
    make_sites(0, SMALL)
    search_index.refresh()
    ground.analyse()
    small = ground.rounds(pages({"R": R, "plain": PLAIN, **addresses(SMALL)}), REQUESTS)
    bare_page, plain_then = small.pop("R"), small.pop("plain")
    ground.tell(
        f"{SMALL} sites, ratio to R, median of {ground.RUNS} runs of {REQUESTS} requests",
        small,
        dict.fromkeys(small, bare_page),
    )
    make_sites(SMALL, LARGE)
    search_index.refresh()
    ground.analyse()
    requests = min(REQUESTS, 200)
    large = ground.rounds(pages({"plain": PLAIN, **addresses(LARGE)}), requests)
    plain_now = large.pop("plain")
    title = f"{LARGE} sites, ratio to {SMALL} sites by the page {PLAIN} of its time, median of {ground.RUNS} runs of {requests} requests"
    ground.tell(title, by(large, plain_now), by(small, plain_then))


if __name__ == "__main__":
    with ground.database(), override_settings(ROOT_URLCONF=urls_with_reference()):
        measure()
