"""What becomes of places and of the own calendar when two records of a person become one."""

from django.utils.translation import gettext_lazy as _

from accounts.persons.meeting_rows import Meeting, register_meeting

from .models import CalendarToken, Registration


def _one_calendar(row: CalendarToken, other: CalendarToken) -> bool:
    row.delete()
    return True


register_meeting(
    CalendarToken,
    Meeting(_("Both have a calendar address: that of the record that stays goes on, the other ends."), _one_calendar),
)
register_meeting(
    Registration, Meeting(_("Both are registered for this event: cancel one of the two registrations first."))
)
