"""Dates of which only the year, or the month, is known: kept as known, never filled up by guess."""

import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

_FORM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(models.TextChoices):
    """How much of a moment is known."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
    MINUTE = "minute", _("minute")


def parse_partial(text: str) -> tuple[dt.date, Precision]:
    """`2022`, `2022-10` or `2022-10-03` as the first day of that span and its precision. ValueError otherwise."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date like 2022, 2022-10 or 2022-10-03")
    year, month, day = match.groups()
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return dt.date(int(year), int(month or 1), int(day or 1)), precision


def start_of(day: dt.date, zone: str) -> dt.datetime:
    """The instant at which a day begins in a named zone."""
    return dt.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def show_partial(day: dt.date, precision: str) -> str:
    """The inverse of parse_partial: as much of the date as is known, in ISO form."""
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
