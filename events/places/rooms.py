"""Places of several events at once, counted for those who only look: the lock is for those who take one."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Q

from activities.models.standing import Room, count_rooms_of

from ..models import Event, Registration
from .capacity import capacity_of, presences_of


def rooms_by_way(events: Iterable[Event]) -> dict[int, dict[str, Room]]:
    """Of each event the ways to take part that have a limit, with their places. One query."""
    found = list(events)
    counted = (
        Registration.objects.filter(event__in=[one.pk for one in found])
        .order_by()
        .values_list("event", "presence")
        .annotate(
            held=Count("pk", filter=Q(state__in=Registration.HOLDING)),
            waiting=Count("pk", filter=Q(state=Registration.State.WAITING)),
        )
    )
    taken = {(event, way): (held, waiting) for event, way, held, waiting in counted}
    rooms: dict[int, dict[str, Room]] = defaultdict(dict)
    for event in found:
        for way in presences_of(event):
            if (most := capacity_of(event, way)) is not None:
                held, waiting = taken.get((event.pk, way), (0, 0))
                rooms[event.pk][way] = Room(max(0, most - held), most, waiting)
    return rooms


def rooms(events: Collection[Event]) -> dict[int, Room]:
    """All ways together. Where one way has no limit there is always a place."""
    by_way = rooms_by_way(events)
    ways = {event.pk: len(presences_of(event)) for event in events}
    return {
        pk: Room(
            *(sum(numbers) for numbers in zip(*((r.free, r.most, r.waiting) for r in of_event.values()), strict=True))
        )
        for pk, of_event in by_way.items()
        if len(of_event) == ways[pk]
    }


count_rooms_of(Event.Type.EVENT, rooms)
