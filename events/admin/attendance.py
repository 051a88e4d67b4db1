"""Attendance of events in the admin: lists, the queue of names that nobody is sure of, and the log of corrections."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.attendance.admin import CorrectionAdmin, ListAdmin, NameAdmin
from activities.attendance.pages import AttendancePages
from record_admin.links import linked

from ..models import AttendanceCorrection, AttendanceFile, AttendanceMatch, Event, EventSession


@admin.register(AttendanceFile)
class AttendanceFileAdmin(ListAdmin):
    room = AttendancePages(AttendanceFile, Event)
    activity_field = "event"


@admin.register(AttendanceMatch)
class AttendanceMatchAdmin(NameAdmin):
    activity_field = "event"


@admin.register(AttendanceCorrection)
class AttendanceCorrectionAdmin(CorrectionAdmin):
    session_link = linked("session", _("session"), EventSession)
    search_fields = (*CorrectionAdmin.search_fields, "session__activity__slug")
