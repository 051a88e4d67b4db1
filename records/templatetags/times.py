"""Moments in templates: `{{ instant|in_zone:zone }}`, `{{ zones|offsets_now }}`."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..formats.date_formatting import Clocks, cities_by_offset, instant_iso, moment_words, on_clock, zone_words
from ..formats.partial_dates import Precision

register = template.Library()


@register.filter
def offsets_now(zones: Iterable[str]) -> list[dict[str, str]]:
    """Zones grouped by their present UTC offset."""
    return cities_by_offset(zones, timezone.now())


@register.filter
def in_zone(instant: dt.datetime, zone: str) -> SafeString:
    """A time element: weekday, day, time, city, zone and UTC offset."""
    return format_html(
        '<time datetime="{}">{}</time> <span class="soft">{}</span>',
        instant_iso(instant, zone),
        moment_words(instant, zone),
        zone_words(instant, zone),
    )


@register.filter
def day_of(instant: dt.datetime, zone: str) -> str:
    """The day on the calendar of a zone: 9 December 2026."""
    return moment_words(instant, zone, Precision.DAY)


@register.filter
def clock_of(instant: dt.datetime, zone: str) -> Clocks:
    """Day, hour and zone apart, for the sheet of times."""
    return on_clock(instant, zone)
