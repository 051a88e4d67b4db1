"""What a list of sites with filters and counts costs, as ratios within one run.

At 200 sites to a bare page (R: one query and 25 rows in the portal's own base template, under the same middleware); at
10,000 sites to the same list at 200. Median of five runs; a machine's speed falls out of a ratio. Two figures are given:
processor time of this process, and time on the clock, which holds the database too.

    python -m tests.bench.bench_lists [requests]
"""

import random
import statistics
import sys
import time
from decimal import Decimal
from types import ModuleType

from tests import conftest  # first: it decides the environment before Django reads its settings

from django.db import connection  # isort: skip
from django.http import HttpRequest, HttpResponse  # isort: skip
from django.template import engines  # isort: skip
from django.test import Client, override_settings  # isort: skip
from django.urls import path  # isort: skip

from directory import search_index
from directory.vocabulary import Designation
from eabrn_portal import urls
from geoparks.models import Geopark, GeoparkName
from network.models import MemberState
from reserves.models import BiosphereReserve, ReserveName
from tests.factories import STATE_NAMES

Pair = tuple[float, float]  # of the processor, on the clock
Times = dict[str, list[Pair]]  # by page, one pair for each run
RUNS = 5
REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
SMALL, LARGE = 200, 10_000
PLAIN = "/about/"
LISTS = ("/reserves/", "/geoparks/", "/sites/")
# Many filters at once that leave more than a page of 200 sites: a page of the same length is compared.
FILTER = (
    "state=CN&state=JP&state=KR&state=KZ&state=MN&state=RU&status=designated&year_min=1980&area_min=100&sort=newest"
)
BARE = """{% extends "base.html" %}{% block title %}Bare{% endblock %}{% block main %}<div class="wrap"><h1>Bare</h1><ol>
{% for row in rows %}<li><a href="{{ row.get_absolute_url }}">{{ row.name }}</a></li>{% endfor %}</ol></div>{% endblock %}"""


def bare(request: HttpRequest) -> HttpResponse:
    """R."""
    rows = BiosphereReserve.objects.published()[:25]
    return HttpResponse(engines["django"].from_string(BARE).render({"rows": rows}, request))


def urls_with_reference() -> ModuleType:
    module = ModuleType("urls_with_reference")
    vars(module).update(vars(urls))
    module.urlpatterns = [path("bench/bare/", bare), *urls.urlpatterns]  # type: ignore[attr-defined]
    return module


