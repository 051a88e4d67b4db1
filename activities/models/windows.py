"""From when to when one can register or apply: computed from dates, never stored as a state."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from .activity import Occasion


@dataclass(frozen=True)
class Window:
    """`state` is one of: none (nothing to register for here), later, open, closed, cancelled."""

    state: str
    opens: dt.datetime | None
    closes: dt.datetime | None
    zone: str


def window_of(occasion: Occasion) -> Window:
    """The window of an event or training now. Without a closing date it closes when the occasion starts."""
    opens, closes, zone = occasion.window_dates
    return Window(_state(occasion, opens, closes), opens, closes, zone or occasion.timezone)


def _state(occasion: Occasion, opens: dt.datetime | None, closes: dt.datetime | None) -> str:
    now = timezone.now()
    if occasion.status == Occasion.Status.CANCELLED:
        return "cancelled"
    if opens is None and closes is None:
        return "none"
    if occasion.status != Occasion.Status.ANNOUNCED or now >= min(closes or occasion.starts_at, occasion.starts_at):
        return "closed"
    return "later" if opens and now < opens else "open"


def changes_at(occasion: Occasion) -> dt.datetime | None:
    """When its window will next open or close by the clock alone; None when it will not."""
    window = window_of(occasion)
    if window.state not in ("later", "open"):
        return None
    closes = min(window.closes or occasion.starts_at, occasion.starts_at)
    return min(window.opens or closes, closes) if window.state == "later" else closes
