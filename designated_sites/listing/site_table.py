"""All published sites as filters, counts and maps need them: a table of facts with a set of sites for every value.

A table is read in one query and held by this process until anything in the tracked tables changes. Nothing is asked of
the database but the version of the data, and nothing is held beside the facts: what is drawn of them is in the cache.
"""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, reduce
from itertools import accumulate
from operator import or_
from typing import Final, NamedTuple, TypeVar, cast

from django.db.models import BooleanField, Case, CharField, Value, When
from django.db.models.expressions import Combinable
from django.urls import reverse

from history.versions import Version
from records.listing import bitset

from ..drawing.laea import NETWORK
from ..models import BY_NAME, DesignatedSite
from .counts import Tally

A = TypeVar("A", bound=Hashable)

COLUMNS: Final = (
    "pk", "slug", "name", "status", "state_codes", "designation_year", "area_ha", "other_designations", "confirmed_at",
    "longitude", "latitude",
)  # fmt: skip
STEP: Final = 64  # areas
MANY: Final = 600  # sites, from which on a small map has only one marker in each field of a grid
GRID: Final = 100  # km: less than the breadth of a marker, so that the map looks the same and stays small


@dataclass(frozen=True)
class Kind:
    """One kind of site, and what only some kinds have on record, as expressions over `DesignatedSite`."""

    model: type[DesignatedSite]
    ecosystem: Combinable = field(default_factory=lambda: Value("", output_field=CharField()))
    transition: Combinable = field(default_factory=lambda: Value(None, output_field=BooleanField()))


class Site(NamedTuple):
    """As much of a site as counting, ordering, linking and a map need."""

    pk: int
    slug: str
    name: str
    status: str
    state_codes: list[str]
    designation_year: int | None
    area_ha: Decimal | None
    other_designations: list[str]
    confirmed_at: dt.datetime | None
    longitude: Decimal | None
    latitude: Decimal | None
    kind: str
    ecosystem: str
    transition: bool | None

    @property
    def is_located(self) -> bool:
        return self.latitude is not None

    @property
    def point(self) -> tuple[float, float]:
        """Longitude and latitude, of a site that is located."""
        return float(cast(Decimal, self.longitude)), float(cast(Decimal, self.latitude))

    @property
    def is_shared(self) -> bool:
        return len(self.state_codes) > 1

    @property
    def url(self) -> str:
        return reverse(f"{self.kind}-detail", args=[self.slug])


def _yes_no(value: bool) -> tuple[str]:
    return ("true",) if value else ("false",)


# What a site answers to each filter by options: the values under which it is found.
FACETS: Final[dict[str, Callable[[Site], Iterable[str]]]] = {
    "kind": lambda site: (site.kind,),
    "state": lambda site: site.state_codes,
    "ecosystem": lambda site: (site.ecosystem,) if site.ecosystem else (),
    "designation": lambda site: site.other_designations,
    "designations": lambda site: [str(least + 1) for least in range(len(set(site.other_designations)))],
    "status": lambda site: (site.status,),
    "transboundary": lambda site: _yes_no(site.is_shared),
    "transition": lambda site: () if site.transition is None else _yes_no(site.transition),
    "confirmed": lambda site: _yes_no(site.confirmed_at is not None),
}


def _falling(values: Sequence[int | None] | Sequence[Decimal | None]) -> list[int]:
    """Positions, the highest value first, what has none last, and equals as they stand; `filters.ORDERS` says the same to the
    database."""
    unknown = [position for position, value in enumerate(values) if value is None]
    known = [(-value, position) for position, value in enumerate(values) if value is not None]
    return [*(position for _value, position in sorted(known)), *unknown]


