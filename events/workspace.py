"""What stands in the navigation of the officers' workspace about events, and the lists that belong to them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from record_admin.workspace.entries import Section, register_list, register_lists_beside

from .hub import parts
from .models import (
    AdvanceQuestion,
    AttendanceCorrection,
    AttendanceFile,
    AttendanceMatch,
    CalendarToken,
    Event,
    EventSession,
    Registration,
    Series,
    Survey,
)

parts.register()
register_list(Event, Section.ACTIVITIES, 10)
register_lists_beside(
    Event,
    {
        Registration: _("Registrations"),
        EventSession: _("Sessions"),
        AdvanceQuestion: _("Questions"),
        AttendanceFile: _("Attendance"),
        AttendanceMatch: _("Names to match"),
        AttendanceCorrection: _("Corrections"),
        Survey: _("Surveys"),
        Series: _("Series"),
    },
)
register_lists_beside(Person, [CalendarToken], place=90)
