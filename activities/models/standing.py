"""How it stands with an event or training now: open, few places, full with its waiting list, closed, moved, cancelled.

One function finds it, one says it, wherever it is told: pages, lists, search, calendars, feeds, the API. Who counts places
registers here; what is open without a limit needs no counting.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from records.formats.date_formatting import moment_words
from records.formats.measures import grouped
from records.formats.partial_dates import Precision

from .activity import Activity
from .windows import window_of

A = TypeVar("A", bound=Activity)
FEW: Final = 4  # a quarter of the places, or so few
ALWAYS_FEW: Final = 2
KNOWN_DAY: Final = (Precision.DAY, Precision.MINUTE)


@dataclass(frozen=True)
class Room:
    """Places that can still be taken of all there are, and how many people wait for one."""

    free: int
    most: int
    waiting: int


@dataclass(frozen=True)
class Standing:
    """`word` is one of: cancelled, later, open, few, full, closed, none; `moved` says where to, in words, or nothing."""

    word: str
    room: Room | None = None
    moved: str = ""


Counting = Callable[[Collection[Any]], Mapping[int, Room]]
_counting: dict[str, Counting] = {}


def count_rooms_of(activity_type: str, count: Counting) -> None:
    """From the app that keeps the registrations: counts the places of some activities, those without a limit left out."""
    _counting[activity_type] = count


def is_limited(activity: Activity) -> bool:
    return activity.capacity_onsite is not None or activity.capacity_online is not None


def with_rooms(activities: Iterable[A]) -> list[A]:
    """Those of a list, each with its places counted and its moves at hand: two queries for all of them."""
    found = list(activities)
    told = [one for one in found if _is_to_come(one)]
    prefetch_related_objects(told, "postponements")
    for kind, count in _counting.items():
        asked = [
            one for one in told if one.activity_type == kind and is_limited(one) and window_of(one).state == "open"
        ]
        rooms = count(asked) if asked else {}
        for one in asked:
            one.__dict__["room"] = rooms.get(one.pk)
    return found


def _is_to_come(activity: Activity) -> bool:
    """Of what is over nobody needs to know that it was moved."""
    return activity.status == Activity.Status.ANNOUNCED and getattr(activity, "is_coming", True)


def standing_of(activity: Activity) -> Standing:
    """Of one whose places nobody has counted yet they are counted now."""
    state = window_of(activity).state
    if state == "cancelled":
        return Standing(state)
    moved = moved_words(activity) if _is_to_come(activity) else ""
    if state != "open" or not is_limited(activity):
        return Standing(state, moved=moved)
    if "room" not in activity.__dict__:
        with_rooms([activity])
    room: Room | None = activity.__dict__.get("room")
    if room is None:
        return Standing(state, moved=moved)
    return Standing(
        "full" if not room.free else "few" if room.free <= max(room.most // FEW, ALWAYS_FEW) else "open", room, moved
    )


def moved_words(activity: Activity) -> str:
    """Whether earlier or later: where an activity was moved to."""
    if not activity.postponements.all():
        return ""
    if activity.start_precision not in KNOWN_DAY:
        return _("Moved")
    return _("Moved to %(day)s") % {"day": moment_words(activity.starts_at, activity.timezone, Precision.DAY)}


def standing_words(standing: Standing, if_open: str = "") -> str:
    """In words; nothing for what only its dates tell. `if_open`: what it is open for."""
    room = standing.room
    if standing.word == "full" and room:
        waits = ngettext("%(n)s person waits", "%(n)s people wait", room.waiting) % {"n": grouped(room.waiting)}
        return _("Full: waiting list, %(waits)s") % {"waits": waits} if room.waiting else _("Full: waiting list")
    if standing.word == "few" and room:
        return ngettext("%(n)s place left", "%(n)s places left", room.free) % {"n": grouped(room.free)}
    words = {"cancelled": _("Cancelled"), "open": if_open or _("Open"), "closed": _("Closed")}
    return words.get(standing.word, "")


def standing_note(activity: Activity) -> str:
    """For places without badges: what a reader would otherwise learn too late. Nothing where all is as announced."""
    standing = standing_of(activity)
    told = standing_words(standing) if standing.word in ("cancelled", "full", "few") else ""
    return ". ".join(filter(None, (told, standing.moved)))
