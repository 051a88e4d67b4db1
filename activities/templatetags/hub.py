"""Filters for the lists of a hub."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as shaped
from django.utils.translation import pgettext

from records.formats.date_formatting import city

register = template.Library()


@register.filter
def number_of(counts: Mapping[str, int], value: object) -> int:
    """How many there are of a value; nought where none are."""
    return counts.get(str(value), 0)


@register.filter
def word_of(words: Mapping[str, object], value: str) -> object:
    """A short word for a value; nothing where there is none."""
    return words.get(value, "")


@register.filter
def short_moment(moment: dt.datetime, zone: str) -> str:
    """1 Dec, 18:00, on the clocks of a zone that the page names."""
    return shaped(moment.astimezone(ZoneInfo(zone)), pgettext("shape of a day with time, without the year", "j M, H:i"))


@register.filter
def short_day(moment: dt.datetime, zone: str) -> str:
    """28 Nov 2026, on the calendar of a zone."""
    return shaped(moment.astimezone(ZoneInfo(zone)), pgettext("shape of a day, short", "j M Y"))


@register.filter
def city_of(zone: str) -> str:
    return city(zone)
