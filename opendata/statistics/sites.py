"""Reserves and geoparks counted: by state, year, ecosystem, area, zones, other designations.

Not known is counted as not known, never as nothing. A site of several states counts in each of them, once in the total.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from network.models import MemberState
from records.formats.measures import grouped
from records.formats.vocabulary import Designation
from records.template_context import Context
from reserves.models import BiosphereReserve

from .counted_records import Figures, ReserveRow, SiteRow

ZONES: Final = ("core", "buffer", "transition")
BOUNDS: Final = (10_000, 100_000, 1_000_000)  # ha, between the classes of area


@dataclass
class StateFigures:
    """One member state's line. The area of a joint reserve is that of its national parts, never added to theirs."""

    state: MemberState
    reserves: int = 0
    reserves_area_ha: Decimal = Decimal(0)
    area_unknown: int = 0
    geoparks: int = 0
    aspiring: int = 0


def by_state(figures: Figures) -> list[StateFigures]:
    lines = {state.code: StateFigures(state) for state in figures.states}
    for reserve in figures.reserves:
        for line in filter(None, map(lines.get, reserve.state_codes)):
            line.reserves += 1
            if not reserve.is_joint:
                line.reserves_area_ha += reserve.area_ha or 0
                line.area_unknown += reserve.area_ha is None
    for kind, geoparks in (("geoparks", figures.geoparks), ("aspiring", figures.aspiring)):
        for geopark in geoparks:
            for line in filter(None, map(lines.get, geopark.state_codes)):
                setattr(line, kind, getattr(line, kind) + 1)
    return list(lines.values())


def totals(figures: Figures) -> dict[str, object]:
    """The network's own numbers: a shared site once, a joint reserve's area by its national parts."""
    single = [reserve for reserve in figures.reserves if not reserve.is_joint]
    return {
        "reserves": len(figures.reserves),
        "reserves_area_ha": sum((reserve.area_ha or Decimal(0) for reserve in single), Decimal(0)),
        "area_unknown": sum(reserve.area_ha is None for reserve in single),
        "geoparks": len(figures.geoparks),
        "aspiring": len(figures.aspiring),
    }


def growth(figures: Figures) -> list[dict[str, int]]:
    """Designations by year, and how many sites stood at the end of it, as the sites stand today."""
    reserves = Counter(site.designation_year for site in figures.reserves if site.designation_year)
    geoparks = Counter(site.designation_year for site in figures.geoparks if site.designation_year)
    total_reserves = total_geoparks = 0
    rows = []
    for year in sorted({*reserves, *geoparks}):
        total_reserves += reserves[year]
        total_geoparks += geoparks[year]
        rows.append(
            {
                "year": year,
                "reserves": reserves[year],
                "geoparks": geoparks[year],
                "total_reserves": total_reserves,
                "total_geoparks": total_geoparks,
            }
        )
    return rows


def ecosystems(figures: Figures) -> list[dict[str, object]]:
    """Reserves by main ecosystem, the most frequent first."""
    labels = dict(BiosphereReserve.Ecosystem.choices)
    counted = Counter(reserve.ecosystem for reserve in figures.reserves)
    ordered = sorted(counted.items(), key=lambda row: (-row[1], row[0]))
    return [{"value": value, "label": labels[value], "number": number} for value, number in ordered]


@dataclass(frozen=True)
class AreaClass:
    """Sites of at least `least` and less than `below` hectares; both None: the area is not known."""

    label: str
    least: int | None
    below: int | None
    reserves: int
    geoparks: int

    @property
    def is_known(self) -> bool:
        return self.least is not None or self.below is not None

    @property
    def most(self) -> Decimal | None:
        """The largest area of the class, as the filter of a list takes it: areas are kept to a hundredth of a hectare."""
        return None if self.below is None else self.below - Decimal("0.01")


def areas(figures: Figures) -> list[AreaClass]:
    counted = [
        AreaClass(_span(least, below), least, below, *(_within(sites, least, below) for sites in _both(figures)))
        for least, below in pairwise((None, *BOUNDS, None))
    ]
    unknown = (sum(site.area_ha is None for site in sites) for sites in _both(figures))
    return [*counted, AreaClass(_("Not known"), None, None, *unknown)]


def _both(figures: Figures) -> tuple[list[ReserveRow], list[SiteRow]]:
    return figures.reserves, figures.geoparks


def _within(sites: Iterable[SiteRow], least: int | None, below: int | None) -> int:
    known = (site.area_ha for site in sites if site.area_ha is not None)
    return sum((least is None or area >= least) and (below is None or area < below) for area in known)


def _span(least: int | None, below: int | None) -> str:
    if least is None:
        return _("Less than %(number)s ha") % {"number": grouped(below or 0)}
    if below is None:
        return _("%(number)s ha and more") % {"number": grouped(least)}
    return _("%(first)s to less than %(last)s ha") % {"first": grouped(least), "last": grouped(below)}


@dataclass(frozen=True)
class DesignationFigures:
    """Sites that also hold a designation; None where the record itself is one."""

    value: str
    label: str | Promise
    reserves: int | None
    geoparks: int | None


def designations(figures: Figures) -> list[DesignationFigures]:
    reserves, geoparks = (
        Counter(value for site in sites for value in set(site.other_designations)) for sites in _both(figures)
    )
    return [
        DesignationFigures(
            one.value,
            one.label,
            None if one == Designation.BIOSPHERE_RESERVE else reserves[one.value],
            None if one == Designation.GLOBAL_GEOPARK else geoparks[one.value],
        )
        for one in Designation
    ]


def zones(figures: Figures) -> Context:
    """Hectares of the three zones, over the reserves of which all three are known. National parts are counted in their
    own records only, so a joint reserve is left out."""
    known = [
        sizes
        for reserve in figures.reserves
        if not reserve.is_joint and None not in (sizes := (reserve.core_ha, reserve.buffer_ha, reserve.transition_ha))
    ]
    sums = [sum((Decimal(sizes[nth] or 0) for sizes in known), Decimal(0)) for nth in range(len(ZONES))]
    total = sum(sums, Decimal(0))
    shares = [size / total if total else Decimal(0) for size in sums]
    bars = [
        (name, f"{sum(shares[:nth], Decimal(0)) * 100:.2f}", f"{share * 100:.2f}")
        for nth, (name, share) in enumerate(zip(ZONES, shares, strict=True))
    ]
    return {**dict(zip(ZONES, sums, strict=True)), "number": len(known), "total": total, "shares": shares, "bars": bars}
