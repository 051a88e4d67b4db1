"""Attendance of events in the admin: lists, the queue of names that nobody is sure of, and the log of corrections."""

from django.contrib import admin

from activities.attendance.admin import CorrectionAdmin, ListAdmin, NameAdmin
from activities.attendance.pages import AttendancePages

from ..models import AttendanceCorrection, AttendanceFile, AttendanceMatch, RunningEvent


@admin.register(AttendanceFile)
class AttendanceFileAdmin(ListAdmin):
    room = AttendancePages(AttendanceFile, RunningEvent)
    whose = "event"


@admin.register(AttendanceMatch)
class AttendanceMatchAdmin(NameAdmin):
    whose = "event"


@admin.register(AttendanceCorrection)
class AttendanceCorrectionAdmin(CorrectionAdmin):
    search_fields = (*CorrectionAdmin.search_fields, "session__activity__slug")
