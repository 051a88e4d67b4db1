"""What pages cost as ratios within one run, with the network's real data: to a bare page (R) and to a constant page (K).

A site page is measured cold, with nothing in either cache, and with its public part cached, as everybody gets it who does not
get whole pages; the other pages likewise. What a process has in memory it keeps: templates, the base map, and the table of sites,
which the first reader of a list or of the map after a change waits for besides. Then pages out of the page cache. A real Redis
holds all of it.

    python -m tests.bench.bench_pages [requests]
"""

import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import ground

from django.core.cache import cache  # isort: skip
from django.core.management import call_command
from django.test import Client, override_settings

from embedded.places import Places
from embedded.redis_server import Redis
from reserves.models import BiosphereReserve
from tests.bench.ground import Wanted
from tests.bench.reference import K, R, urls_with_reference

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else ground.FEWEST
SITE = "/reserves/jeju-island/"
ADDRESSES = {"home": "/", "map": "/map/", "statistics": "/statistics/", "events": "/events/"}
MADE = {
    "site page, cold": Wanted(4, 6),
    "site page, kept": Wanted(1.5, 2.5),
    **dict.fromkeys(ADDRESSES, Wanted(2.5, 5)),
}
CACHED = Wanted(1 / 0.35, 1 / 0.35)  # 0.35 of the requests a second of K


def getter(address: str) -> Callable[[], object]:
    client = Client(headers={"host": "localhost"})

    def get() -> None:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")

    return get


def cold(*addresses: str) -> Callable[[], object]:
    """A page after another, with nothing cached."""
    pages = cycle([getter(address) for address in addresses])

    def get() -> None:
        cache.clear()
        next(pages)()

    return get


def made_pages() -> bool:
    found = ground.rounds(
        {
            "R": getter(R),
            "site page, cold": cold(*(site.get_absolute_url() for site in BiosphereReserve.objects.published()[:40])),
            "site page, kept": getter(SITE),
            "search": getter("/search/?q=lake"),
            **{name: getter(address) for name, address in ADDRESSES.items()},
            **{f"{name}, cold": cold(address) for name, address in ADDRESSES.items()},
        },
        REQUESTS,
    )
    reference = found.pop("R")
    title = f"Ratio to R, median of {ground.RUNS} runs of {REQUESTS} requests"
    return ground.told(title, found, dict.fromkeys(found, reference), MADE)


def kept_pages() -> bool:
    with override_settings(PAGE_CACHE_SECONDS=3600):
        found = ground.rounds(
            {"K": getter(K), "site page": getter(SITE), "list": getter("/reserves/"), "home": getter("/")}, REQUESTS
        )
    reference = found.pop("K")
    title = f"Out of the page cache, ratio to K (on the clock), median of {ground.RUNS} runs of {REQUESTS} requests"
    return ground.told(title, found, dict.fromkeys(found, reference), dict.fromkeys(found, CACHED), which=1)


def main() -> bool:
    ground.few(REQUESTS)
    call_command("load_network_data", verbosity=0)
    ground.analyse()
    with TemporaryDirectory() as folder:
        places = Places(Path(folder))
        places.make()
        redis = Redis(places, tags={}).start()
        caches = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis.url}}
        try:
            with override_settings(CACHES=caches):
                return all([made_pages(), kept_pages()])
        finally:
            redis.child.stop()


if __name__ == "__main__":
    with ground.database(), override_settings(ROOT_URLCONF=urls_with_reference()):
        sys.exit(not main())
