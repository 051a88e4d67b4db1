"""The network in figures, each computed from the records. Not known is counted as not known, never as nothing."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from events.models import Event
from geoparks.models import Geopark
from network.models import MemberState
from reserves.models import BiosphereReserve
from trainings.models import Training

from .growth_chart import growth_chart


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
    lines = {state.code: StateFigures(state) for state in MemberState.objects.published().order_by("name")}
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


def drawn_growth(rows: list[dict[str, int]]) -> SafeString:
    """The same as a picture, with the present numbers at the ends of its lines."""
    if not rows:
        return mark_safe("")
    reserves, geoparks = [row["total_reserves"] for row in rows], [row["total_geoparks"] for row in rows]
    words = (
        ngettext("%(number)d reserve", "%(number)d reserves", reserves[-1]) % {"number": reserves[-1]},
        ngettext("%(number)d geopark", "%(number)d geoparks", geoparks[-1]) % {"number": geoparks[-1]},
    )
    title = _("Number of reserves and designated geoparks year by year, %(first)d to %(last)d.") % {
        "first": rows[0]["year"],
        "last": rows[-1]["year"],
    }
    return mark_safe(growth_chart([row["year"] for row in rows], reserves, geoparks, words, title))


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
    sizes = [sums[zone] or Decimal(0) for zone in ("core", "buffer", "transition")]
    total = sum(sizes, Decimal(0))
    shares = [size / total if total else Decimal(0) for size in sizes]
    return sums | {"total": total, "shares": shares, "bars": _bars(shares)}


def _bars(shares: list[Decimal]) -> list[tuple[str, str, str]]:
    """The zones side by side on a line of 100: the class of each, where it begins, how long it is."""
    begins = [sum(shares[:nth], Decimal(0)) * 100 for nth in range(len(shares))]
    return [
        (name, f"{begin:.2f}", f"{share * 100:.2f}")
        for name, begin, share in zip(("core", "buffer", "transition"), begins, shares, strict=True)
    ]


class StatisticsView(TemplateView):
    template_name = "opendata/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reserves = BiosphereReserve.objects.published().designated()
        geoparks = Geopark.objects.published()
        rows = growth()
        return super().get_context_data(**kwargs) | {
            "computed_at": timezone.now(),
            "states": by_state(),
            "growth": rows,
            "growth_chart": drawn_growth(rows),
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
