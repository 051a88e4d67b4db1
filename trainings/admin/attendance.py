"""Attendance of trainings in the admin: the same lists, names and corrections as those of events."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.attendance.admin import CorrectionAdmin, ListAdmin, NameAdmin
from activities.attendance.pages import AttendancePages
from activities.attendance.sessions_admin import AttendedSessionAdmin, CorrectionBlock, HandMadeRows
from record_admin.links import linked

from ..models import (
    Training,
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingSession,
)


@admin.register(TrainingAttendanceFile)
class TrainingListAdmin(ListAdmin):
    room = AttendancePages(TrainingAttendanceFile, Training)
    activity_field = "training"


@admin.register(TrainingAttendanceMatch)
class TrainingNameAdmin(NameAdmin):
    activity_field = "training"


@admin.register(TrainingAttendanceCorrection)
class TrainingCorrectionAdmin(CorrectionAdmin):
    session_link = linked("session", _("session"), TrainingSession)
    search_fields = (*CorrectionAdmin.search_fields, "session__activity__slug")


@admin.register(TrainingSession)
class TrainingSessionAdmin(AttendedSessionAdmin):
    activity_field = "training"
    inlines = (HandMadeRows, CorrectionBlock)
