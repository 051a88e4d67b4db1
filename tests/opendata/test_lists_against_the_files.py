"""What the lists of sites find and count, against the same worked out from the data files by other means."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import Phase, given
from hypothesis import settings as how
from hypothesis import strategies as st

from geoparks.models import Geopark
from reserves.models import BiosphereReserve
from search import index as search_index

pytestmark = pytest.mark.sweep

DATA = Path(settings.BASE_DIR) / "data"
STATES = ("CN", "JP", "KP", "KR", "KZ", "MN", "RU")
ECOSYSTEMS = (
    "temperate forest", "boreal forest", "subtropical forest", "tropical forest", "grassland/steppe", "desert", "mountain",
    "wetland/lake", "coastal/marine/island", "tundra", "mixed",
)  # fmt: skip
DESIGNATIONS = ("world_heritage", "global_geopark", "biosphere_reserve", "ramsar")
OWN = {"/reserves/": "biosphere_reserve", "/geoparks/": "global_geopark"}
# Words that are spelled in one way only: what else a search takes for the same is told by its own tests.
WORDS = ("Khuvsgul", "Uvs", "Jeju", "volcano", "forest", "Province", "karst", "south", "panda", "steppe", "nowhere")


@dataclass(frozen=True)
class Row:
    """One line of a data file."""

    kind: str
    slug: str
    states: frozenset[str]
    ecosystem: str
    designations: frozenset[str]
    status: str
    year: int | None
    area: Decimal | None
    transition: Decimal | None
    words: frozenset[str]

    @property
    def confirmed(self) -> bool:
        """The files hold no confirmations: see `loaded`."""
        return self.slug < "e"


def _split(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def read(name: str) -> Iterator[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            reserve = name == "biosphere_reserves.csv"
            area = _decimal(line["area_total_ha"] if reserve else line["area_km2"])
            texts = ("name_en", "alt_names", "admin_region", "summary_en")
            told = " ".join(
                line.get(column) or "" for column in (*texts, "renamed_from", "geological_theme")
            ).casefold()
            yield Row(
                "reserve" if reserve else "geopark", line["slug"], _split(line["country_codes"]), line.get("ecosystem", ""),
                _split(line["other_designations"]), line.get("status", "designated"),
                int(line["designation_year"]) if line["designation_year"] else None,
                area if reserve or area is None else round(area * 100, 2), _decimal(line.get("area_transition_ha", "")),
                frozenset("".join(letter if letter.isalpha() else " " for letter in told).split()),
            )  # fmt: skip


ROWS = [*read("biosphere_reserves.csv"), *read("geoparks.csv")]
LISTS: dict[str, list[Row]] = {
    "/reserves/": [row for row in ROWS if row.kind == "reserve"],
    "/geoparks/": [row for row in ROWS if row.kind == "geopark"],
    "/sites/": ROWS,
}


def _said(row: Row, value: str, yes: bool) -> bool:
    return yes is (value == "true")


MEETS: dict[str, Callable[[Row, Any], bool]] = {
    "q": lambda row, word: any(other.startswith(word.casefold()) for other in row.words),
    "kind": lambda row, kinds: row.kind in kinds,
    "state": lambda row, states: not row.states.isdisjoint(states),
    "ecosystem": lambda row, ecosystems: row.ecosystem in ecosystems,
    "designation": lambda row, wanted: not row.designations.isdisjoint(wanted),
    "designations": lambda row, least: len(row.designations) >= int(least),
    "status": lambda row, statuses: row.status in statuses,
    "year_min": lambda row, year: row.year is not None and row.year >= year,
    "year_max": lambda row, year: row.year is not None and row.year <= year,
    "area_min": lambda row, area: row.area is not None and row.area >= area,
    "area_max": lambda row, area: row.area is not None and row.area <= area,
    "transboundary": lambda row, value: _said(row, value, len(row.states) > 1),
    "transition": lambda row, value: row.kind == "reserve" and _said(row, value, bool(row.transition)),
    "confirmed": lambda row, value: _said(row, value, row.confirmed),
}
YES_NO = ("true", "false")
OPTIONS: dict[str, tuple[str, ...]] = {
    "kind": ("reserve", "geopark"), "state": STATES, "ecosystem": ECOSYSTEMS, "designation": DESIGNATIONS,
    "designations": ("1", "2", "3"), "status": ("designated", "aspiring", "withdrawn"), "transboundary": YES_NO,
    "transition": YES_NO, "confirmed": YES_NO,
}  # fmt: skip
ONE_VALUE = {"designations", "transboundary", "transition", "confirmed"}
NOT_ASKED = {"/reserves/": {"kind"}, "/geoparks/": {"kind", "ecosystem", "transition"}, "/sites/": set[str]()}
KNOWN_AREAS = sorted({row.area for row in ROWS if row.area is not None})


def options_of(address: str) -> dict[str, tuple[str, ...]]:
    asked = {name: values for name, values in OPTIONS.items() if name not in NOT_ASKED[address]}
    return asked | {"designation": tuple(value for value in DESIGNATIONS if value != OWN.get(address))}


def found(address: str, query: dict[str, Any], without: str = "") -> list[Row]:
    tests = [(MEETS[name], value) for name, value in query.items() if name != without]
    return [row for row in LISTS[address] if all(meets(row, value) for meets, value in tests)]


def counted(address: str, query: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Each option under the other filters, one by one."""
    return {
        name: {
            value: sum(MEETS[name](row, value if name in ONE_VALUE else [value]) for row in found(address, query, name))
            for value in values
        }
        for name, values in options_of(address).items()
    }


