"""What pages cost as ratios within one run, with the network's real data: to a bare page (R) and to a constant page (K).

A site page is measured as it is made for the first time, with the cache emptied before each, and as the second reader gets
it; both without the page cache. Then pages out of the page cache, which a real Redis keeps.

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

from eabrn_portal import page_cache
from eabrn_portal.embedded.places import Places
from eabrn_portal.embedded.redis_server import Redis
from history.versions import Version
from reserves.models import BiosphereReserve
from tests.bench.reference import K, R, urls_with_reference

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
SITE = "/reserves/jeju-island/"


def getter(address: str) -> Callable[[], object]:
    client = Client(headers={"host": "localhost"})

    def get() -> None:
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")

    return get


def cold() -> Callable[[], object]:
    """A reserve after another, each with nothing kept of any."""
    pages = cycle([getter(site.get_absolute_url()) for site in BiosphereReserve.objects.published()[:40]])

    def get() -> None:
        cache.clear()
        next(pages)()

    return get


def made_pages() -> None:
    found = ground.rounds(
        {
            "R": getter(R),
            "site page, cold": cold(),
            "site page, drawings kept": getter(SITE),
            "home": getter("/"),
            "map": getter("/map/"),
            "search": getter("/search/?q=lake"),
            "statistics": getter("/statistics/"),
            "events": getter("/events/"),
        },
        REQUESTS,
    )
    reference = found.pop("R")
    ground.tell(
        f"Ratio to R, median of {ground.RUNS} runs of {REQUESTS} requests", found, dict.fromkeys(found, reference)
    )


def kept_pages() -> None:
    """The version is given: the benchmark itself is one writer that never ends."""
    asked = page_cache.data_version
    page_cache.data_version = lambda: Version(asked().number, settled=True)
    with override_settings(PAGE_CACHE_SECONDS=3600):
        found = ground.rounds(
            {"K": getter(K), "site page": getter(SITE), "list": getter("/reserves/"), "home": getter("/")}, REQUESTS
        )
    reference = found.pop("K")
    title = f"Out of the page cache, ratio to K (0.35 of its requests a second is 2.86), median of {ground.RUNS} runs of {REQUESTS}"
    ground.tell(title, found, dict.fromkeys(found, reference))


def main() -> None:
    call_command("load_network_data", verbosity=0)
    ground.analyse()
    made_pages()
    with TemporaryDirectory() as folder:
        places = Places(Path(folder))
        places.make()
        redis = Redis(places, tags={}).start()
        caches = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis.url}}
        try:
            with override_settings(CACHES=caches):
                kept_pages()
        finally:
            redis.child.stop()


if __name__ == "__main__":
    with ground.database(), override_settings(ROOT_URLCONF=urls_with_reference()):
        main()
