"""What stands in the navigation of the officers' workspace about events, and the lists that belong to them."""

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
    Event, Registration, AdvanceQuestion, EventSession, AttendanceFile, AttendanceMatch, AttendanceCorrection,
    Survey, Series,
)  # fmt: skip
register_lists_beside(Person, CalendarToken)
