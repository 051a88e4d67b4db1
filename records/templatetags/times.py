"""Moments and days in templates, the one way to tell them: `{{ instant|in_zone:zone }}`, `{{ instant|day_of:zone }}`, `{{ date|day }}`.

Where nobody knows on whose clocks somebody lives, the secretariat's are taken.
"""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..formats.date_formatting import (
    HOUSE_ZONE,
    Clocks,
    cities_by_offset,
    date_words,
    instant_iso,
    moment_words,
    on_clock,
    short_day,
    short_moment,
    short_zone,
    zone_words,
)
from ..formats.partial_dates import Precision

register = template.Library()


@register.filter
def offsets_now(zones: Iterable[str]) -> list[dict[str, str]]:
    """Zones grouped by their present UTC offset."""
    return cities_by_offset(zones, timezone.now())


@register.filter
def in_zone(instant: dt.datetime, zone: str) -> SafeString:
    """A time element: weekday, day, time, city, zone and UTC offset."""
    zone = zone or HOUSE_ZONE
    return format_html(
        '<time datetime="{}">{}</time> <span class="soft">{}</span>',
        instant_iso(instant, zone),
        moment_words(instant, zone),
        zone_words(instant, zone),
    )


@register.filter
def shortly_in(instant: dt.datetime, zone: str) -> SafeString:
    """A time element for cells: 25 Nov 2026, 18:05 Beijing (UTC+8)."""
    zone = zone or HOUSE_ZONE
    return format_html(
        '<time datetime="{}">{}</time> <span class="sub">{}</span>',
        instant_iso(instant, zone), short_moment(instant, zone), short_zone(instant, zone),
    )  # fmt: skip


@register.filter
def day_of(instant: dt.datetime | None, zone: str) -> str:
    """The day on the calendar of a zone: 9 December 2026. Nothing where there is no moment."""
    return moment_words(instant, zone or HOUSE_ZONE, Precision.DAY) if instant else ""


@register.filter
def day(date: dt.date | None) -> str:
    """A day of a calendar that is named beside it: 9 December 2026. Nothing where there is none."""
    return date_words(date) if date else ""


@register.filter
def shortly(date: dt.date | None) -> str:
    """25 Nov 2026."""
    return short_day(date) if date else ""


@register.filter
def clock_of(instant: dt.datetime, zone: str) -> Clocks:
    """Day, hour and zone apart, for the sheet of times."""
    return on_clock(instant, zone)
