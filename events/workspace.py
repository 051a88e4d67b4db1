"""What stands in the navigation of the officers' workspace about events, and the lists that belong to them."""

from accounts.models import Person
from record_admin.workspace.entries import Section, register_list, register_lists_beside

from .models import (
    AdvanceQuestion,
    AttendanceCorrection,
    AttendanceFile,
    AttendanceMatch,
    CalendarToken,
    Event,
    EventSession,
    Registration,
    RunningEvent,
    Series,
    Survey,
)

register_list(Event, Section.ACTIVITIES, 10)
register_lists_beside(
    Event, RunningEvent, Registration, AdvanceQuestion, EventSession, AttendanceFile, AttendanceMatch, AttendanceCorrection,
    Survey, Series,
)  # fmt: skip
register_lists_beside(Person, CalendarToken)
