"""Attendance of an activity long over: the lists go, the minutes worked out from them stay and change no more."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Max

from typed_records.locks import locked

from ..models import Activity, Attendance
from .recording import from_lists

SETTLED: Final = "erased list"  # where minutes come from of which the lists are no longer kept


def settle_all(model: type[Activity], before: dt.datetime) -> int:
    """How many lists were erased of events, or of trainings, whose newest list is older. All lists of an activity go at
    once: minutes are worked out from them together."""
    newest = model.objects.annotate(newest_list=Max("attendance_files__imported_at"))
    return sum(settle(activity=one) for one in newest.filter(newest_list__lt=before))


@transaction.atomic
def settle(*, activity: Activity) -> int:
    """How many lists were erased. A list that comes later overrules no minutes that stand."""
    current = locked(activity)
    rows = Attendance.objects.filter(session__activity=current)
    rows.filter(pk__in=[row.pk for row in rows if from_lists(row)]).update(source=SETTLED)
    number = current.attendance_files.count()
    current.attendance_files.all().delete()
    current.attendance_matches.all().delete()
    return number
