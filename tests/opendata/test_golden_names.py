"""A golden list: what people type in the scripts of the network, and the site they mean, among the first five hits."""

from pathlib import Path

import pytest

from geoparks.models import Geopark
from opendata.search_page.finding import find
from reserves.models import BiosphereReserve

pytestmark = pytest.mark.sweep

FIRST = 5
LINES = (Path(__file__).parent / "golden_names.txt").read_text().splitlines()
GOLDEN = [tuple(line.split(" | ")) for line in LINES if line and not line.startswith("#")]


@pytest.fixture
def sites(network_data: None, db: None) -> dict[tuple[str, str], str]:
    """`reserve:slug` of each site by its place in the search entries."""
    return {
        (model._meta.label_lower, str(pk)): f"{model.kind}:{slug}"
        for model in (BiosphereReserve, Geopark)
        for pk, slug in model.objects.values_list("pk", "slug")
    }


def test_every_name_people_type_finds_its_site(sites: dict[tuple[str, str], str]) -> None:
    missed = {}
    for query, wanted in GOLDEN:
        first = [sites.get((found.label, found.object_id), found.label) for found in find(query)[:FIRST]]
        if wanted not in first:
            missed[query, wanted] = first
    assert missed == {}


def test_list_is_long_enough_and_names_real_sites(sites: dict[tuple[str, str], str]) -> None:
    assert len(GOLDEN) >= 250
    assert {wanted for _query, wanted in GOLDEN} - set(sites.values()) == set()
