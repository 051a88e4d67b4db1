"""What stands in the navigation of the officers' workspace about trainings, certificates and reports, and the lists that
belong to them."""

from django.utils.translation import gettext_lazy as _

from activities.admin.filters import register_left_over
from events.models import Event
from record_admin.workspace.entries import Section, register_list, register_lists_beside
from record_admin.workspace.finders import Finder, register_finder, register_records

from .certificates.left_to_certify import left_to_certify
from .hub import parts
from .models import (
    Application,
    CallForm,
    Certificate,
    DonorReport,
    Training,
    TrainingAttendanceCorrection,
    TrainingAttendanceFile,
    TrainingAttendanceMatch,
    TrainingSession,
)
from .staff_search import application_with, certificate_with, find_applications, find_certificates

parts.register()
register_left_over("certificates", _("Certificates to be given"), left_to_certify)
register_list(Training, Section.ACTIVITIES, 20)
register_lists_beside(
    Training,
    {
        Application: _("Applications"),
        CallForm: _("Forms"),
        TrainingSession: _("Sessions"),
        TrainingAttendanceFile: _("Attendance"),
        TrainingAttendanceMatch: _("Names to match"),
        TrainingAttendanceCorrection: _("Corrections"),
    },
)
register_list(Certificate, Section.ACTIVITIES, 30)
register_list(DonorReport, Section.ACTIVITIES, 40)

register_records("activities", _("Events and trainings"), 30, Event, Training)
register_finder(Finder("applications", _("Applications"), 40, (Application,), find_applications, application_with))
register_finder(Finder("certificates", _("Certificates"), 50, (Certificate,), find_certificates, certificate_with))
