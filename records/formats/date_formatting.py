"""Moments in words: as much of a date as is known, a span in one phrase, a zone by its city with the UTC offset.

Offsets are never kept: each is read from the time zone database for the instant it is shown for, so that Almaty shows
UTC+6 in 2018 and UTC+5 in 2026. The shapes of dates are translatable, since languages order them differently.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as shaped
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .partial_dates import Precision

SHAPES: Final = {
    Precision.YEAR: pgettext_lazy("shape of a year", "Y"),
    Precision.MONTH: pgettext_lazy("shape of a month", "F Y"),
    Precision.DAY: pgettext_lazy("shape of a day", "j F Y"),
    Precision.MINUTE: pgettext_lazy("shape of a day with time", "l j F Y, H:i"),
}
WEEKDAY: Final = pgettext_lazy("shape of a day with its weekday", "l j F Y")
CLOCK: Final = pgettext_lazy("shape of a time", "H:i")
SHORT: Final = pgettext_lazy("shape of a day with time, short", "j M Y, H:i")
SHORT_DAY: Final = pgettext_lazy("shape of a day, short", "j M Y")
# The first and the last day of a span, without what they have in common: 17 to 21 May 2027, 29 May to 2 June 2018
IN_ONE_MONTH: Final = (
    pgettext_lazy("first day of a span within a month", "j"),
    pgettext_lazy("last day of a span within a month", "j F Y"),
)
IN_ONE_YEAR: Final = (
    pgettext_lazy("first day of a span within a year", "j F"),
    pgettext_lazy("last day of a span within a year", "j F Y"),
)
MONTHS_IN_ONE_YEAR: Final = (
    pgettext_lazy("first month of a span within a year", "F"),
    pgettext_lazy("last month of a span within a year", "F Y"),
)
CITIES: Final = {
    "Europe/Kaliningrad": gettext_lazy("Kaliningrad"),
    "Europe/Samara": gettext_lazy("Samara"),
    "Asia/Omsk": gettext_lazy("Omsk"),
    "Asia/Magadan": gettext_lazy("Magadan"),
    "Asia/Shanghai": gettext_lazy("Beijing"),
    "Asia/Urumqi": gettext_lazy("Urumqi"),
    "Asia/Tokyo": gettext_lazy("Tokyo"),
    "Asia/Seoul": gettext_lazy("Seoul"),
    "Asia/Pyongyang": gettext_lazy("Pyongyang"),
    "Asia/Ulaanbaatar": gettext_lazy("Ulaanbaatar"),
    "Asia/Hovd": gettext_lazy("Hovd"),
    "Asia/Almaty": gettext_lazy("Almaty"),
    "Europe/Moscow": gettext_lazy("Moscow"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk"),
    "Asia/Vladivostok": gettext_lazy("Vladivostok"),
    "Asia/Kamchatka": gettext_lazy("Kamchatka"),
    "Europe/Paris": gettext_lazy("Paris"),
}
# The capitals of the seven member states from west to east. Astana has the clocks of Almaty: one zone for most of Kazakhstan.
CAPITALS: Final = {
    "Europe/Moscow": gettext_lazy("Moscow"),
    "Asia/Almaty": gettext_lazy("Astana"),
    "Asia/Shanghai": gettext_lazy("Beijing"),
    "Asia/Ulaanbaatar": gettext_lazy("Ulaanbaatar"),
    "Asia/Pyongyang": gettext_lazy("Pyongyang"),
    "Asia/Seoul": gettext_lazy("Seoul"),
    "Asia/Tokyo": gettext_lazy("Tokyo"),
}
# One zone for each further offset in use in the member states, from west to east
OTHER_ZONES: Final = (
    "Europe/Kaliningrad", "Europe/Samara", "Asia/Omsk", "Asia/Hovd", "Asia/Krasnoyarsk", "Asia/Vladivostok", "Asia/Magadan",
    "Asia/Kamchatka",
)  # fmt: skip
HOUSE_ZONE: Final = (
    "Asia/Shanghai"  # where the secretariat is: on whose clocks days are told to somebody of unknown place
)


@dataclass(frozen=True)
class Clocks:
    """A day or span of days, the hours, and the zone on whose clocks both are told."""

    days: str
    hours: str
    zone: str
    iso: str


def city(zone: str) -> str:
    """The city a zone is named for; Beijing for the zone that the database calls Asia/Shanghai."""
    return str(CITIES.get(zone) or zone.rpartition("/")[2].replace("_", " "))


def offset(instant: dt.datetime, zone: str) -> str:
    """UTC+8, UTC+5:30, UTC−3 or UTC: what a zone's clocks show at an instant."""
    minutes = round((instant.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta()).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def zone_words(instant: dt.datetime, zone: str) -> str:
    """“Beijing, Asia/Shanghai (UTC+8)”; “UTC” has no city."""
    if zone == "UTC":
        return zone
    return f"{city(zone)}, {zone} ({offset(instant, zone)})"


def moment_words(instant: dt.datetime, zone: str, precision: str = Precision.MINUTE) -> str:
    """As much of an instant as is known, on the clocks of a zone; with the minute also the weekday."""
    return shaped(instant.astimezone(ZoneInfo(zone)), str(SHAPES[Precision(precision)]))


def short_moment(instant: dt.datetime, zone: str) -> str:
    """25 Nov 2026, 10:05: for the cell of a table, which names the zone beside it."""
    return shaped(instant.astimezone(ZoneInfo(zone)), str(SHORT))


def date_words(day: dt.date) -> str:
    """25 November 2026."""
    return shaped(day, str(SHAPES[Precision.DAY]))


def told_moment(instant: dt.datetime) -> str:
    """1 October 2030, 01:00 UTC: a moment within a text, on the clocks in use, which are named."""
    zone = timezone.get_current_timezone_name()
    local = instant.astimezone(timezone.get_current_timezone())
    return f"{date_words(local.date())}, {shaped(local, str(CLOCK))} {short_zone(instant, zone)}"


def short_day(day: dt.date) -> str:
    """25 Nov 2026."""
    return shaped(day, str(SHORT_DAY))


def short_zone(instant: dt.datetime, zone: str) -> str:
    """“Beijing (UTC+8)”; “UTC” has no city."""
    return zone if zone == "UTC" else f"{city(zone)} ({offset(instant, zone)})"


def clock(instant: dt.datetime, zone: str) -> str:
    return shaped(instant.astimezone(ZoneInfo(zone)), str(CLOCK))


def weekday(instant: dt.datetime, zone: str) -> str:
    """Wednesday 9 December 2026."""
    return shaped(instant.astimezone(ZoneInfo(zone)), str(WEEKDAY))


def instant_iso(instant: dt.datetime, zone: str, precision: str = Precision.MINUTE) -> str:
    """For the datetime attribute: 2022, 2022-10, 2022-10-03 or the minute with its offset."""
    length = {"year": 4, "month": 7, "day": 10}.get(precision)
    return instant.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")[:length]


def span_words(start: dt.datetime, start_precision: str, end: dt.datetime | None, end_precision: str, zone: str) -> str:
    """A span in one phrase without times of day: 17 to 21 May 2027, September to October 2021, 2022."""
    first_known, last_known = _by_day(start_precision), _by_day(end_precision or start_precision)
    first = start.astimezone(ZoneInfo(zone))
    last = (end or start).astimezone(ZoneInfo(zone))
    whole = shaped(first, str(SHAPES[first_known])), shaped(last, str(SHAPES[last_known]))
    if whole[0] == whole[1]:
        return whole[0]
    shapes = _shapes_of_span(first, last, first_known) if first_known == last_known else None
    if shapes:
        whole = shaped(first, str(shapes[0])), shaped(last, str(shapes[1]))
    return _("%(first)s to %(last)s") % {"first": whole[0], "last": whole[1]}


def _by_day(precision: str) -> Precision:
    return Precision.DAY if precision == Precision.MINUTE else Precision(precision)


def _shapes_of_span(first: dt.datetime, last: dt.datetime, precision: Precision) -> tuple | None:
    if first.year != last.year or precision == Precision.YEAR:
        return None
    if precision == Precision.MONTH:
        return MONTHS_IN_ONE_YEAR
    return IN_ONE_MONTH if first.month == last.month else IN_ONE_YEAR


def cities_by_offset(zones: Iterable[str], instant: dt.datetime) -> list[dict[str, str]]:
    """Zones grouped by the offset they have at an instant, from west to east."""
    grouped: dict[float, list[str]] = defaultdict(list)
    for zone in zones:
        grouped[(instant.astimezone(ZoneInfo(zone)).utcoffset() or dt.timedelta()).total_seconds()].append(zone)
    return [
        {"offset": offset(instant, names[0]), "cities": ", ".join(map(city, names))}
        for _seconds, names in sorted(grouped.items())
    ]


def on_clock(instant: dt.datetime, zone: str) -> Clocks:
    """One instant on the clocks of a zone."""
    return Clocks(weekday(instant, zone), clock(instant, zone), zone_words(instant, zone), instant_iso(instant, zone))
