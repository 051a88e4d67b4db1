"""What GeoJSON of 10,000 sites costs, as a ratio to `json.dumps` of the very same features in the same process.

The whole request counts: reading the records, writing them, the work of the database.

    python -m tests.bench.bench_downloads [requests]
"""

import json
import sys
from typing import Any

from tests.bench import ground

from django.test import Client  # isort: skip

from tests.bench.ground import Wanted
from tests.bench.sites import make_sites, make_states

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 20  # each writes 10,000 features
SITES = 10_000
WANTED = {"/sites/export.geojson": Wanted(2, 2)}


def body(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def measure() -> bool:
    make_states()
    make_sites(0, SITES)
    ground.analyse()
    client = Client(headers={"host": "localhost"})
    features: list[Any] = json.loads(body(client, "/sites/export.geojson"))["features"]
    if len(features) != SITES:
        raise SystemExit(f"{len(features)} features instead of {SITES}; nothing was measured.")
    found = ground.rounds(
        {
            "json.dumps": lambda: json.dumps(features, ensure_ascii=False, separators=(",", ":")),
            **{address: (lambda address=address: body(client, address)) for address in WANTED},
            "/sites/export.csv": lambda: body(client, "/sites/export.csv"),
        },
        REQUESTS,
    )
    reference = found.pop("json.dumps")
    title = f"{SITES} sites, ratio to json.dumps of the same features, median of {ground.RUNS} runs of {REQUESTS}"
    return ground.told(title, found, dict.fromkeys(found, reference), WANTED)


if __name__ == "__main__":
    with ground.database():
        sys.exit(not measure())