class SiteTable:
    """Sites of some kinds in the order of their names; a set of sites is a number, as in `records.listing.bitset`."""

    def __init__(self, rows: Iterable[tuple[object, ...]]) -> None:
        # Plain tuples of plain values: the garbage collector looks at none of them again, however many there are.
        self._rows = [tuple(tuple(value) if isinstance(value, list) else value for value in row) for row in rows]
        self.size = len(self._rows)
        sites = list(self.sites)
        self.everything = (1 << self.size) - 1
        self.position: dict[str, dict[int, int]] = defaultdict(dict)  # by kind and key
        for position, site in enumerate(sites):
            self.position[site.kind][site.pk] = position
        self.options = {name: self._sets(answers) for name, answers in FACETS.items()}
        self.years = self._sets(lambda site: () if site.designation_year is None else (site.designation_year,))
        self.areas = sorted((site.area_ha, position) for position, site in enumerate(sites) if site.area_ha is not None)
        blocks = (self.areas[first : first + STEP] for first in range(0, len(self.areas), STEP))
        sets = (bitset.of_positions((position for _area, position in block), self.size) for block in blocks)
        self._area_steps = list(accumulate(sets, or_, initial=0))
        self.orders = {
            "newest": _falling([site.designation_year for site in sites]),
            "largest": _falling([site.area_ha for site in sites]),
        }

    def site(self, position: int) -> Site:
        return Site._make(list(value) if isinstance(value, tuple) else value for value in self._rows[position])

    @property
    def sites(self) -> Iterator[Site]:
        """All of them, made anew each time."""
        return map(self.site, range(self.size))

    def _sets(self, answers: Callable[[Site], Iterable[A]]) -> dict[A, int]:
        flags: dict[A, bytearray] = defaultdict(lambda: bytearray(self.size))
        for position, site in enumerate(self.sites):
            for value in answers(site):
                flags[value][position] = 1
        return {value: bitset.of_flags(each) for value, each in flags.items()}

    def some(self, keys: Mapping[str, Iterable[int]]) -> int:
        """The set of the sites with these keys, by kind; one that is not in the table any more is left out."""
        flags = bytearray(self.size)
        for kind, those in keys.items():
            for position in map(self.position[kind].get, those):
                if position is not None:
                    flags[position] = 1
        return bitset.of_flags(flags)

    def with_area(self, least: Decimal | None = None, most: Decimal | None = None) -> int:
        """Sites whose area is on record and lies between the two, both included."""
        start = 0 if least is None else bisect_left(self.areas, (least, -1))
        end = len(self.areas) if most is None else bisect_left(self.areas, (most, self.size))
        return self._smallest(end) & ~self._smallest(start)

    def _smallest(self, number: int) -> int:
        """So many of the sites with the smallest areas: the nearest step, and the few beyond it one by one."""
        step = number // STEP
        more = (1 << position for _area, position in self.areas[step * STEP : number])
        return reduce(or_, more, self._area_steps[step])

    def ordered(self, some: int, order: str = "name") -> list[int]:
        """Positions of a set in one of the orders."""
        if order not in self.orders:
            return list(bitset.positions_of(some, self.size))
        flags = bitset.flags_of(some, self.size)
        return [position for position in self.orders[order] if flags[position]]

    def tally(self, some: int) -> Tally:
        kinds, statuses = self.options["kind"], self.options["status"]
        pairs = {(kind, status): some & kinds[kind] & statuses[status] for kind in kinds for status in statuses}
        return Tally({pair: number for pair, both in pairs.items() if (number := both.bit_count())})

    @cached_property
    def located(self) -> int:
        """The sites that have a point."""
        return bitset.of_flags(bytes(site.is_located for site in self.sites))

    @cached_property
    def places(self) -> list[tuple[Site, int]]:
        """A site for each marker of a small map, with the set of the sites whose marker it is."""
        located = [(position, site) for position, site in enumerate(self.sites) if site.is_located]
        if len(located) <= MANY:
            return [(site, 1 << position) for position, site in located]
        fields: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for position, site in located:
            x, y = NETWORK.to_plane(*site.point)
            fields[site.kind, round(x / GRID), round(y / GRID)].append(position)
        return [(self.site(those[0]), bitset.of_positions(those, self.size)) for those in fields.values()]


def _read(kinds: Sequence[Kind]) -> SiteTable:
    """In the order of the database, whose collation no sorting here could follow."""
    types = [kind.model.TYPE for kind in kinds]
    eco = Case(*(When(site_type=kind.model.TYPE, then=kind.ecosystem) for kind in kinds))
    zone = Case(*(When(site_type=kind.model.TYPE, then=kind.transition) for kind in kinds))
    sites = DesignatedSite.objects.published().filter(site_type__in=types).annotate(eco=eco, zone=zone)
    return SiteTable(sites.order_by(*BY_NAME).values_list(*COLUMNS, "site_type", "eco", "zone"))


@dataclass(frozen=True)
class _Held:
    version: Version
    table: SiteTable


_held: dict[tuple[str, ...], _Held] = {}


def table_of(version: Version, *kinds: Kind) -> SiteTable:
    """The table of the present data, whose version was asked before: what changes since is read again next time."""
    key = tuple(kind.model.kind for kind in kinds)
    held = _held.get(key)
    if held is None or not held.version.holds(version):
        held = _held[key] = _Held(version, _read(kinds))
    return held.table
