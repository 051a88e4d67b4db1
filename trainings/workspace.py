"""What stands in the navigation of the officers' workspace about trainings, certificates and reports, and the lists that
belong to them."""

from django.utils.translation import gettext_lazy as _

from events.models import Event
from record_admin.workspace.entries import Section, register_list, register_lists_beside
from record_admin.workspace.finders import Finder, register_finder, register_records

from .models import (
    Application,
    CallForm,
    Certificate,
    CertifyingEvent,
    DonorReport,
    RunningTraining,
    Training,
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingSession,
)
from .staff_search import application_with, certificate_with, find_applications, find_certificates

register_list(Training, Section.ACTIVITIES, 20)
register_lists_beside(
    Training,
    {
        Application: _("Applications"),
        CallForm: _("Forms"),
        RunningTraining: _("Running"),
        TrainingSession: _("Sessions"),
        TrainingAttendanceFile: _("Attendance"),
        TrainingAttendanceMatch: _("Names to match"),
        TrainingAttendanceCorrection: _("Corrections"),
    },
)
register_list(Certificate, Section.ACTIVITIES, 30)
register_lists_beside(Certificate, {CertifyingEvent: _("Events that give them")})
register_list(DonorReport, Section.ACTIVITIES, 40)

register_records("activities", _("Events and trainings"), 30, Event, Training)
register_finder(Finder("applications", _("Applications"), 40, (Application,), find_applications, application_with))
register_finder(Finder("certificates", _("Certificates"), 50, (Certificate,), find_certificates, certificate_with))
