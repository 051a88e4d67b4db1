"""How long is kept what served one event only: attendance lists, questions in advance, notes at the door."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from activities.attendance import settling as attendance_settling
from activities.models import (
    Activity,
    ActivitySite,
    AdvanceQuestion,
    Attendance,
    AttendanceCorrection,
    AttendanceFile,
    AttendanceMatch,
    AttendanceSpan,
    Involvement,
    JoinLink,
    Material,
    Postponement,
    Session,
)
from history.retention import PUBLIC, Rule, keep, register_rule

from .models import (
    CalendarToken,
    DoorOpening,
    Event,
    PlaceAct,
    Registration,
    RegistrationStep,
    Series,
    Survey,
    SurveyAnswer,
    SurveyAnswered,
    SurveyQuestion,
)


def _lists(before: dt.datetime) -> int:
    return attendance_settling.settle_all(Event, before)


def _questions(before: dt.datetime) -> int:
    return AdvanceQuestion.objects.filter(created_at__lt=before, activity__starts_at__lt=before).delete()[0]


def _door(before: dt.datetime) -> int:
    return DoorOpening.objects.filter(at__lt=before).delete()[0]


def _place_acts(before: dt.datetime) -> int:
    return PlaceAct.objects.filter(until__lt=before).delete()[0]


register_rule(
    Rule(
        "attendance-lists",
        _("Attendance lists from Zoom, Tencent Meeting, a sheet or paper, with the names in them"),
        _("Erased; how many minutes somebody took part stays"),
        _lists,
        covers=(AttendanceFile, AttendanceMatch, AttendanceSpan),
    )
)
register_rule(
    Rule(
        "advance-questions",
        _("Questions sent before an event that is over"),
        _("Erased"),
        _questions,
        covers=(AdvanceQuestion,),
    )
)
register_rule(
    Rule(
        "door-notes",
        _("When somebody first opened the page to join an event"),
        _("Erased"),
        _door,
        covers=(DoorOpening,),
    )
)
register_rule(
    Rule(
        "place-acts",
        _("How places stood before officers moved them, so that they can undo it"),
        _("Erased; what became of each registration stays in its log"),
        _place_acts,
        covers=(PlaceAct,),
    )
)
keep(
    Registration,
    RegistrationStep,
    Attendance,
    AttendanceCorrection,
    because=_(
        "That you registered for events and how long you were there: kept, since reports count it, until the person is erased."
    ),
)
keep(CalendarToken, because=_("The address of your own calendar: kept until you take it back."))
keep(
    SurveyAnswered,
    SurveyAnswer,
    because=_("Answers to surveys, which nothing joins to a person, and the mark that somebody has answered."),
)
keep(
    Activity,
    Involvement,
    ActivitySite,
    Postponement,
    Session,
    Session.trainers.through,
    JoinLink,
    Material,
    Event,
    Series,
    Survey,
    SurveyQuestion,
    because=PUBLIC,
)