def make_sites(first: int, last: int) -> None:
    """Half of them reserves; facts as mixed as those of the network, the same in every run."""
    dice = random.Random(first)
    for model, names in ((BiosphereReserve, ReserveName), (Geopark, GeoparkName)):
        numbers = range(first // 2, last // 2)
        sites = model.objects.bulk_create([_site(model, number, dice) for number in numbers], batch_size=1000)
        through = model.member_states.through
        key = model._meta.get_field("member_states").m2m_field_name()
        through.objects.bulk_create(
            [
                through(**{f"{key}_id": site.pk, "memberstate_id": code})
                for site in sites
                for code in dice.sample(list(STATE_NAMES), dice.choice((1, 1, 1, 1, 1, 1, 1, 1, 1, 2)))
            ],
            batch_size=5000,
        )
        names.objects.bulk_create(
            [names(site=site, name=f"名{site.name}", kind="local", language="zh-Hans") for site in sites],
            batch_size=5000,
        )


def _site(model: type, number: int, dice: random.Random) -> BiosphereReserve | Geopark:
    reserve = model is BiosphereReserve
    own = Designation.BIOSPHERE_RESERVE if reserve else Designation.GLOBAL_GEOPARK
    others = [value for value in Designation.values if value != own]
    facts = {
        "ecosystem": dice.choice(BiosphereReserve.Ecosystem.values),
        "core_ha": Decimal(dice.randrange(100, 90_000)),
        "transition_ha": dice.choice((None, Decimal(dice.randrange(1, 90_000)))),
    }
    return model(
        slug=f"site-{number}", name=f"Site {number:05}", designation_year=dice.randrange(1976, 2026),
        latitude=round(Decimal(dice.uniform(20, 70)), 4), longitude=round(Decimal(dice.uniform(40, 150)), 4),
        area_ha=dice.choice((None, Decimal(dice.randrange(1, 900_000)))), summary="A mountain range with old forest. " * 4,
        admin_region="Some Province", other_designations=dice.sample(others, dice.choice((0, 0, 1, 2))),
        **(facts if reserve else {"geological_theme": "Volcanoes and karst"}),
    )  # fmt: skip


def addresses(sites: int) -> dict[str, str]:
    """First page, a filter, words of a name, last page, of each list."""
    found = {}
    for each in LISTS:
        last = -(-(sites if each == "/sites/" else sites // 2) // 25)
        found |= {
            f"{each} first": each,
            f"{each} filtered": f"{each}?{FILTER}",
            f"{each} last": f"{each}?page={last}",
        }
    return found


def measured(client: Client, address: str, requests: int) -> Pair:
    """Milliseconds a request: of the processor, on the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    for _request in range(requests):
        if client.get(address).status_code != 200:
            raise SystemExit(f"{address} does not answer 200; nothing was measured.")
    return (time.process_time() - cpu) * 1000 / requests, (time.perf_counter() - clock) * 1000 / requests


def rounds(client: Client, pages: dict[str, str], requests: int) -> Times:
    for address in pages.values():
        measured(client, address, 1)
    found: Times = {name: [] for name in pages}
    for _run in range(RUNS):
        for name, address in pages.items():
            found[name].append(measured(client, address, requests))
    return found


def by(found: Times, reference: list[Pair]) -> Times:
    """As multiples of a page that no site changes: between two measurements the machine may have become busier."""
    return {
        name: [(mine[0] / other[0], mine[1] / other[1]) for mine, other in zip(times, reference, strict=True)]
        for name, times in found.items()
    }


def told(title: str, found: Times, reference: Times, unit: str) -> None:
    print(title)
    for name, times in found.items():
        pairs = list(zip(times, reference[name], strict=True))
        cpu, clock = (statistics.median(mine[n] / other[n] for mine, other in pairs) for n in (0, 1))
        here = statistics.median(mine[0] for mine in times)
        print(f"  {name:22} {cpu:5.2f} of the processor, {clock:5.2f} on the clock  ({here:.1f}{unit})")


def measure() -> int:
    client = Client(headers={"host": "localhost"})
    MemberState.objects.bulk_create([MemberState(code=code, name=name) for code, name in STATE_NAMES.items()])
    make_sites(0, SMALL)
    search_index.refresh()
    small = rounds(client, {"R": "/bench/bare/", "plain": PLAIN, **addresses(SMALL)}, REQUESTS)
    bare_page, plain_then = small.pop("R"), small.pop("plain")
    told(
        f"{SMALL} sites, ratio to R, median of {RUNS} runs of {REQUESTS} requests",
        small,
        dict.fromkeys(small, bare_page),
        " ms of the processor here",
    )
    make_sites(SMALL, LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    requests = min(REQUESTS, 200)
    large = rounds(client, {"plain": PLAIN, **addresses(LARGE)}, requests)
    plain_now = large.pop("plain")
    title = f"{LARGE} sites, ratio to {SMALL} sites, each by the page {PLAIN} of its time, median of {RUNS} runs of {requests} requests"
    told(title, by(large, plain_now), by(small, plain_then), f" times {PLAIN}")
    return 0


def main() -> int:
    assert conftest.RUN is not None
    if template := conftest.embedded_template():
        conftest.RUN.start()
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    name = connection.settings_dict["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        with override_settings(ROOT_URLCONF=urls_with_reference()):
            return measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        conftest.RUN.end()


if __name__ == "__main__":
    sys.exit(main())