@st.composite
def queries(draw: st.DrawFn, address: str) -> dict[str, Any]:
    """Up to five filters at once, with values that occur and some that do not."""
    options = options_of(address)
    ranges = {"year_min": st.integers(1970, 2027), "area_min": st.sampled_from(KNOWN_AREAS) | st.just(Decimal("0.5"))}
    names = draw(st.lists(st.sampled_from([*options, *ranges, "year_max", "area_max", "q"]), max_size=5, unique=True))
    query: dict[str, Any] = {}
    for name in names:
        if name == "q":
            query[name] = draw(st.sampled_from(WORDS))
        elif name in options:
            one = st.sampled_from(options[name])
            query[name] = draw(one if name in ONE_VALUE else st.lists(one, min_size=1, max_size=3, unique=True))
        else:
            query[name] = draw(ranges[f"{name[:4]}_min"])
    for what in ("year", "area"):
        least, most = query.get(f"{what}_min"), query.get(f"{what}_max")
        if least is not None and most is not None:
            query |= {f"{what}_min": min(least, most), f"{what}_max": max(least, most)}
    return query


@pytest.fixture(scope="module")
def _loaded(network_data: None, django_db_blocker: Any) -> Iterator[None]:
    """What the data files hold. Sites whose slug comes before "e" are confirmed."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model in (BiosphereReserve, Geopark):
            early = [site.pk for site in model.objects.all() if site.slug < "e"]
            model.objects.filter(pk__in=early).update(confirmed_at=timezone.now())
        search_index.refresh()
        yield
        transaction.set_rollback(True)


many = how(
    max_examples=100, phases=[Phase.explicit, Phase.generate, Phase.shrink], derandomize=True,
)  # fmt: skip


def check(client: Client, address: str, query: dict[str, Any]) -> None:
    context = client.get(f"{address}?{urlencode(query, doseq=True)}").context
    assert context["form"].errors == {}
    expected = found(address, query)
    sites = context["view"].directory.sites()
    assert {(site.kind, site.slug) for site in sites} == {(row.kind, row.slug) for row in expected}
    assert (len(sites), context["found"]) == (len(expected), len(expected))
    groups = {group.name: group for group in context["groups_of_filters"] if group.options}
    shown = {name: {option.value: option.count for option in group.options} for name, group in groups.items()}
    assert shown == counted(address, query)
    content = b"".join(client.get(f"{address}export.csv?{urlencode(query, doseq=True)}").streaming_content)  # type: ignore[attr-defined]
    lines = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""))
    assert sorted((line["kind"], line["slug"]) for line in lines) == sorted((row.kind, row.slug) for row in expected)
    if not expected:
        gains = {name: len(found(address, query, name)) for name in query}
        way_out = context["way_out"]
        assert (way_out.found if way_out else 0) == max(gains.values(), default=0)


@pytest.mark.usefixtures("_loaded", "db")
@pytest.mark.parametrize("address", LISTS)
def test_list_finds_and_counts_what_the_files_say(client: Client, address: str) -> None:
    @many
    @given(queries(address))
    def holds(query: dict[str, Any]) -> None:
        check(client, address, query)

    holds()


def test_the_files_were_read() -> None:
    assert {address: len(rows) for address, rows in LISTS.items()} == {
        "/reserves/": 138,
        "/geoparks/": 78,
        "/sites/": 216,
    }
