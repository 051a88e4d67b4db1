"""How long is kept what served one event only: attendance lists, questions in advance, notes at the door."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from activities.attendance import settling as attendance_settling
from activities.models import AdvanceQuestion
from history.retention import Rule, register_rule

from .models import DoorOpening, Event


def _lists(before: dt.datetime) -> int:
    return attendance_settling.settle_all(Event, before)


def _questions(before: dt.datetime) -> int:
    return AdvanceQuestion.objects.filter(created_at__lt=before, activity__starts_at__lt=before).delete()[0]


def _door(before: dt.datetime) -> int:
    return DoorOpening.objects.filter(at__lt=before).delete()[0]


register_rule(
    Rule(
        "attendance-lists",
        _("Attendance lists from Zoom, Tencent Meeting, a sheet or paper, with the names in them"),
        _("Erased; how many minutes somebody took part stays"),
        _lists,
    )
)
register_rule(Rule("advance-questions", _("Questions sent before an event that is over"), _("Erased"), _questions))
register_rule(Rule("door-notes", _("When somebody first opened the page to join an event"), _("Erased"), _door))
