"""The network in figures, each computed from the records. Not known is counted as not known, never as nothing."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from history.versions import data_version
from records.cached import cached, drawn
from records.listing.exports import csv_response, xlsx_response
from records.template_context import Context

from .activities import by_place, by_year
from .counted_records import Figures
from .growth_chart import growth_chart
from .reviews import next_reviews
from .sites import areas, by_state, designations, ecosystems, growth, totals, zones
from .tables import TABLES, table_download

WRITERS = {"csv": csv_response, "xlsx": xlsx_response}


def drawn_growth(rows: list[dict[str, int]]) -> SafeString:
    """Growth as a picture, with the present numbers at the ends of its lines."""
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


@dataclass(frozen=True)
class Tables:
    """What is counted of public records, in the order of the page: what stands before the participants, and after them."""

    before: SafeString
    after: SafeString
    until: dt.datetime


class StatisticsView(TemplateView):
    """Who took part is counted each time: attendance and applications make no new version of the data."""

    template_name = "opendata/statistics.html"

    def get_context_data(self, **kwargs: object) -> Context:
        tables = cached("statistics", data_version(), drawn_tables, until=lambda tables: tables.until)
        return super().get_context_data(**kwargs) | {"tables": tables, "participants": Figures().participants}


def drawn_tables() -> Tables:
    figures = Figures()
    rows, years = growth(figures), by_year(figures)
    context = {
        "computed_at": figures.now,
        "states": by_state(figures),
        "totals": totals(figures),
        "ecosystems": ecosystems(figures),
        "areas": areas(figures),
        "designations": designations(figures),
        "zones": zones(figures),
        "growth": rows,
        "growth_chart": drawn_growth(rows),
        "years": years,
        "most_in_a_year": max((max(line.events.number, line.trainings.number) for line in years), default=1),
        "places": by_place(figures),
    }
    return Tables(
        before=drawn("opendata/statistics/tables.html", context),
        after=drawn("opendata/statistics/reviews.html", {"reviews": next_reviews(figures)}),
        until=figures.until,
    )


@require_safe
def statistics_export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """One table of the page, named by `table`."""
    table = request.GET.get("table", "")
    if ending not in WRITERS or table not in TABLES:
        raise Http404(f"no table {table[:20]!r} as {ending[:20]!r}")
    return WRITERS[ending](table_download(table))
