"""The tables of the statistics as rows of a download, in plain figures under English names."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.db import models

from records.listing.exports import Download, Feature, plain_number
from trainings.reports.suppression import PublicTable

from . import activities, reviews
from . import sites as site_figures
from .activities import ActivityFigures
from .counted_records import Figures

Row = dict[str, Any]


def _states(figures: Figures) -> list[Row]:
    lines = [
        {
            "member_state": line.state.code,
            "reserves": line.reserves,
            "reserves_area_ha": line.reserves_area_ha,
            "reserves_without_area": line.area_unknown,
            "geoparks": line.geoparks,
            "aspiring_geoparks": line.aspiring,
        }
        for line in site_figures.by_state(figures)
    ]
    network = site_figures.totals(figures)
    return [
        *lines,
        {
            "member_state": "network",
            "reserves": network["reserves"],
            "reserves_area_ha": network["reserves_area_ha"],
            "reserves_without_area": network["area_unknown"],
            "geoparks": network["geoparks"],
            "aspiring_geoparks": network["aspiring"],
        },
    ]


def _ecosystems(figures: Figures) -> list[Row]:
    return [{"ecosystem": row["value"], "reserves": row["number"]} for row in site_figures.ecosystems(figures)]


def _areas(figures: Figures) -> list[Row]:
    return [
        {"at_least_ha": row.least, "less_than_ha": row.below, "reserves": row.reserves, "geoparks": row.geoparks}
        | {"area_known": "yes" if row.is_known else "no"}
        for row in site_figures.areas(figures)
    ]


def _designations(figures: Figures) -> list[Row]:
    return [
        {"designation": row.value, "reserves": row.reserves, "geoparks": row.geoparks}
        for row in site_figures.designations(figures)
    ]


def _zones(figures: Figures) -> list[Row]:
    found = site_figures.zones(figures)
    return [
        {"zone": name, "hectares": found[name], "share": round(share, 4), "reserves_counted": found["number"]}
        for name, share in zip(site_figures.ZONES, found["shares"], strict=True)
    ]


def _counts(line: ActivityFigures) -> Row:
    return {
        f"{kind}{ending}": getattr(tally, name)
        for kind, tally in (("events", line.events), ("trainings", line.trainings))
        for ending, name in (("", "number"), ("_participants_known", "participants"), ("_number_not_known", "unknown"))
    }


def _years(figures: Figures) -> list[Row]:
    return [{"year": line.year} | _counts(line) for line in activities.by_year(figures)]


def _places(figures: Figures) -> list[Row]:
    found = activities.by_place(figures)
    named = [(line.state.code, line) for line in found["lines"]]
    lines = [*named, ("elsewhere", found["elsewhere"]), ("network", found["network"])]
    return [{"member_state": name} | _counts(line) for name, line in lines]


def _reviews(figures: Figures) -> list[Row]:
    return [
        {"site": f"{one.site.kind}:{one.site.slug}", "name": one.site.name, "year": one.year, "source": one.source}
        for one in reviews.next_reviews(figures)
    ]


def _participants(table: PublicTable | None, name: str) -> list[Row]:
    """A line for each count; one that is withheld has none. Categories counted together stand in one, with a plus."""
    if table is None:
        return []
    return [
        {name: row.code or "not_stated", "sex": code or "not_stated", "participations": count}
        for row in (*table.rows, replace(table.foot, code="all"))
        for code, count in (*zip((code for code, _label in table.columns), row.counts, strict=True), ("all", row.total))
    ]


def _participant_years(figures: Figures) -> list[Row]:
    return _participants(figures.participants.years, "year")


def _participant_states(figures: Figures) -> list[Row]:
    return _participants(figures.participants.states, "member_state")


COUNTS: Final = (
    "events", "events_participants_known", "events_number_not_known",
    "trainings", "trainings_participants_known", "trainings_number_not_known",
)  # fmt: skip
# The name of a table in its address: how its rows are made, and its columns.
TABLES: Final[dict[str, tuple[Callable[[Figures], list[Row]], tuple[str, ...]]]] = {
    "states": (_states, ("member_state", "reserves", "reserves_area_ha", "reserves_without_area", "geoparks", "aspiring_geoparks")),
    "ecosystems": (_ecosystems, ("ecosystem", "reserves")),
    "areas": (_areas, ("area_known", "at_least_ha", "less_than_ha", "reserves", "geoparks")),
    "designations": (_designations, ("designation", "reserves", "geoparks")),
    "zones": (_zones, ("zone", "hectares", "share", "reserves_counted")),
    "growth": (site_figures.growth, ("year", "reserves", "geoparks", "total_reserves", "total_geoparks")),
    "years": (_years, ("year", *COUNTS)),
    "places": (_places, ("member_state", *COUNTS)),
    "participants": (_participant_years, ("year", "sex", "participations")),
    "participant-states": (_participant_states, ("member_state", "sex", "participations")),
    "reviews": (_reviews, ("site", "name", "year", "source")),
}  # fmt: skip


def table_download(name: str) -> Download:
    """`name` is one of `TABLES`."""
    rows, columns = TABLES[name]
    features = (
        Feature(str(number), "", {key: _plain(value) for key, value in row.items()})
        for number, row in enumerate(rows(Figures()), start=1)
    )
    return Download(f"eabrn-statistics-{name}", f"EABRN statistics, {name}", columns, features)


def _plain(value: models.Field | None) -> Any:
    return plain_number(value) if isinstance(value, Decimal) else value
