"""Attendance of an event long over: the lists go, the minutes worked out from them stay and change no more."""

from typing import Final

from django.db import transaction

from .attendance import from_lists
from .models import AttendanceFile, AttendanceMatch, Event, EventAttendance

SETTLED: Final = "erased list"  # where minutes come from of which the lists are no longer kept


@transaction.atomic
def settle(*, event: Event) -> int:
    """How many lists were erased. A list that comes later overrules no minutes that stand."""
    event = Event.objects.select_for_update().get(pk=event.pk)
    rows = EventAttendance.objects.filter(session__event=event)
    rows.filter(pk__in=[row.pk for row in rows if from_lists(row)]).update(source=SETTLED)
    files = AttendanceFile.objects.filter(event=event)
    number = files.count()
    files.delete()
    AttendanceMatch.objects.filter(event=event).delete()
    return number
