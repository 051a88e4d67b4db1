"""How long attendance lists of trainings, and what participants told for their journey, are kept."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from activities.attendance import settling as attendance_settling
from history.retention import Rule, register_rule

from .models import Training
from .workflow.follow_up import erase


def _lists(before: dt.datetime) -> int:
    return attendance_settling.settle_all(Training, before)


register_rule(
    Rule(
        "training-attendance-lists",
        _("Attendance lists of trainings, with the names in them"),
        _("Erased; how many minutes somebody took part stays"),
        _lists,
    )
)
register_rule(
    Rule("follow-up", _("What selected people told for their journey, and its files, once the training is over"), _("Erased"), erase)
)  # fmt: skip
