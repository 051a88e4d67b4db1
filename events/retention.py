"""How long is kept what served one event only: lists of attendance, questions in advance, notes at the door."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from history.retention import Rule, register_rule

from . import attendance_settling
from .models import AdvanceQuestion, DoorOpening, Event


def _lists(before: dt.datetime) -> int:
    """All lists of an event at once: minutes are worked out from them together."""
    newest = Event.objects.annotate(newest_list=Max("attendance_files__imported_at"))
    return sum(attendance_settling.settle(event=event) for event in newest.filter(newest_list__lt=before))


def _questions(before: dt.datetime) -> int:
    return AdvanceQuestion.objects.filter(created_at__lt=before, event__starts_at__lt=before).delete()[0]


def _door(before: dt.datetime) -> int:
    return DoorOpening.objects.filter(at__lt=before).delete()[0]


register_rule(
    Rule(
        "attendance-lists",
        _("Lists of attendance from Zoom, Tencent Meeting, a sheet or paper, with the names in them"),
        _("Erased; how many minutes somebody took part stays"),
        _lists,
    )
)
register_rule(Rule("advance-questions", _("Questions sent before an event that is over"), _("Erased"), _questions))
register_rule(Rule("door-notes", _("When somebody first opened the page to join an event"), _("Erased"), _door))
