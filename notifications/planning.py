"""Mails that nobody's act sends but the calendar: apps register who plans them, and are asked about once an hour.

A plan writes down what is due by now and has not been written down before; asked twice, it adds nothing.
"""

import datetime as dt
import logging
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.utils import timezone

logger = logging.getLogger(__name__)
Planner = Callable[[], int]
_planners: dict[str, Planner] = {}


def register_planner(name: str, planner: Planner) -> None:
    """`planner` puts mails and says how many are new."""
    _planners[name] = planner


def plan() -> int:
    """Asks every planner. The fault of one stops none of the others."""
    planned = 0
    for name, planner in _planners.items():
        try:
            planned += planner()
        except Exception:
            logger.exception("The mails of %s could not be planned", name)
    return planned


def weekly_is_due(zone: str) -> str:
    """The ISO week in which a reader lives ("2026-W48") once it is Monday at eight there; empty before."""
    local = timezone.now().astimezone(ZoneInfo(zone))
    year, week, _day = local.isocalendar()
    return f"{year}-W{week:02}" if local.isoweekday() > 1 or local.hour >= 8 else ""


def week_before(week: str) -> tuple[dt.datetime, dt.datetime]:
    """The seven days that end where an ISO week begins, from Monday to Monday (UTC)."""
    year, number = week.split("-W")
    end = dt.datetime.combine(dt.date.fromisocalendar(int(year), int(number), 1), dt.time(), tzinfo=dt.UTC)
    return end - dt.timedelta(days=7), end
