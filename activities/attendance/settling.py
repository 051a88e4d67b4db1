"""Attendance of an occasion long over: the lists go, the minutes worked out from them stay and change no more."""

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from ..models.activity import Occasion, all_of
from ..models.attendance import kept_of
from .recording import from_lists, locked

SETTLED: Final = "erased list"  # where minutes come from of which the lists are no longer kept


def settle_all(model: type[Occasion], before: dt.datetime) -> int:
    """How many lists were erased of events, or of trainings, whose newest list is older. All lists of an occasion go at
    once: minutes are worked out from them together."""
    newest = all_of(model).annotate(newest_list=Max("attendance_files__imported_at"))
    return sum(settle(occasion=one) for one in newest.filter(newest_list__lt=before))


@transaction.atomic
def settle(*, occasion: Occasion) -> int:
    """How many lists were erased. A list that comes later overrules no minutes that stand."""
    current: Any = locked(occasion)
    present: Any = kept_of(current).attendance
    rows = present.objects.filter(session__in=current.sessions.all())
    rows.filter(pk__in=[row.pk for row in rows if from_lists(row)]).update(source=SETTLED)
    number: int = current.attendance_files.count()
    current.attendance_files.all().delete()
    current.attendance_matches.all().delete()
    return number
