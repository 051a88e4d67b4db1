"""From when to when one can register or apply: computed from dates, never stored as a state."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from .activity import Activity

PLACES_HOLD: Final = dt.timedelta(minutes=1)  # how long it may be told that places are free, as for whole pages


@dataclass(frozen=True)
class Window:
    """`state` is one of: none (nothing to register for here), later, open, closed, cancelled."""

    state: str
    opens: dt.datetime | None
    closes: dt.datetime | None
    zone: str


def window_of(activity: Activity) -> Window:
    """The window of an event or training now. Without a closing date it closes when the activity starts."""
    opens, closes, zone = activity.window_dates
    return Window(_state(activity, opens, closes), opens, closes, zone or activity.timezone)


def _state(activity: Activity, opens: dt.datetime | None, closes: dt.datetime | None) -> str:
    now = timezone.now()
    if activity.status == Activity.Status.CANCELLED:
        return "cancelled"
    if opens is None and closes is None:
        return "none"
    if activity.status != Activity.Status.ANNOUNCED or now >= min(closes or activity.starts_at, activity.starts_at):
        return "closed"
    return "later" if opens and now < opens else "open"


def changes_at(activity: Activity) -> dt.datetime | None:
    """When its window will next open or close by the clock alone; None when it will not."""
    window = window_of(activity)
    if window.state not in ("later", "open"):
        return None
    closes = min(window.closes or activity.starts_at, activity.starts_at)
    return min(window.opens or closes, closes) if window.state == "later" else closes


def first_change(activities: Iterable[Any], *, places: bool = True) -> dt.datetime | None:
    """When the first of some activities (`with_coming`) opens, closes or is over by the clock alone; None when none will.
    Where `places` are told: soon, since registrations are no change of a record."""
    found = list(activities)
    if places and any(_fills(one) for one in found):
        return timezone.now() + PLACES_HOLD
    over = (one.over_at for one in found if one.is_coming)
    return min((*filter(None, map(changes_at, found)), *over), default=None)


def _fills(activity: Any) -> bool:
    limited = activity.capacity_onsite is not None or activity.capacity_online is not None
    return limited and activity.is_coming and window_of(activity).state == "open"
