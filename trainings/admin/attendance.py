"""Attendance of trainings in the admin: the same lists, names and corrections as those of events."""

from django.contrib import admin

from activities.admin.attended_sessions import AttendedSessionAdmin, CorrectionBlock, HandMadeRows
from activities.attendance.pages import AttendancePages
from events.admin.attendance import CorrectionAdmin, ListAdmin, NameAdmin

from ..models import (
    RunningTraining,
    TrainingAttendance,
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingSession,
)


@admin.register(TrainingAttendanceFile)
class TrainingListAdmin(ListAdmin):
    room = AttendancePages(TrainingAttendanceFile, RunningTraining)
    whose = "training"


@admin.register(TrainingAttendanceMatch)
class TrainingNameAdmin(NameAdmin):
    whose = "training"


@admin.register(TrainingAttendanceCorrection)
class TrainingCorrectionAdmin(CorrectionAdmin):
    search_fields = (*CorrectionAdmin.search_fields, "session__training__slug")


class AttendanceRows(HandMadeRows):
    model = TrainingAttendance


class CorrectionRows(CorrectionBlock):
    model = TrainingAttendanceCorrection


@admin.register(TrainingSession)
class TrainingSessionAdmin(AttendedSessionAdmin):
    fields = readonly_fields = ("training", "title")
    inlines = (AttendanceRows, CorrectionRows)
