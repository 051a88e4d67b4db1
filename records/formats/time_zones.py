"""Time zones to choose from: those of the network by their offset, then one for every place the database lists."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .countries import NAMES
from .date_formatting import CAPITALS, OTHER_ZONES, city, clock, offset
from .names import fold

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
    names = [line.split("\t")[2] for line in _table()]
    return {name: ZoneInfo(name) for name in sorted(names, key=lambda name: name.rpartition("/")[2])}


@cache
def _table() -> list[str]:
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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
    )


# What clocks show ---------------------------------------------------------------------------------------------------
# Kept by the database, lived by few: all of China goes by Beijing time.
NOT_OFFICIAL: Final = frozenset({"Asia/Urumqi"})


def time_words(zone: str, instant: dt.datetime) -> str:
    """Ulaanbaatar time, now 15:40. Of two names for one zone both: Astana is told by Almaty's."""
    names = dict.fromkeys([str(CAPITALS.get(zone) or city(zone)), city(zone)])
    return _("%(city)s time, now %(clock)s") % {"city": ", ".join(names), "clock": clock(instant, zone)}


def network_times(instant: dt.datetime) -> list[Choice]:
    """The zones of the network in words, from west to east."""
    return [(zone, time_words(zone, instant)) for zone in _by_offset((*CAPITALS, *OTHER_ZONES), instant)]


def times_of(zones: Iterable[str], instant: dt.datetime) -> list[str]:
    """Of the zones of a state one for each time that its clocks show: two in Mongolia, one in Kazakhstan and China."""
    shown: dict[dt.timedelta | None, str] = {}
    for zone in zones:
        if zone not in NOT_OFFICIAL:
            shown.setdefault(instant.astimezone(ZoneInfo(zone)).utcoffset(), zone)
    return _by_offset(shown.values(), instant)


def _by_offset(zones: Iterable[str], instant: dt.datetime) -> list[str]:
    return sorted(zones, key=lambda zone: instant.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta())


def found_zones(words: str) -> list[str]:
    """Zones by the name of a city or a country, as people write it; those that are meant exactly, else those that begin so."""
    wanted = fold(words)
    by_name = [(fold(name), zone) for zone, names in _names_of_zones(get_language()).items() for name in names]
    exact = list(dict.fromkeys(zone for name, zone in by_name if name == wanted))
    return exact or list(dict.fromkeys(zone for name, zone in by_name if wanted and name.startswith(wanted)))


@lru_cache(maxsize=8)
def _names_of_zones(language: str | None) -> dict[str, set[str]]:
    countries = {line.split("\t")[2]: line.split("\t")[0] for line in _table()}
    return {
        zone: {zone, zone.rpartition("/")[2].replace("_", " "), city(zone), str(CAPITALS.get(zone, "")),
               str(NAMES.get(countries[zone], ""))} - {""}
        for zone in places()
    }  # fmt: skip
