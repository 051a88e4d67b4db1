"""Time zones to choose from: those of the network by their offset, then one for every place the database lists."""

import datetime as dt
from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .date_formatting import CAPITALS, OTHER_ZONES, city, offset

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
QUARTER: Final = 15  # minutes
REGIONS: Final = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}


@cache
def places() -> dict[str, ZoneInfo]:
    """One zone for every place of the time zone database; other names are spellings of these. Held, because the library
    forgets all but the last eight and reads the others from their files again."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    names = [line.split("\t")[2] for line in lines if line and not line.startswith("#")]
    return {name: ZoneInfo(name) for name in sorted(names, key=lambda name: name.rpartition("/")[2])}


def zone_choices(instant: dt.datetime) -> tuple[Group, ...]:
    """All zones in groups, each with the offset it has at an instant."""
    moment = instant.astimezone(dt.UTC)
    quarter = moment.replace(minute=moment.minute // QUARTER * QUARTER, second=0, microsecond=0)
    return _choices(quarter, get_language())


@lru_cache(maxsize=64)
def _choices(instant: dt.datetime, language: str | None) -> tuple[Group, ...]:
    """The same for a quarter of an hour: clocks are put forward and back at quarters of an hour only. It is asked for by
    every list of events, and four hundred zones take as long as a query."""
    everywhere = places()
    network = sorted((*CAPITALS, *OTHER_ZONES), key=lambda name: instant.astimezone(everywhere[name]).utcoffset() or 0)
    groups: dict[str, list[Choice]] = defaultdict(list)
    for name in network:
        groups[_("Network, %(offset)s") % {"offset": offset(instant, name)}].append((name, city(name)))
    regions: dict[str, list[Choice]] = {region: [] for region in REGIONS}
    for name in filter(lambda name: name not in network, everywhere):
        regions[name.partition("/")[0]].append((name, f"{city(name)} ({offset(instant, name)})"))
    return (
        *groups.items(),
        *((str(REGIONS[region]), found) for region, found in regions.items()),
        ("UTC", [("UTC", "UTC")]),
    )
