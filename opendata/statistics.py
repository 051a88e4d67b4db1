"""The network in figures, each computed from the records. Not known is counted as not known, never as nothing."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.views.generic import TemplateView

from events.models import Event
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve
from trainings.models import Training


@dataclass
class StateFigures:
    """One member state's line. A site shared by two states counts in both."""

    state: MemberState
    reserves: int = 0
    reserves_area_ha: Decimal = Decimal(0)
    area_unknown: int = 0
    geoparks: int = 0
    aspiring: int = 0
    events: int = 0
    trainings: int = 0


def by_state() -> list[StateFigures]:
    """Reserves with their area, geoparks, events and trainings for each member state."""
    lines = {state.code: StateFigures(state) for state in MemberState.objects.published()}
    for codes, area in BiosphereReserve.objects.published().designated().values_list("state_codes", "area_ha"):
        for line in filter(None, map(lines.get, codes)):
            line.reserves += 1
            line.reserves_area_ha += area or 0
            line.area_unknown += area is None
    for codes, status in Geopark.objects.published().values_list("state_codes", "status"):
        for line in filter(None, map(lines.get, codes)):
            line.geoparks += status == Geopark.Status.DESIGNATED
            line.aspiring += status == Geopark.Status.ASPIRING
    real = {"is_sample": False}
    for codes in Event.objects.published().counted_once().filter(**real).values_list("state_codes", flat=True):
        for line in filter(None, map(lines.get, codes)):
            line.events += 1
    for codes in Training.objects.published().filter(**real).values_list("state_codes", flat=True):
        for line in filter(None, map(lines.get, codes)):
            line.trainings += 1
    return list(lines.values())


def growth() -> list[dict[str, int]]:
    """Designations by year, and how many sites stood at the end of it, as the sites stand today."""
    reserves = Counter(BiosphereReserve.objects.published().designated().values_list("designation_year", flat=True))
    geoparks = Counter(Geopark.objects.published().designated().values_list("designation_year", flat=True))
    total_reserves = total_geoparks = 0
    rows = []
    for year in sorted(year for year in {*reserves, *geoparks} if year):
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


def ecosystems() -> list[dict[str, Any]]:
    """Reserves by main ecosystem, the most frequent first."""
    labels = dict(BiosphereReserve.Ecosystem.choices)
    counted = (
        BiosphereReserve.objects.published()
        .designated()
        .values("ecosystem")
        .annotate(number=Count("pk"))
        .order_by("-number", "ecosystem")
    )
    return [{"value": row["ecosystem"], "label": labels[row["ecosystem"]], "number": row["number"]} for row in counted]


def zones() -> dict[str, Any]:
    """Hectares of the three zones, over the reserves of which all three are known. National parts are counted in their
    own records only, so a joint reserve is left out."""
    known = BiosphereReserve.objects.published().designated().filter(
        core_ha__isnull=False, buffer_ha__isnull=False, transition_ha__isnull=False, national_parts=None
    )  # fmt: skip
    sums = known.aggregate(
        core=Sum("core_ha"), buffer=Sum("buffer_ha"), transition=Sum("transition_ha"), number=Count("pk")
    )
    total = sum((sums[zone] or Decimal(0) for zone in ("core", "buffer", "transition")), Decimal(0))
    return sums | {"total": total}


class StatisticsView(TemplateView):
    template_name = "opendata/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reserves = BiosphereReserve.objects.published().designated()
        geoparks = Geopark.objects.published()
        return super().get_context_data(**kwargs) | {
            "computed_at": timezone.now(),
            "states": by_state(),
            "growth": growth(),
            "ecosystems": ecosystems(),
            "zones": zones(),
            "totals": {
                "reserves": reserves.count(),
                "shared": reserves.shared().count(),
                "geoparks": geoparks.designated().count(),
                "aspiring": geoparks.aspiring().count(),
                "events": Event.objects.published().counted_once().filter(is_sample=False).count(),
                "trainings": Training.objects.published().filter(is_sample=False).count(),
            },
        }
