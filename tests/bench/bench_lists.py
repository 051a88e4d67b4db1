"""What lists of sites with filters and counts cost, and what a map takes, as ratios within one run.

To a bare page with 200 sites (R); at 10,000 sites also to the same list at 200. A page of the portal that no site changes is
measured each time, and both are compared by it: between the two the machine may have become busier. Lists are made for each
request, the page cache is off.

    python -m tests.bench.bench_lists [requests]
"""

import sys
from collections import deque
from collections.abc import Callable

from tests.bench import ground

from django.core.cache import cache  # isort: skip
from django.test import Client, override_settings  # isort: skip

from search import index as search_index
from tests.bench.ground import Wanted
from tests.bench.reference import R, urls_with_reference
from tests.bench.sites import make_sites, make_states

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else ground.FEWEST
SMALL, LARGE = 200, 10_000
PLAIN = "/about/"
LISTS = ("/reserves/", "/sites/")
# Many filters at once that leave more than a page of 200 sites: a page of the same length is compared.
FILTER = (
    "state=CN&state=JP&state=KR&state=KZ&state=MN&state=RU&status=designated&year_min=1980&area_min=100&sort=newest"
)
LIST, WORDS, GROWN, MAP = Wanted(2.5, 6), Wanted(4, 8), Wanted(1.5, 3), Wanted(0.8, 1.5)


def lists(sites: int) -> dict[str, str]:
    """First page, a filter, last page, of each list."""
    found = {}
    for each in LISTS:
        last = -(-(sites if each == "/sites/" else sites // 2) // 25)
        found |= {f"{each} first": each, f"{each} filtered": f"{each}?{FILTER}", f"{each} last": f"{each}?page={last}"}
    return found


def words() -> dict[str, str]:
    """Filter and words; then a word that every site holds, which is the worst there is, and one that few hold."""
    found = {}
    for each in LISTS:
        found |= {
            f"{each} filter, words": f"{each}?{FILTER}&q=site",
            f"{each} a word of all": f"{each}?q=site",
            f"{each} a word of few": f"{each}?q=0012",
        }
    return found


def pages(addresses: dict[str, str]) -> dict[str, Callable[[], object]]:
    client = Client(headers={"host": "localhost"})

    def get(address: str) -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")
        if response.streaming:
            deque(response.streaming_content, maxlen=0)  # type: ignore[attr-defined]

    return {name: (lambda address=address: get(address)) for name, address in addresses.items()}


def grow(first: int, last: int) -> None:
    make_sites(first, last)
    search_index.refresh()
    ground.analyse()


def measure() -> bool:
    runs = f"median of {ground.RUNS} runs of {ground.few(REQUESTS)} requests"
    make_states()
    grow(0, SMALL)
    data = {"map data": "/sites/export.geojson"}
    acts = pages({"R": R, "plain": PLAIN} | lists(SMALL) | words() | data)

    def first_map_data() -> None:
        cache.clear()
        acts["map data"]()

    small = ground.rounds(acts | {"map data, first of a version": first_map_data}, REQUESTS)
    bare, plain = small.pop("R"), small.pop("plain")
    wanted = dict.fromkeys(lists(SMALL), LIST) | dict.fromkeys(words(), WORDS) | dict.fromkeys(data, MAP)
    held = ground.told(f"{SMALL} sites, ratio to R, {runs}", small, dict.fromkeys(small, bare), wanted)
    grow(SMALL, LARGE)
    large = ground.rounds(pages({"plain": PLAIN} | lists(LARGE) | words()), REQUESTS)
    now = large.pop("plain")
    mine, before = ground.by(large, now), ground.by(small, plain)
    once = ground.by({"R": bare}, plain)["R"]
    grown = {name: mine[name] for name in lists(LARGE)}
    title = f"{LARGE} sites, ratio to {SMALL} sites, by the page {PLAIN} of its time, {runs}"
    held &= ground.told(title, grown, before, dict.fromkeys(grown, GROWN))
    title = f"{LARGE} sites, ratio to R at {SMALL}, by the page {PLAIN} of its time, {runs}"
    searched = {name: mine[name] for name in words()}
    return ground.told(title, searched, dict.fromkeys(searched, once), dict.fromkeys(searched, WORDS)) and held


if __name__ == "__main__":
    with ground.database(), override_settings(ROOT_URLCONF=urls_with_reference()):
        sys.exit(not measure())
